/**
 * The parts of Apache Arrow that are used, in the copy that the driver has loaded already. Its
 * package lets no ES module see its types.
 */
import { createRequire } from 'node:module';

export interface ArrowType {
  readonly bitWidth?: number;
  /** Of a float: 1 is single precision. */
  readonly precision?: number;
  readonly scale?: number;
  /** Of a timestamp: 0 seconds, 1 milliseconds, 2 microseconds. */
  readonly unit?: number;
  readonly children: readonly { readonly name: string }[];
  toString(): string;
}

/** One column of a batch. */
export interface ArrowData {
  readonly type: ArrowType;
  readonly typeId: number;
  readonly offset: number;
  readonly nullCount: number;
  readonly values: unknown;
  readonly valueOffsets: Int32Array;
  readonly children: readonly ArrowData[];
  getValid(row: number): boolean;
}

interface Reader extends Iterable<{ readonly numRows: number; readonly data: ArrowData }> {
  readonly schema: {
    readonly fields: readonly { readonly metadata: ReadonlyMap<string, string> }[];
  };
  open(): Reader;
}

interface Arrow {
  readonly RecordBatchReader: { from(parts: readonly Uint8Array[]): Reader };
  readonly Type: Readonly<
    Record<
      | 'Null'
      | 'Bool'
      | 'Int'
      | 'Float'
      | 'Decimal'
      | 'Date'
      | 'Timestamp'
      | 'Utf8'
      | 'Binary'
      | 'List'
      | 'Struct'
      | 'Map',
      number
    >
  >;
}

export const { RecordBatchReader, Type } = createRequire(import.meta.url)('apache-arrow') as Arrow;
