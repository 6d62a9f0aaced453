import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** The sha256 of a file's bytes in hex, read in a stream. */
export async function fingerprintFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash);
  return hash.digest('hex');
}

/**
 * One sha256 in hex for several files: their names (not their folders) and their
 * bytes, in the order of the names, so that the order of the list doesn't matter.
 */
export async function fingerprint(files: readonly string[]): Promise<string> {
  const lines: string[] = [];
  for (const file of files) {
    lines.push(`${JSON.stringify(basename(file))} ${await fingerprintFile(file)}\n`);
  }
  return createHash('sha256').update(lines.sort().join('')).digest('hex');
}
