/**
 * Dates and times as bytes, for the byte scanner. Every function gives the place
 * after what it read, or -1 when that is not certainly right.
 */

const daysOfMonth = Uint8Array.of(0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31);

/** A number of two digits, or NaN. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - 0x30;
  const ones = bytes[at + 1]! - 0x30;
  return tens >>> 0 <= 9 && ones >>> 0 <= 9 ? tens * 10 + ones : NaN;
}

/** `YYYY-MM-DD`, in the calendar, from year 0001 on. */
export function scanDate(bytes: Uint8Array, at: number): number {
  const year = twoDigits(bytes, at) * 100 + twoDigits(bytes, at + 2);
  const month = twoDigits(bytes, at + 5);
  const day = twoDigits(bytes, at + 8);
  // Comparisons with NaN are false, so each is put so that false refuses.
  if (!(year >= 1 && month >= 1 && month <= 12 && day >= 1)) return -1;
  if (bytes[at + 4] !== 0x2d || bytes[at + 7] !== 0x2d) return -1;
  if (!(day <= daysOfMonth[month]!)) return -1;
  if (month === 2 && day === 29 && !(year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0))) {
    return -1;
  }
  return at + 10;
}

/**
 * A space or T, `HH:MM`, optionally `:SS` and a fraction, optionally a zone. The
 * place is negated when there is a zone that DuckDB would not read so: an offset,
 * which it drops, or a Z without seconds, which it refuses.
 */
export function scanTime(bytes: Uint8Array, from: number): number {
  let at = from;
  if (bytes[at] !== 0x20 && bytes[at] !== 0x54) return -1;
  if (!(twoDigits(bytes, at + 1) <= 23 && twoDigits(bytes, at + 4) <= 59)) return -1;
  if (bytes[at + 3] !== 0x3a) return -1;
  at += 6;
  const seconds = bytes[at] === 0x3a;
  if (seconds) {
    if (!(twoDigits(bytes, at + 1) <= 59)) return -1;
    at += 3;
    if (bytes[at] === 0x2e) {
      const start = at + 1;
      at = start;
      while ((bytes[at]! - 0x30) >>> 0 <= 9) at += 1;
      if (at === start || at - start > 6) return -1;
    }
  }
  const zone = bytes[at];
  if (zone === 0x5a) return seconds ? at + 1 : -(at + 1);
  if (zone !== 0x2b && zone !== 0x2d) return at;
  const colon = bytes[at + 3] === 0x3a ? 1 : 0;
  const hours = twoDigits(bytes, at + 1);
  const minutes = twoDigits(bytes, at + 3 + colon);
  if (!(minutes <= 59 && hours * 60 + minutes <= 18 * 60)) return -1;
  return -(at + 5 + colon);
}
