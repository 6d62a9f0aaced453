/** `--format`: one file for each format, all with one signature. */
import type { Writable } from 'node:stream';
import type { Rows, RowWriter, WriteOptions } from './answer.js';
import { writeTo } from './write-to.js';

/** Each is loaded when it is asked for: JSON for a program has no use for what draws tables. */
const writers = {
  table: async () => (await import('./table.js')).writeTable,
  json: async () => (await import('./json.js')).writeJson,
  csv: async () => (await import('./csv.js')).writeCsv,
  ndjson: async () => (await import('./json.js')).writeNdjson,
  markdown: async () => (await import('./markdown.js')).writeMarkdown,
} satisfies Record<string, () => Promise<RowWriter>>;

export type RowFormat = keyof typeof writers;

/** The names that `--format` takes. */
export const rowFormats = Object.keys(writers) as readonly RowFormat[];

/**
 * Writes rows to a stream in one of the formats. Batches are read as fast as the
 * stream takes them, so that memory does not grow with the number of rows (a
 * table holds the rows that it shows).
 */
export async function writeRows(
  stream: Writable | NodeJS.WritableStream,
  rows: Rows,
  format: RowFormat,
  options: WriteOptions,
): Promise<void> {
  const writer: RowWriter = await writers[format]();
  await writer(rows, writeTo(stream), options);
}
