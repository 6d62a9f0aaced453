/** `--format csv`, by RFC 4180: the values as they are, or guarded for a spreadsheet. */
import { stringify } from 'csv-stringify/sync';
import { visible } from '../visible.js';
import type { CellValue, RowColumn, RowWriter } from './answer.js';
import { jsonOf } from './json-value.js';
import { guarded, mayBeFormula } from './spreadsheet-guard.js';

const format = {
  record_delimiter: '\r\n',
  // Else a record delimiter of one's own keeps fields with a lone \n or \r unquoted.
  quote_record_delimiter: true,
  // NULL is an empty field and the empty text a quoted one, so that the two can be told apart.
  quoted_match: /^$/,
} as const;

export const writeCsv: RowWriter = async (rows, write, options) => {
  // What only a person reads must not command the terminal; a file gets the text as it is.
  const shown = options.width === undefined ? asItIs : visibleField;
  const { columns } = rows;
  if (columns.length === 0) return;
  const guard = options.forSpreadsheet === true ? guarded : asItIs;
  await write(stringify([columns.map(({ name }) => shown(guard(name)))], format));
  const fields = columns.map((column) => fieldOf(column, guard));
  for await (const batch of rows.batches) {
    const records = batch.map((row) =>
      fields.map((field, i) => {
        const value = row[i] ?? null;
        return value === null ? null : shown(field(value));
      }),
    );
    await write(stringify(records, format));
  }
};

type Change = (text: string) => string;

const asItIs: Change = (text) => text;

function fieldOf(column: RowColumn, guard: Change): (value: Exclude<CellValue, null>) => string {
  const json = jsonOf(column);
  const safe = mayBeFormula(column.kind) ? guard : asItIs;
  return (value) => safe(typeof value === 'object' ? json(value) : String(value));
}

/** Line ends stay: they are part of the format. */
function visibleField(text: string): string {
  return visible(text.replaceAll('\r\n', '\n'));
}
