/** The part of a file's headers that tells where its blocks are. */
export interface StorageHeader {
  readonly blockSize: number;
  readonly blockCount: number;
  /** Pointer to the list of free blocks; null when there is none. */
  readonly freeList: bigint | null;
}
