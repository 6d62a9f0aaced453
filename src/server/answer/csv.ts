/** Rows as CSV, with all digits. */
import type { ResultSet } from '../../engine/engine.js';
import { writeCsv } from '../../format/rows/csv.js';

export async function csvOf({ columns, rows }: ResultSet): Promise<Buffer> {
  const parts: string[] = [];
  await writeCsv({ columns, batches: [rows] }, async (text) => void parts.push(text), {
    color: false,
    width: undefined,
  });
  return Buffer.from(parts.join(''));
}
