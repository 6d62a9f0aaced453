import { readFileSync } from 'node:fs';
import { TechstoreError } from '../errors.js';

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
 * @throws TechstoreError 'project' where it cannot be read or is not UTF-8.
 */
export function readText(absolutePath: string, name: string): string {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(absolutePath);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown fault';
    const why =
      code === 'EACCES'
        ? 'this user may not read it'
        : code === 'ENOENT'
          ? 'it is not there'
          : code;
    throw new TechstoreError('project', `${name} cannot be read: ${why}`, {
      place: { file: name },
      cause,
    });
  }
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
