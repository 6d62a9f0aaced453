/** `--output`: a file that is whole or not there. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { TechstoreError } from '../errors.js';

/**
 * Writes to a temporary name beside the file and renames.
 *
 * @throws TechstoreError `usage` when the file is there and `force` is not given, and when it can't be written
 */
export async function writeFileWhole(
  path: string,
  text: string,
  options: { readonly force: boolean },
): Promise<void> {
  if (!options.force && existsSync(path)) {
    throw new TechstoreError('usage', `${path} already exists`, {
      hint: 'Choose another name, or pass --force to replace it.',
    });
  }
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, text, { flag: 'wx' });
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    const reason = cause instanceof Error ? cause.message.split(',', 1)[0] : String(cause);
    throw new TechstoreError('usage', `${path} cannot be written: ${reason}`, {
      hint: 'Choose a file in an existing folder that you can write to.',
      cause,
    });
  }
}
