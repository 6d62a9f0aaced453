/** Rows as CSV, with all digits: a download that people open in a spreadsheet. */
import type { ResultSet } from '../../engine/engine.js';
import { writeCsv } from '../../format/rows/csv.js';

export async function csvOf({ columns, rows }: ResultSet): Promise<Buffer> {
  const parts: string[] = [];
  await writeCsv({ columns, batches: [rows] }, async (text) => void parts.push(text), {
    color: false,
    width: undefined,
    forSpreadsheet: true,
  });
  return Buffer.from(parts.join(''));
}
