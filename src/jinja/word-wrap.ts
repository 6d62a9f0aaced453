import { Fault } from './errors.js';
import { splitLines } from './string-methods.js';

interface WordWrapOptions {
  readonly width: number;
  readonly breakLongWords: boolean;
  readonly wrapString: string;
  readonly breakOnHyphens: boolean;
}

/** Jinja's wordwrap: each line of the text is wrapped as Python's textwrap does. */
export function wordWrap(text: string, options: WordWrapOptions): string {
  if (options.width <= 0) throw new Fault(`invalid width ${options.width} (must be > 0)`);
  return splitLines(text)
    .map((line) => wrapLine(line, options).join(options.wrapString))
    .join(options.wrapString);
}

function wrapLine(line: string, options: WordWrapOptions): string[] {
  const { width } = options;
  const chunks = line
    .split(/([\t\n\v\f\r ]+)/)
    .flatMap((chunk) => (options.breakOnHyphens ? hyphenated(chunk) : [chunk]))
    .filter((chunk) => chunk !== '')
    .reverse();
  const lines: string[] = [];
  while (chunks.length > 0) {
    if (lines.length > 0 && chunks.at(-1)?.trim() === '') chunks.pop();
    const current: string[] = [];
    let length = 0;
    for (let next = chunks.at(-1); next !== undefined; next = chunks.at(-1)) {
      if (length + next.length > width) break;
      current.push(next);
      length += next.length;
      chunks.pop();
    }
    const long = chunks.at(-1);
    if (long !== undefined && long.length > width) {
      if (options.breakLongWords) {
        const room = Math.max(1, width - length);
        current.push(long.slice(0, room));
        chunks[chunks.length - 1] = long.slice(room);
      } else if (current.length === 0) {
        current.push(long);
        chunks.pop();
      }
    }
    if (current.at(-1)?.trim() === '') current.pop();
    if (current.length > 0) lines.push(current.join(''));
  }
  return lines;
}

/** A word cut behind the hyphens between its letters. */
function hyphenated(word: string): string[] {
  return word.split(/(?<=[\p{L}\d_][\p{L}_]-)(?=[\p{L}_]{2})|(?<=^[\p{L}_]{2,}-)(?=[\p{L}_]{2})/u);
}
