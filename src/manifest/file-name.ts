/** Names of files that are made of users' names, which may be longer than a file system takes. */
import { createHash } from 'node:crypto';

/** What Linux, macOS and Windows take for one part of a path, less what a temporary name adds. */
const longest = 230;

/**
 * The name itself, or a shorter one: its beginning, a hash of the whole, and its extension. Two
 * names that differ stay two.
 *
 * @param name one part of a path
 */
export function shortFileName(name: string): string {
  if (Buffer.byteLength(name) <= longest) return name;
  const extension = /\.[a-z0-9]{1,10}$/i.exec(name)?.[0] ?? '';
  const ending = `_${createHash('sha256').update(name).digest('hex').slice(0, 16)}${extension}`;
  let beginning = '';
  let room = longest - ending.length;
  for (const char of name) {
    room -= Buffer.byteLength(char);
    if (room < 0) break;
    beginning += char;
  }
  return beginning + ending;
}
