/**
 * What a DuckDB file says about itself, read without DuckDB. The file begins with three headers
 * of 4 KiB; blocks of one size follow (256 KiB unless it was made otherwise). Each header and
 * each block begins with a checksum of its other bytes: a 64-bit number, the words of the block
 * times a constant, put together with XOR.
 *
 * Never for a file that this process has attached (see registry.ts): closing it would drop the lock.
 */
import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { kindOtherThanFile, NotAFileError } from '../../regular-file.js';
import { freeBlocks } from './free-blocks.js';
import { isSound } from './block-checksum.js';
import type { StorageHeader } from './storage-header.js';

const headerSize = 4096;
const firstBlock = 3 * headerSize;

export interface StorageCheck {
  /** `unknown`: not a layout that can be read here, such as an encrypted file. */
  readonly state: 'whole' | 'damaged' | 'unknown';
  /** What is damaged, for people: `block 3 of 12`; null for a file that is whole. */
  readonly damage: string | null;
  /** As `contentMark` gives it. */
  readonly mark: string | null;
}

/**
 * A hash over the headers and the checksum of each block: two files with the same mark hold the
 * same, as long as their blocks are what their checksums say. Reads 8 bytes a block, so that it
 * takes milliseconds for a gigabyte. Null for what is no DuckDB file of a known layout.
 *
 * @throws what the file system says
 */
export function contentMark(path: string): string | null {
  const { file, size } = opened(path);
  try {
    const headers = readAt(file, 0, firstBlock);
    const header = headers === null ? null : activeHeader(headers);
    if (headers === null || typeof header === 'string' || header === null) return null;
    const hash = createHash('sha256').update(headers);
    for (let at = firstBlock; at + header.blockSize <= size; at += header.blockSize) {
      const checksum = readAt(file, at, 8);
      if (checksum === null) return null;
      hash.update(checksum);
    }
    return hash.digest('hex');
  } finally {
    closeSync(file);
  }
}

/**
 * Compares every block with its checksum. Blocks that are free hold nothing and are left out.
 * About a second a gigabyte, for which this thread does nothing else.
 *
 * @throws what the file system says
 */
export function checkStorage(path: string): StorageCheck {
  const steps = check(path);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** `checkStorage`, with time for signals and timers in between. */
export async function checkStorageByParts(path: string): Promise<StorageCheck> {
  const steps = check(path);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await setImmediate();
  }
}

/** Stops after each 16 MiB or so. */
function* check(path: string): Generator<undefined, StorageCheck> {
  const { file, size } = opened(path);
  try {
    const damaged = (damage: string): StorageCheck => ({ state: 'damaged', damage, mark: null });
    const headers = readAt(file, 0, firstBlock);
    if (headers === null) return damaged('it ends within its headers');
    for (let at = 0; at < firstBlock; at += headerSize) {
      if (!isSound(headers.subarray(at, at + headerSize)))
        return damaged(`header ${at / headerSize + 1} of 3`);
    }
    const header = activeHeader(headers);
    if (header === null) return { state: 'unknown', damage: null, mark: null };
    if (typeof header === 'string') return damaged(header);
    const { blockSize, blockCount } = header;
    if (size < firstBlock + blockCount * blockSize)
      return damaged('it is truncated: blocks at its end are missing');
    const block = Buffer.alloc(blockSize);
    const readBlock = (id: number): Buffer => {
      if (readInto(file, firstBlock + id * blockSize, block) !== blockSize)
        throw new Error('The file shrank while it was being read.');
      return block;
    };
    const atOnce = Math.ceil((16 * 1024 * 1024) / blockSize);
    const wrong: number[] = [];
    const hash = createHash('sha256').update(headers);
    for (let id = 0; firstBlock + (id + 1) * blockSize <= size; id++) {
      if (id % atOnce === atOnce - 1) yield;
      const bytes = readBlock(id);
      hash.update(bytes.subarray(0, 8));
      if (id < blockCount && !isSound(bytes)) wrong.push(id);
    }
    const mark = hash.digest('hex');
    const free = wrong.length === 0 ? new Set<number>() : freeBlocks(header, readBlock);
    const used = wrong.filter((id) => !free.has(id));
    if (used.length === 0) return { state: 'whole', damage: null, mark };
    const [first = 0] = used;
    const more = used.length === 1 ? '' : ` and ${used.length - 1} more`;
    return { state: 'damaged', damage: `block ${first + 1} of ${blockCount}${more}`, mark };
  } finally {
    closeSync(file);
  }
}

/** Null for a layout that is not known here, a text for what can't be. */
function activeHeader(headers: Buffer): StorageHeader | string | null {
  if (headers.toString('latin1', 8, 12) !== 'DUCK')
    return 'its first bytes are not those of DuckDB';
  // Flags stand for features that change the layout, such as encryption.
  if (headers.subarray(20, 52).some((byte) => byte !== 0)) return null;
  const [first, second] = [headerSize, 2 * headerSize].map((at) => ({
    iteration: headers.readBigUInt64LE(at + 8),
    freeList: headers.readBigUInt64LE(at + 24),
    blockCount: Number(headers.readBigUInt64LE(at + 32)),
    // A file of an older DuckDB leaves the size out.
    blockSize: Number(headers.readBigUInt64LE(at + 40)) || 262144,
  })) as [ActiveHeader, ActiveHeader];
  const { freeList, blockCount, blockSize } = first.iteration > second.iteration ? first : second;
  if (blockSize < 4096 || blockSize > 16 * 1024 * 1024 || blockSize % 8 !== 0) return null;
  return { blockSize, blockCount, freeList: freeList === 0xffffffffffffffffn ? null : freeList };
}

interface ActiveHeader {
  readonly iteration: bigint;
  readonly freeList: bigint;
  readonly blockCount: number;
  readonly blockSize: number;
}

function opened(path: string): { file: number; size: number } {
  // A pipe in the file's place must not be waited for.
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const stat = fstatSync(file);
  const kind = kindOtherThanFile(stat);
  if (kind === null) return { file, size: stat.size };
  closeSync(file);
  throw new NotAFileError(`it is ${kind}`);
}

function readAt(file: number, at: number, length: number): Buffer | null {
  const bytes = Buffer.alloc(length);
  return readInto(file, at, bytes) === length ? bytes : null;
}

function readInto(file: number, at: number, into: Buffer): number {
  let filled = 0;
  while (filled < into.length) {
    const read = readSync(file, into, filled, into.length - filled, at + filled);
    if (read === 0) break;
    filled += read;
  }
  return filled;
}
