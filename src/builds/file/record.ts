import { readRegularFile, whyUnreadable } from '../../regular-file.js';
import { isOneOf } from '../../fs-error.js';
import { writeWhole } from './files.js';
import { recordFrom } from './record-shape.js';
import type { FileRecord } from './file-record.js';

export async function writeRecord(path: string, record: FileRecord): Promise<void> {
  await writeWhole(path, `${JSON.stringify(record, null, 1)}\n`);
}

/** More than any record: it holds a sample of the rows that failed, not all of them. */
const MAX_BYTES = 256 * 1024 ** 2;

/** The record of a build; if it is damaged, the damage as the end of a sentence: `its record is a folder`. Null if there is none. */
export function readRecord(path: string, id: string): FileRecord | string | null {
  let json: string;
  try {
    json = readRegularFile(path, MAX_BYTES).toString('utf8');
  } catch (error) {
    if (isOneOf(error, ['ENOENT'])) return null;
    return `its record cannot be read: ${whyUnreadable(error)}`;
  }
  const record = recordFrom(id, json);
  return typeof record === 'string' ? `its record ${record}` : record;
}
