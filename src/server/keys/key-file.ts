/** The file that keys are stored in. */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { TechstoreError } from '../../errors.js';
import { readRegularFile, whyUnreadable } from '../../regular-file.js';
import { keyRecordSchema, type KeyRecord } from './api-key.js';

const fileSchema = z.strictObject({ format: z.literal(1), keys: z.array(keyRecordSchema) });

/** All records; none when there is no file. Code `usage` when it is not a file of keys. */
export function readKeyFile(path: string): readonly KeyRecord[] {
  let text: string;
  try {
    text = readRegularFile(path).toString('utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new TechstoreError(
      'usage',
      `The file of keys ${path} can't be read: ${whyUnreadable(cause)}`,
      { cause },
    );
  }
  const file = fileSchema.safeParse(jsonOf(text));
  if (file.success) return file.data.keys;
  throw new TechstoreError('usage', `${path} is not a file of keys`, {
    hint: 'Move it away, and make new keys with: techstore keys create NAME',
  });
}

/** Replaces the file as a whole; only its owner may read it. */
export function writeKeyFile(path: string, keys: readonly KeyRecord[]): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const file = openSync(temporary, 'wx', 0o600);
    try {
      writeSync(file, `${JSON.stringify({ format: 1, keys }, null, 1)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw new TechstoreError('usage', `The file of keys ${path} can't be written`, { cause });
  }
}

/** Changes with every write; null when there is no file. */
export function markOfKeyFile(path: string): string | null {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? null : `${stat.ino}-${stat.mtimeNs}-${stat.size}`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
