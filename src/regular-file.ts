/**
 * Reading files of users. In the place of any of them may be a folder, a named pipe that nobody
 * writes to, or a device without end: none of these is waited for or read.
 */
import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';

/** What is in a file's place is no file, or is too large. The message is the end of a sentence: `it is a folder`. */
export class NotAFileError extends Error {
  readonly code = 'NOT_A_FILE';
}

/** `a folder`, `a named pipe` …; null for a file. */
export function kindOtherThanFile(stat: Pick<Stats, FileTest>): string | null {
  if (stat.isFile()) return null;
  if (stat.isDirectory()) return 'a folder';
  if (stat.isFIFO()) return 'a named pipe';
  if (stat.isSocket()) return 'a socket';
  return 'a device';
}

type FileTest = 'isFile' | 'isDirectory' | 'isFIFO' | 'isSocket';

/**
 * The bytes of a file, behind any symbolic link.
 *
 * @param maxBytes the most that is read; default 2 GiB, the most that Node reads at once
 * @throws NotAFileError, or what the operating system says (with a `code`)
 */
export function readRegularFile(path: string, maxBytes = 2 ** 31 - 1): Buffer {
  // Only then is it looked at: what a name means can change between two looks.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = fstatSync(file);
    const kind = kindOtherThanFile(stat);
    if (kind !== null) throw new NotAFileError(`it is ${kind}`);
    if (stat.size > maxBytes) throw tooLarge(maxBytes);
    // A file of /proc says that it is empty, and one that is being written grows.
    const parts: Buffer[] = [];
    let total = 0;
    for (;;) {
      const part = Buffer.allocUnsafe(Math.max(stat.size - total, 0) + 1024);
      const filled = readSync(file, part, 0, part.length, null);
      if (filled === 0) break;
      total += filled;
      if (total > maxBytes) throw tooLarge(maxBytes);
      parts.push(part.subarray(0, filled));
    }
    return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
  } finally {
    closeSync(file);
  }
}

function tooLarge(maxBytes: number): NotAFileError {
  return new NotAFileError(`it is larger than ${Math.floor(maxBytes / 1024 ** 2)} MiB`);
}

/** Why a file can't be read, as the end of a sentence: `it is a folder`, `this user may not read it`. */
export function whyUnreadable(error: unknown): string {
  if (error instanceof NotAFileError) return error.message;
  const { code } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
      return 'it does not exist';
    case 'EACCES':
    case 'EPERM':
      return 'this user has no permission to read it';
    case 'EISDIR':
      return 'it is a folder';
    case 'ENOTDIR':
      return 'a part of its path is not a folder';
    case 'ENXIO':
      return 'it is a socket';
    case 'ELOOP':
      return 'its symbolic links form a loop';
    case 'ENAMETOOLONG':
      return 'its name is too long';
    case 'EMFILE':
    case 'ENFILE':
      return 'too many files are open (ulimit -n raises the limit)';
    case undefined:
      return error instanceof Error ? error.message : String(error);
    default:
      return code;
  }
}
