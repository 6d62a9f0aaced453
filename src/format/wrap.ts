/** Lines for a terminal, broken between words. */
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import { shorten } from './shorten.js';

/**
 * A text in lines of at most `width` columns, each behind the indent; lines that a line is broken
 * into stand two columns further in. What has no space to be broken at is as long as it is.
 *
 * @param width undefined where there is no terminal: nothing is broken then
 */
export function wrapText(text: string, width: number | undefined, indent = ''): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, width, indent));
}

/** A place that a line names: `in models/my model.sql:1`, `compiled: …`, `ERROR orders (models/my model.sql:1:8)`. */
const places = [/^compiled: /, /^in (?=.*:\d+$)/, /^.*? \((?=\S.*:\d+\)$)/];

/** Of private use, as wide as a blank, and none where a line may be broken. */
const unbroken = '\u{e000}';

/** The line with the blanks of the path that stands at its end kept from being broken at. */
function withWholePlace(line: string): string {
  const head = places.map((place) => place.exec(line)?.[0]).find((found) => found !== undefined);
  if (head === undefined) return line;
  return head + line.slice(head.length).replaceAll(' ', unbroken);
}

function wrapLine(line: string, width: number | undefined, indent: string): string[] {
  if (width === undefined || stringWidth(line) + indent.length <= width) return [indent + line];
  // A line of a file with its number, or the caret below it: what stands below has to stay there.
  if (/^\s*\d* \| /.test(line)) return [shorten(indent + line, width)];
  const own = /^ */.exec(line)?.[0] ?? '';
  const room = Math.max(8, width - indent.length - own.length - 2);
  // No `hard`: a name or a path that is longer has to be copied as it is.
  const words = withWholePlace(line.slice(own.length));
  const wrapped = wrapAnsi(words, room, { hard: false, trim: true }).replaceAll(unbroken, ' ');
  return wrapped.split('\n').map((part, i) => `${indent}${own}${i === 0 ? '' : '  '}${part}`);
}
