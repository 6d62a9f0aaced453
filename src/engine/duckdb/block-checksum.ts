/** The checksum that DuckDB puts before each header and each block of its files. */

/** 0xbf58476d1ce4e5b9 in pieces: numbers hold no product of two 32-bit ones. */
const high = 0xbf58476d;
const lowHigh = 0x1ce4;
const lowLow = 0xe5b9;
const low = 0x1ce4e5b9;

/**
 * True where the first 8 bytes are the checksum of the others.
 *
 * @param bytes a multiple of 8 long
 */
export function isSound(bytes: Buffer): boolean {
  const words = wordsOf(bytes);
  let sumLow = 5381;
  let sumHigh = 0;
  for (let i = 2; i < words.length; i += 2) {
    const a = words[i] as number;
    const b = words[i + 1] as number;
    // a × low in 64 bits, by halves of 16 bits each.
    const aLow = a & 0xffff;
    const aHigh = a >>> 16;
    const middle = aHigh * lowLow + ((aLow * lowLow) >>> 16);
    const carried = aLow * lowHigh + (middle & 0xffff);
    const top = aHigh * lowHigh + Math.floor(middle / 0x10000) + Math.floor(carried / 0x10000);
    sumLow ^= Math.imul(a, low);
    sumHigh ^= (top + Math.imul(a, high) + Math.imul(b, low)) | 0;
  }
  return words[0] === sumLow >>> 0 && words[1] === sumHigh >>> 0;
}

function wordsOf(bytes: Buffer): Uint32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : Buffer.from(new Uint8Array(bytes).buffer);
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4);
}
