import type { StorageHeader } from './storage-header.js';

/** A block of metadata is cut into this many pieces, which point to each other. */
const pieces = 64;

/**
 * Ids of the blocks that hold nothing, as the file lists them. Empty where the list can't be
 * followed: then nothing counts as free.
 *
 * @param readBlock the bytes of a block, good until the next call
 */
export function freeBlocks(
  header: StorageHeader,
  readBlock: (id: number) => Buffer,
): ReadonlySet<number> {
  const numbers = metadata(header, readBlock);
  const first = numbers.next();
  const free = new Set<number>();
  if (first.done === true) return free;
  for (let left = first.value; left > 0n; left--) {
    const id = numbers.next();
    if (id.done === true) return new Set();
    free.add(Number(id.value));
  }
  return free;
}

/** The numbers of 64 bits from the list's begin on, through all pieces that it goes over. */
function* metadata(
  { freeList, blockSize, blockCount }: StorageHeader,
  readBlock: (id: number) => Buffer,
): Generator<bigint, void> {
  const size = Math.floor((blockSize - 8) / pieces / 8) * 8;
  const seen = new Set<bigint>();
  for (let at = freeList; at !== null && !seen.has(at);) {
    seen.add(at);
    const id = Number(at & 0xffffffffffffffn);
    const piece = Number(at >> 56n);
    if (id >= blockCount || piece >= pieces) return;
    const start = 8 + piece * size;
    const bytes = Buffer.from(readBlock(id).subarray(start, start + size));
    const next = bytes.readBigUInt64LE(0);
    for (let offset = 8; offset + 8 <= size; offset += 8) yield bytes.readBigUInt64LE(offset);
    at = next === 0xffffffffffffffffn ? null : next;
  }
}
