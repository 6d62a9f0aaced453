import { TechstoreError } from '../errors.js';
import { readRegularFile, whyUnreadable } from '../regular-file.js';

/** Text of more than this is no source code; JavaScript could not hold twice as much. */
const MAX_BYTES = 256 * 1024 ** 2;

/** Line of the first byte that no UTF-8 text can have there. */
function lineOfBadByte(bytes: Uint8Array): number {
  let line = 1;
  let start = 0;
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (let i = 0; i <= bytes.length; i += 1) {
    if (i < bytes.length && bytes[i] !== 0x0a) continue;
    try {
      decoder.decode(bytes.subarray(start, i));
    } catch {
      return line;
    }
    line += 1;
    start = i + 1;
  }
  return 1;
}

/**
 * The text of a file, without a byte order mark.
 * @param name the file as messages show it.
 * @throws TechstoreError 'project' where it cannot be read, is no file or is not UTF-8.
 */
export function readText(absolutePath: string, name: string): string {
  const bytes = readBytes(absolutePath, name, MAX_BYTES);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new TechstoreError('project', `${name} is not UTF-8 text`, {
      place: { file: name, line: lineOfBadByte(bytes) },
      hint: 'Save the file with the encoding UTF-8.',
      cause,
    });
  }
}

/**
 * The bytes of a file of the project.
 * @throws TechstoreError 'project' where it cannot be read or is no file.
 */
export function readBytes(absolutePath: string, name: string, maxBytes?: number): Buffer {
  try {
    return readRegularFile(absolutePath, maxBytes);
  } catch (cause) {
    throw new TechstoreError('project', `${name} cannot be read: ${whyUnreadable(cause)}`, {
      place: { file: name },
      cause,
    });
  }
}
