/** The file that keys are stored in. */
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { TechstoreError } from '../../errors.js';
import { withFileLock } from '../../engine/duckdb/file-lock.js';
import { readRegularFile, whyUnreadable } from '../../regular-file.js';
import { keyRecordSchema, type KeyRecord } from './api-key.js';

const fileSchema = z.strictObject({ format: z.literal(1), keys: z.array(keyRecordSchema) });

/** A record takes some 250 bytes: more than this is another file. */
const MOST_BYTES = 4 * 1024 * 1024;

/** Milliseconds that a change waits for others. */
const PATIENCE = 60_000;

/** All records; none when there is no file. Code `usage` when it is not a file of keys, or can't be read. */
export function readKeyFile(path: string): readonly KeyRecord[] {
  let text: string;
  try {
    text = readRegularFile(path, MOST_BYTES).toString('utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw unreadable(path, cause);
  }
  const file = fileSchema.safeParse(jsonOf(text));
  if (file.success) return file.data.keys;
  throw new TechstoreError('usage', `${path} is not a key file`, {
    hint: 'Move it away, and create new keys with: techstore keys create NAME',
  });
}

/**
 * Reads the records, and replaces them by what `change` makes of them. Others who change the file
 * at the same time wait for their turn.
 *
 * @param beforeItHolds what has to succeed before the file is replaced; what it throws leaves the file as it was
 * @throws code `lock` when it is not its turn within a minute; `usage` as `readKeyFile`, and when the file can't be written
 */
export async function changeKeyFile(
  path: string,
  change: (keys: readonly KeyRecord[]) => readonly KeyRecord[],
  beforeItHolds?: () => Promise<void>,
): Promise<void> {
  const file = behindLinks(path);
  writing(path, () => mkdirSync(dirname(file), { recursive: true, mode: 0o700 }));
  const message = `Another command is changing the key file ${path}`;
  await withFileLock(`${file}.lock`, { patience: PATIENCE, message }, async () => {
    removeDrafts(file);
    const draft = writeDraft(path, file, change(readKeyFile(file)));
    try {
      await beforeItHolds?.();
      writing(path, () => renameSync(draft, file));
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    }
  });
}

/** Changes with every write; null when there is no file. Code `usage` when it can't be looked at. */
export function markOfKeyFile(path: string): string | null {
  try {
    const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
    return stat === undefined ? null : `${stat.ino}-${stat.mtimeNs}-${stat.ctimeNs}-${stat.size}`;
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** The file that a path leads to, which need not exist: a link stays a link. */
function behindLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw unreadable(path, cause);
  }
  // Nothing is there yet, or a link that leads to nothing yet.
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  return isLink ? behindLinks(resolve(dirname(path), readlinkSync(path))) : resolve(path);
}

/** A new file beside the old one that only the owner of the old one may read. Returns its path. */
function writeDraft(path: string, file: string, keys: readonly KeyRecord[]): string {
  const draft = `${file}.${randomBytes(4).toString('hex')}.draft`;
  return writing(path, () => {
    const owner = statSync(file, { throwIfNoEntry: false });
    const descriptor = openSync(draft, 'wx', 0o600);
    try {
      // Whatever the umask.
      fchmodSync(descriptor, 0o600);
      // A server that runs as another user has to read it still.
      if (owner !== undefined && owner.uid !== process.geteuid?.()) {
        fchownSync(descriptor, owner.uid, owner.gid);
      }
      writeAll(descriptor, Buffer.from(`${JSON.stringify({ format: 1, keys }, null, 1)}\n`));
      fsyncSync(descriptor);
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    } finally {
      closeSync(descriptor);
    }
    return draft;
  });
}

function writeAll(descriptor: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done);
}

/** What commands that were killed left behind. */
function removeDrafts(file: string): void {
  const folder = dirname(file);
  const start = `${basename(file)}.`;
  for (const name of readdirSync(folder)) {
    if (name.startsWith(start) && /^[0-9a-f]{8}\.draft$/.test(name.slice(start.length))) {
      rmSync(join(folder, name), { force: true });
    }
  }
}

function writing<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new TechstoreError(
      'usage',
      `The key file ${path} cannot be written: ${whyUnwritable(cause)}`,
      { cause },
    );
  }
}

function whyUnwritable(cause: unknown): string {
  switch ((cause as NodeJS.ErrnoException).code) {
    case 'ENOSPC':
      return 'the disk is full';
    case 'EROFS':
      return 'the file system is read-only';
    case 'EACCES':
    case 'EPERM':
      return 'this user has no permission to write it';
    default:
      return whyUnreadable(cause);
  }
}

function unreadable(path: string, cause: unknown): TechstoreError {
  return new TechstoreError(
    'usage',
    `The key file ${path} cannot be read: ${whyUnreadable(cause)}`,
    { hint: 'Repair the file, or pass another one with --keys-file.', cause },
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
