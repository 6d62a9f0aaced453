/** `--format csv`, by RFC 4180, safe to open in a spreadsheet. */
import { stringify } from 'csv-stringify/sync';
import { visible } from '../visible.js';
import type { CellValue, ColumnKind, RowColumn, RowWriter } from './answer.js';
import { jsonOf } from './json-value.js';

const format = {
  record_delimiter: '\r\n',
  // Else a record delimiter of one's own keeps fields with a lone \n or \r unquoted.
  quote_record_delimiter: true,
  // NULL is an empty field and the empty text a quoted one, so that the two can be told apart.
  quoted_match: /^$/,
} as const;

export const writeCsv: RowWriter = async (rows, write, options) => {
  // What only a person reads must not command the terminal; a file gets the text as it is.
  const shown = options.width === undefined ? (text: string): string => text : visibleField;
  const { columns } = rows;
  if (columns.length === 0) return;
  await write(stringify([columns.map(({ name }) => shown(inert(name)))], format));
  const fields = columns.map(fieldOf);
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

function fieldOf(column: RowColumn): (value: Exclude<CellValue, null>) => string {
  const json = jsonOf(column);
  const safe = withFreeText.has(column.kind) ? inert : (text: string): string => text;
  return (value) => safe(typeof value === 'object' ? json(value) : String(value));
}

/** Kinds whose texts the database makes hold no formula, and a negative number is none. */
const withFreeText: ReadonlySet<ColumnKind> = new Set(['text', 'json', 'nested', 'other']);

/** A leading apostrophe makes spreadsheets take a field as text, not as a formula to run. */
function inert(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

/** Line ends stay: they are part of the format. */
function visibleField(text: string): string {
  return visible(text.replaceAll('\r\n', '\n'));
}
