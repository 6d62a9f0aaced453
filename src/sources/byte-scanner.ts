import { COMMA, CR, LF, QUOTE } from './byte.js';
import type { ColumnType } from './column-type.js';
import { scanDate, scanTime } from './scan-time.js';

/** What the text of a file needs of the reader beyond the plain form. */
export interface CsvTraits {
  /** Records scanned. */
  rows: number;
  lineFeeds: boolean;
  carriageReturns: boolean;
  blankLines: boolean;
  /** A quoted value holds a line end. */
  quotedLineEnds: boolean;
  /** Bytes of the longest record. */
  longestRecord: number;
  /** Bytes of the longest run of blank lines: DuckDB counts them to the record behind. */
  longestBlanks: number;
  /** For each field of a record, whether a timestamp in it has an offset, or a Z without seconds. */
  readonly zoned: boolean[];
}

/**
 * Accepts bytes that are right by the grammar for certain, and that DuckDB reads
 * with the meaning the grammar gives them (given the traits). It refuses, without
 * a reason, whatever is wrong and a few rare forms that are right: the exact
 * reader then has the word. Written for speed: all bytes pass through here.
 */
export class ByteScanner {
  readonly traits: CsvTraits;
  readonly #types: readonly ColumnType[];
  /** Bytes of the blank lines since the last record: a run goes on in the next buffer. */
  #blanks = 0;

  /** @param types the type of each field, in the order of the file */
  constructor(types: readonly ColumnType[]) {
    this.#types = types;
    this.traits = {
      rows: 0,
      lineFeeds: false,
      carriageReturns: false,
      blankLines: false,
      quotedLineEnds: false,
      longestRecord: 0,
      longestBlanks: 0,
      zoned: types.map(() => false),
    };
  }

  /**
   * Scans the records from `start` to `end`, just before which there is a line feed.
   * Gives the place after the last whole record (a quoted value may go on after
   * `end`), or `-1 - place` of the record that it refuses. UTF-8 and NUL are not
   * its concern.
   */
  scan(bytes: Uint8Array, start: number, end: number): number {
    const types = this.#types;
    const traits = this.traits;
    const last = types.length - 1;
    let at = start;
    while (at < end) {
      const begin = at;
      if (bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] === LF)) {
        at = this.#lineEnd(bytes, at);
        traits.blankLines = true;
        this.#blanks += at - begin;
        if (this.#blanks > traits.longestBlanks) traits.longestBlanks = this.#blanks;
        continue;
      }
      this.#blanks = 0;
      for (let field = 0; ; field += 1) {
        const type = types[field];
        if (type === undefined) return -1 - begin;
        const quoted = bytes[at] === QUOTE;
        if (quoted) at += 1;
        if (type.kind === 'text') {
          at = quoted ? this.#quotedText(bytes, at, end) : plainText(bytes, at);
          if (at === end) return begin;
        } else if (!isEnd(bytes[at]!)) {
          at = this.#value(type, field, bytes, at);
          if (at === -1) return -1 - begin;
        }
        if (quoted) {
          if (bytes[at] !== QUOTE) return -1 - begin;
          at += 1;
        }
        if (bytes[at] === COMMA) {
          at += 1;
          continue;
        }
        at = this.#lineEnd(bytes, at);
        if (at === -1 || field !== last) return -1 - begin;
        break;
      }
      traits.rows += 1;
      if (at - begin > traits.longestRecord) traits.longestRecord = at - begin;
    }
    return at;
  }

  #lineEnd(bytes: Uint8Array, at: number): number {
    if (bytes[at] === LF) {
      this.traits.lineFeeds = true;
      return at + 1;
    }
    if (bytes[at] !== CR || bytes[at + 1] !== LF) return -1;
    this.traits.carriageReturns = true;
    return at + 2;
  }

  /** The place of the closing quote, or `end`. */
  #quotedText(bytes: Uint8Array, from: number, end: number): number {
    let at = from;
    while (at < end) {
      const byte = bytes[at];
      if (byte === QUOTE) {
        if (bytes[at + 1] !== QUOTE) return at;
        at += 2;
        continue;
      }
      if (byte === LF || byte === CR) this.traits.quotedLineEnds = true;
      at += 1;
    }
    return end;
  }

  /** The place after a value that is not empty, or -1. */
  #value(type: ColumnType, field: number, bytes: Uint8Array, at: number): number {
    switch (type.kind) {
      case 'integer':
        return scanInteger(bytes, at, type.maxDigits);
      case 'decimal':
        return scanDecimal(bytes, at, type.integerDigits, type.scale);
      case 'double':
        // Within so many digits no value is outside of the range.
        return scanDecimal(bytes, at, 300, 300);
      case 'boolean':
        return scanBoolean(bytes, at);
      case 'date':
        return scanDate(bytes, at);
      case 'timestamp': {
        const day = scanDate(bytes, at);
        if (day === -1 || isEnd(bytes[day]!)) return day;
        const time = scanTime(bytes, day);
        if (time < -1) {
          // A year at the edge of the calendar may be left by going to UTC.
          if (isEdgeYear(bytes, at)) return -1;
          this.traits.zoned[field] = true;
          return -time;
        }
        return time;
      }
      case 'text':
        return -1;
    }
  }
}

