/** Rows of the shop, and what a format makes of them. */
import { Writable } from 'node:stream';
import type {
  ColumnKind,
  RowColumn,
  RowValues,
  WriteOptions,
} from '../../../src/format/rows/answer.js';
import { writeRows, type RowFormat } from '../../../src/format/rows/write-rows.js';

const types: Record<ColumnKind, string> = {
  boolean: 'BOOLEAN',
  integer: 'BIGINT',
  decimal: 'DECIMAL(18,2)',
  float: 'DOUBLE',
  text: 'VARCHAR',
  date: 'DATE',
  time: 'TIME',
  timestamp: 'TIMESTAMP',
  timestamptz: 'TIMESTAMP WITH TIME ZONE',
  interval: 'INTERVAL',
  binary: 'BLOB',
  json: 'JSON',
  nested: 'VARCHAR[]',
  other: 'UUID',
};

/** Columns from `name: kind`. */
export function columnsOf(kinds: Readonly<Record<string, ColumnKind>>): RowColumn[] {
  return Object.entries(kinds).map(([name, kind]) => ({ name, kind, type: types[kind] }));
}

/** A stream that keeps what it gets. */
export class Kept extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString('utf8');
    done();
  }
}

/** What a format writes. Without options: no colour, no terminal. */
export async function written(
  format: RowFormat,
  columns: readonly RowColumn[],
  rows: readonly RowValues[],
  options: Partial<WriteOptions> = {},
): Promise<string> {
  const stream = new Kept();
  // Two batches with an empty one between them, as a database may give them.
  const batches = [rows.slice(0, 1), [], rows.slice(1)];
  await writeRows(stream, { columns, batches }, format, {
    color: false,
    width: undefined,
    ...options,
  });
  return stream.text;
}
