/** Column sets as the Arrow batches that a warehouse answers with. */
import { createRequire } from 'node:module';
import type { TColumn, TColumnDesc } from './shapes.js';

interface Vector {
  readonly length: number;
  readonly type: object;
  readonly data: readonly object[];
}
type Class = new (...args: readonly unknown[]) => object;

// Its package lets no ES module see its types.
const arrow = createRequire(import.meta.url)('apache-arrow') as Record<string, Class> & {
  vectorFromArray(values: readonly unknown[], type: object): Vector;
  makeData(parts: object): object;
  RecordBatchStreamWriter: { writeAll(table: object): { toUint8Array(sync: true): Uint8Array } };
};

function make(name: string, ...args: readonly unknown[]): object {
  const Found = arrow[name];
  if (Found === undefined) throw new Error(`Arrow has no ${name}`);
  return new Found(...args);
}

interface ColumnOfSet {
  readonly values: readonly unknown[];
  readonly nulls: Buffer;
}

type Made = (desc: TColumnDesc, values: readonly unknown[]) => Vector;

const text: Made = (_, values) => arrow.vectorFromArray(values, make('Utf8'));

// By the numbers of TTypeId. What is not here goes as text: intervals and nested types.
const makers: Readonly<Record<number, Made>> = {
  0: (_, values) => arrow.vectorFromArray(values, make('Bool')),
  1: (_, values) => arrow.vectorFromArray(values, make('Int8')),
  2: (_, values) => arrow.vectorFromArray(values, make('Int16')),
  3: (_, values) => arrow.vectorFromArray(values, make('Int32')),
  4: (_, values) => arrow.vectorFromArray(values.map(int64), make('Int64')),
  5: (_, values) => arrow.vectorFromArray(values, make('Float32')),
  6: (_, values) => arrow.vectorFromArray(values, make('Float64')),
  8: (_, values) => timestamps(values.map(micros)),
  9: (_, values) => arrow.vectorFromArray(values, make('Binary')),
  15: (desc, values) => decimals(desc, values),
  17: (_, values) => arrow.vectorFromArray(values.map(days), make('DateDay')),
};

export function arrowSchemaAndBatch(
  descs: readonly TColumnDesc[],
  columns: readonly TColumn[],
): { schema: Buffer; batch: Buffer; rows: number } {
  const vectors = descs.map((desc, i) => {
    const entry = desc.typeDesc.types[0]?.primitiveEntry;
    const values = nullable(columns[i]);
    return (makers[entry?.type ?? 7] ?? text)(desc, values);
  });
  const rows = vectors[0]?.length ?? 0;
  const fields = vectors.map(({ type }, i) =>
    make('Field', descs[i]?.columnName ?? '', type, true),
  );
  const schema = make('Schema', fields);
  const data = arrow.makeData({
    type: make('Struct', fields),
    length: rows,
    nullCount: 0,
    children: vectors.map((vector) => vector.data[0]),
  });
  const stream = (batches: readonly object[]): Buffer =>
    Buffer.from(
      arrow.RecordBatchStreamWriter.writeAll(make('Table', schema, batches)).toUint8Array(true),
    );
  const bytes = stream([make('RecordBatch', schema, data)]);
  // The protocol sends the schema once, and each batch without it.
  const empty = stream([]);
  const endOfStream = 8;
  const schemaBytes = empty.subarray(0, empty.length - endOfStream);
  return { schema: schemaBytes, batch: bytes.subarray(schemaBytes.length), rows };
}

function nullable(column: TColumn | undefined): unknown[] {
  const set = Object.values(column ?? {}).find((part) => part !== null && part !== undefined) as
    ColumnOfSet | undefined;
  if (set === undefined) return [];
  return set.values.map((value, i) => {
    const byte = set.nulls[i >> 3] ?? 0;
    return (byte & (1 << (i & 7))) !== 0 ? null : value;
  });
}

function int64(value: unknown): bigint | null {
  return value === null ? null : (value as { toBuffer(): Buffer }).toBuffer().readBigInt64BE(0);
}

function days(value: unknown): Date | null {
  return value === null ? null : new Date(Date.parse(`${value as string}T00:00:00Z`));
}

function micros(value: unknown): bigint | null {
  if (value === null) return null;
  const [date = '', time = '00:00:00'] = (value as string).split(' ');
  const [seconds = '', fraction = ''] = time.split('.');
  return BigInt(Date.parse(`${date}T${seconds}Z`)) * 1000n + BigInt(fraction.padEnd(6, '0'));
}

/** Arrow's own way to make timestamps goes through milliseconds, and loses the last digits. */
function timestamps(values: readonly (bigint | null)[]): Vector {
  const whole = arrow.vectorFromArray(values, make('Int64'));
  const type = make('TimestampMicrosecond', 'Etc/UTC');
  const data = whole.data.map((part) => {
    const {
      values: words,
      nullBitmap,
      length,
      nullCount,
    } = part as {
      readonly values: BigInt64Array;
      readonly nullBitmap: Uint8Array;
      readonly length: number;
      readonly nullCount: number;
    };
    const halves = new Int32Array(words.buffer, words.byteOffset, words.length * 2);
    return arrow.makeData({ type, length, nullCount, nullBitmap, data: halves });
  });
  return { length: whole.length, type, data };
}

function decimals(desc: TColumnDesc, values: readonly unknown[]): Vector {
  const qualifiers = desc.typeDesc.types[0]?.primitiveEntry?.typeQualifiers?.qualifiers ?? {};
  const precision = qualifiers['precision']?.i32Value ?? 38;
  const scale = qualifiers['scale']?.i32Value ?? 0;
  const words = values.map((value) => {
    if (value === null) return null;
    const [whole = '', fraction = ''] = (value as string).split('.');
    const unscaled = BigInt.asUintN(
      128,
      BigInt(whole.replace('-', '') + fraction.padEnd(scale, '0')) *
        (whole.startsWith('-') ? -1n : 1n),
    );
    return Uint32Array.from([0n, 32n, 64n, 96n], (shift) =>
      Number((unscaled >> shift) & 0xffffffffn),
    );
  });
  return arrow.vectorFromArray(words, make('Decimal', scale, precision, 128));
}