/** Whether a byte ends a value that has neither commas nor line ends in it. */
function isEnd(byte: number): boolean {
  return byte === COMMA || byte === LF || byte === CR || byte === QUOTE;
}

/** Stops at a quote too, which may not be there and is refused as the end of a field. */
function plainText(bytes: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    const byte = bytes[at]!;
    // All four are at most the comma; most bytes of a text are above it.
    if (byte <= COMMA && isEnd(byte)) return at;
    at += 1;
  }
}

function skipSign(bytes: Uint8Array, at: number): number {
  return bytes[at] === 0x2b || bytes[at] === 0x2d ? at + 1 : at;
}

function skipDigits(bytes: Uint8Array, from: number): number {
  let at = from;
  while ((bytes[at]! - 0x30) >>> 0 <= 9) at += 1;
  return at;
}

function scanInteger(bytes: Uint8Array, from: number, max: string): number {
  const start = skipSign(bytes, from);
  const at = skipDigits(bytes, start);
  const length = at - start;
  if (length === 0 || length > max.length) return -1;
  return length < max.length || isAtMost(bytes, start, max) ? at : -1;
}

/** Whether as many digits as `max` has are at most `max`. The one number more below zero is left to the exact reader. */
function isAtMost(bytes: Uint8Array, start: number, max: string): boolean {
  for (let index = 0; index < max.length; index += 1) {
    const difference = bytes[start + index]! - max.charCodeAt(index);
    if (difference !== 0) return difference < 0;
  }
  return true;
}

function scanDecimal(bytes: Uint8Array, from: number, before: number, after: number): number {
  const start = skipSign(bytes, from);
  const point = skipDigits(bytes, start);
  const length = point - start;
  // A lone 0 before the point is no digit of the value.
  if (length === 0 || (length > before && !(length === 1 && bytes[start] === 0x30))) return -1;
  if (bytes[point] !== 0x2e) return point;
  const end = skipDigits(bytes, point + 1);
  const fraction = end - point - 1;
  return fraction === 0 || fraction > after ? -1 : end;
}

const TRUE = [0x74, 0x72, 0x75, 0x65];
const FALSE = [0x66, 0x61, 0x6c, 0x73, 0x65];

function scanBoolean(bytes: Uint8Array, from: number): number {
  const word = (bytes[from]! | 0x20) === 0x74 ? TRUE : FALSE;
  for (let index = 0; index < word.length; index += 1) {
    // Bit 0x20 is what tells the cases of a letter apart.
    if ((bytes[from + index]! | 0x20) !== word[index]) return -1;
  }
  return from + word.length;
}

/** 0001 or 9999. */
function isEdgeYear(bytes: Uint8Array, at: number): boolean {
  const year =
    (bytes[at]! - 0x30) * 1000 +
    (bytes[at + 1]! - 0x30) * 100 +
    (bytes[at + 2]! - 0x30) * 10 +
    (bytes[at + 3]! - 0x30);
  return year === 1 || year === 9999;
}
