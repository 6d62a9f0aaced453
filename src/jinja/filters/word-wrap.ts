import { Fault } from '../values/fault.js';
import type { Meter } from '../values/limits.js';

interface WordWrapOptions {
  readonly width: number;
  readonly breakLongWords: boolean;
  readonly wrapString: string;
  readonly breakOnHyphens: boolean;
}

/** Jinja's wordwrap: each line of the text is wrapped as Python's textwrap does. */
export function wordWrap(text: string, options: WordWrapOptions, meter: Meter): string {
  if (options.width <= 0) throw new Fault(`invalid width ${options.width} (must be > 0)`);
  const lines = new Lines(options.wrapString, meter);
  for (let start = 0; start < text.length;) {
    let end = start;
    while (end < text.length && !isLineEnd(text.charCodeAt(end))) end += 1;
    wrapLine(text, start, end, options, lines);
    start = text.startsWith('\r\n', end) ? end + 2 : end + 1;
  }
  return lines.text();
}

/** Joins lines as they come: a list of as many lines as a text has characters would not fit. */
class Lines {
  readonly #between: string;
  readonly #meter: Meter;
  #text = '';
  #waiting: string[] = [];
  #count = 0;
  #length = 0;

  constructor(between: string, meter: Meter) {
    this.#between = between;
    this.#meter = meter;
  }

  add(line: string): void {
    this.#length += line.length + (this.#count === 0 ? 0 : this.#between.length);
    this.#count += 1;
    this.#waiting.push(line);
    if (this.#waiting.length >= 8192) this.#flush();
  }

  text(): string {
    this.#flush();
    this.#meter.text(this.#length);
    return this.#text;
  }

  #flush(): void {
    this.#meter.step(this.#waiting.length >> 3);
    if (this.#length > this.#meter.limits.textLength) this.#meter.text(this.#length);
    const isFirst = this.#count === this.#waiting.length;
    const joined = this.#waiting.join(this.#between);
    this.#text += isFirst || this.#waiting.length === 0 ? joined : this.#between + joined;
    this.#waiting = [];
  }
}

/**
 * Wraps what stands between two offsets. What a line takes is always one piece of the text, since
 * only white space around it is left out.
 */
function wrapLine(
  text: string,
  start: number,
  end: number,
  options: WordWrapOptions,
  lines: Lines,
): void {
  const { width } = options;
  let at = start;
  let made = 0;
  // Kept, since what is left of a long word is still that word.
  let chunk = start;
  const endOfChunk = (): number => {
    if (chunk <= at) chunk = chunkEnd(text, at, end, options);
    return chunk;
  };
  while (at < end) {
    if (made > 0 && isBlank(text.charCodeAt(at))) at = endOfChunk();
    const from = at;
    let lastStart = at;
    while (at < end && endOfChunk() - from <= width) {
      lastStart = at;
      at = chunk;
    }
    if (at < end && chunk - at > width) {
      if (options.breakLongWords) {
        lastStart = at;
        at += Math.max(1, width - (at - from));
      } else if (at === from) at = chunk;
    }
    // White space at the end of a line is left out.
    const to = at > from && isBlank(text.charCodeAt(lastStart)) ? lastStart : at;
    if (to > from) {
      lines.add(text.slice(from, to));
      made += 1;
    }
  }
  if (made === 0) lines.add('');
}

/** Where the word, the part of it up to a hyphen, or the white space that begins here ends. */
function chunkEnd(text: string, at: number, end: number, options: WordWrapOptions): number {
  const blank = isBlank(text.charCodeAt(at));
  let to = at + 1;
  for (; to < end; to += 1) {
    if (isBlank(text.charCodeAt(to)) !== blank) break;
    if (!blank && options.breakOnHyphens && breaksBefore(text, to, at, end)) break;
  }
  return to;
}

/** Behind a hyphen between letters a word may be cut. */
function breaksBefore(text: string, at: number, start: number, end: number): boolean {
  return (
    text.charCodeAt(at - 1) === 45 &&
    at - 3 >= start &&
    at + 1 < end &&
    isLetter(text, at - 2) &&
    (isLetter(text, at - 3) || isDigit(text.charCodeAt(at - 3))) &&
    isLetter(text, at) &&
    isLetter(text, at + 1)
  );
}

/** The white space at which textwrap cuts. */
function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

function isLineEnd(code: number): boolean {
  return (
    (code >= 10 && code <= 13) ||
    (code >= 0x1c && code <= 0x1e) ||
    code === 0x85 ||
    code === 0x2028 ||
    code === 0x2029
  );
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

const letter = /^[\p{L}_]$/u;

function isLetter(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 128) return (code | 32) >= 97 && (code | 32) <= 122 ? true : code === 95;
  const isSecondHalf = code >= 0xdc00 && code <= 0xdfff;
  return letter.test(String.fromCodePoint(text.codePointAt(isSecondHalf ? at - 1 : at) ?? 0));
}
