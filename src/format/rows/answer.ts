/** What the formats write: the rows of a query, or rows that the program made itself. */
import type { TypeKind } from '../../ground/type-kind.js';

/** One value, exact: wide integers and decimals are texts with all of their digits. */
export type CellValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly CellValue[]
  | { readonly [key: string]: CellValue };

/** What the texts of a column mean, without the database's spelling of the type. */
export type ColumnKind = TypeKind;

export interface RowColumn {
  readonly name: string;
  /** As the database writes it: `DECIMAL(18,2)`. */
  readonly type: string;
  readonly kind: ColumnKind;
  /** Its texts are names, which a table breaks into lines and never cuts. */
  readonly isName?: boolean;
}

export type RowValues = readonly CellValue[];

export interface Rows {
  readonly columns: readonly RowColumn[];
  /** Read once, in order; not read to the end where the format needs no more. */
  readonly batches: AsyncIterable<readonly RowValues[]> | Iterable<readonly RowValues[]>;
}

export interface WriteOptions {
  readonly color: boolean;
  /** Columns of the terminal; undefined where the text goes to a file or another program. */
  readonly width: number | undefined;
  /** Rows that a table shows at most. The formats for programs always carry all. */
  readonly rowCap?: number;
  /** What a table without rows says instead. Default `No rows.` */
  readonly emptyText?: string;
  /** CSV that a spreadsheet opens: what it would run as a formula begins with an apostrophe. Default false. */
  readonly forSpreadsheet?: boolean;
}

/** One format: writes all rows by `write`, which waits while the reader is slow. */
export type RowWriter = (
  rows: Rows,
  write: (text: string) => Promise<void>,
  options: WriteOptions,
) => Promise<void>;

/** Integers, decimals and floating point numbers. */
export function isNumeric(column: RowColumn): boolean {
  return column.kind === 'integer' || column.kind === 'decimal' || column.kind === 'float';
}
