import type { FileHandle } from 'node:fs/promises';

/** Reads until the buffer is full or the file ends (one read may give less). Gives the bytes read. */
export async function readFull(file: FileHandle, buffer: Uint8Array): Promise<number> {
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await file.read(buffer, filled, buffer.length - filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}
