import { characterIndex, characters, textLength, unitOffset } from '../characters.js';
import { Fault } from '../fault.js';
import { iterate } from '../iterate.js';
import type { Meter } from '../limits.js';
import { integerOf } from '../slice.js';
import { endOfSpace, isSpace, stripEnd, stripStart } from '../space.js';
import { Tuple, type Value } from '../value.js';
import { methodsOf, textOf } from './method.js';

type Optional = Value | undefined;

function count(value: Optional): number {
  return value === undefined ? -1 : integerOf(value, 'the count');
}

/** `self` between the characters start and end, and the offset of the first of them. */
function range(
  self: string,
  start: Optional,
  end: Optional,
): { part: string; offset: number } | undefined {
  if ((start ?? null) === null && (end ?? null) === null) return { part: self, offset: 0 };
  const length = textLength(self);
  const at = (value: Optional, missing: number): number => {
    if ((value ?? null) === null) return missing;
    const index = integerOf(value as Value, 'the index');
    return index < 0 ? Math.max(0, index + length) : index;
  };
  const from = at(start, 0);
  const to = Math.min(at(end, length), length);
  if (from > to) return undefined;
  const offset = unitOffset(self, from);
  return { part: self.slice(offset, unitOffset(self, to)), offset };
}

function find(self: string, [what, start, end]: readonly Optional[], last: boolean): number {
  const searched = range(self, start, end);
  if (searched === undefined) return -1;
  const text = textOf(what);
  const at = last ? searched.part.lastIndexOf(text) : searched.part.indexOf(text);
  return at === -1 ? -1 : characterIndex(self, searched.offset + at);
}

function index(self: string, args: readonly Optional[], last: boolean): number {
  const found = find(self, args, last);
  if (found === -1) throw new Fault('substring not found');
  return found;
}

function starts(self: string, [what, start, end]: readonly Optional[], atEnd: boolean): boolean {
  const searched = range(self, start, end);
  if (searched === undefined) return false;
  const { part } = searched;
  const texts = what instanceof Tuple ? what.items : [what];
  return texts.some((text) =>
    atEnd ? part.endsWith(textOf(text)) : part.startsWith(textOf(text)),
  );
}

/** Python's str.strip of characters: `left` and `right` choose the sides. */
export function strip(self: string, chars: Optional, left: boolean, right: boolean): string {
  if (chars === undefined || chars === null) {
    const text = left ? stripStart(self) : self;
    return right ? stripEnd(text) : text;
  }
  const set = new Set(textOf(chars));
  const all = characters(self);
  let from = 0;
  let to = all.length;
  while (left && from < to && set.has(all[from] ?? '')) from += 1;
  while (right && from < to && set.has(all[to - 1] ?? '')) to -= 1;
  return typeof all === 'string' ? all.slice(from, to) : all.slice(from, to).join('');
}

function splitSpace(self: string, limit: number): string[] {
  const parts: string[] = [];
  let at = endOfSpace(self, 0);
  while (at < self.length) {
    if (limit >= 0 && parts.length === limit) {
      parts.push(self.slice(at));
      break;
    }
    let end = at;
    while (end < self.length && !isSpace(self.charCodeAt(end))) end += 1;
    parts.push(self.slice(at, end));
    at = endOfSpace(self, end);
  }
  return parts;
}

function rsplitSpace(self: string, limit: number): string[] {
  const parts: string[] = [];
  let rest = stripEnd(self);
  while (rest !== '') {
    if (limit >= 0 && parts.length === limit) {
      parts.push(rest);
      break;
    }
    let start = rest.length;
    while (start > 0 && !isSpace(rest.charCodeAt(start - 1))) start -= 1;
    parts.push(rest.slice(start));
    rest = stripEnd(rest.slice(0, start));
  }
  return parts.reverse();
}

function split(self: string, [separator, max]: readonly Optional[], fromRight: boolean): Value[] {
  const limit = count(max);
  if (separator === undefined || separator === null) {
    return fromRight ? rsplitSpace(self, limit) : splitSpace(self, limit);
  }
  const text = textOf(separator);
  if (text === '') throw new Fault('empty separator');
  const parts = self.split(text);
  if (limit < 0 || parts.length <= limit + 1) return parts;
  const cut = fromRight ? parts.length - limit : limit;
  return fromRight
    ? [parts.slice(0, cut).join(text), ...parts.slice(cut)]
    : [...parts.slice(0, cut), parts.slice(cut).join(text)];
}

function partition(self: string, separator: Optional, last: boolean): Value {
  const text = textOf(separator);
  if (text === '') throw new Fault('empty separator');
  const at = last ? self.lastIndexOf(text) : self.indexOf(text);
  if (at === -1) return new Tuple(last ? ['', '', self] : [self, '', '']);
  return new Tuple([self.slice(0, at), text, self.slice(at + text.length)]);
}

const lineEnd = /\r\n|[\n\r\v\f\u001c-\u001e\u0085\u2028\u2029]/g; // eslint-disable-line no-control-regex -- Python's line ends

/** Python's str.splitlines. */
export function splitLines(self: string, keepEnds = false): string[] {
  const lines: string[] = [];
  let at = 0;
  for (const { 0: end, index } of self.matchAll(lineEnd)) {
    lines.push(self.slice(at, keepEnds ? index + end.length : index));
    at = index + end.length;
  }
  if (at < self.length) lines.push(self.slice(at));
  return lines;
}

/** Python's str.replace. A count below 0 means all. */
export function replace(
  self: string,
  old: string,
  by: string,
  limit: number,
  meter: Meter,
): string {
  if (limit === 0) return self;
  const parts = old === '' ? ['', ...characters(self), ''] : self.split(old);
  const times = limit < 0 ? parts.length - 1 : Math.min(limit, parts.length - 1);
  meter.text(self.length + times * Math.max(0, by.length - old.length));
  if (times === parts.length - 1) return parts.join(by);
  const rest = parts.slice(times).join(old);
  return [...parts.slice(0, times), rest].join(by);
}

/** Python's ljust, rjust and center. */
export function justify(
  self: string,
  width: Optional,
  fill: Optional,
  side: 'left' | 'right' | 'center',
  meter: Meter,
): string {
  const size = integerOf(width ?? null, 'the width');
  const by = fill === undefined ? ' ' : textOf(fill);
  if (textLength(by) !== 1)
    throw new Fault('The fill character must be exactly one character long');
  const missing = size - textLength(self);
  if (missing <= 0) return self;
  meter.text(size);
  if (side === 'left') return self + by.repeat(missing);
  if (side === 'right') return by.repeat(missing) + self;
  // CPython's rule for which side gets the odd one.
  const left = (missing >> 1) + (missing & size & 1);
  return by.repeat(left) + self + by.repeat(missing - left);
}

/** Python's str.capitalize. */
export function capitalize(self: string): string {
  const end = unitOffset(self, 1);
  return self.slice(0, end).toUpperCase() + self.slice(end).toLowerCase();
}

function title(self: string): string {
  return self.replace(/\p{L}+/gu, (word) => capitalize(word));
}

function zfill(self: string, width: Optional, meter: Meter): string {
  const size = integerOf(width ?? null, 'the width');
  const missing = size - textLength(self);
  if (missing <= 0) return self;
  meter.text(size);
  const sign = /^[+-]/.exec(self)?.[0] ?? '';
  return sign + '0'.repeat(missing) + self.slice(sign.length);
}

function join(self: string, list: Optional, meter: Meter): string {
  const parts: string[] = [];
  let length = 0;
  for (const item of iterate(list ?? null)) {
    const text = textOf(item);
    length += text.length + self.length;
    parts.push(text);
  }
  meter.text(length);
  return parts.join(self);
}

function swapCase(self: string): string {
  return self.replace(/\p{L}/gu, (char) => {
    const upper = char.toUpperCase();
    return char === upper ? char.toLowerCase() : upper;
  });
}

function expandTabs(self: string, size: number, meter: Meter): string {
  let column = 0;
  let out = '';
  for (const char of self) {
    if (char === '\t') {
      const gap = size > 0 ? size - (column % size) : 0;
      if (out.length + gap > meter.limits.textLength) meter.text(out.length + gap);
      out += ' '.repeat(gap);
      column += gap;
    } else {
      out += char;
      column = char === '\n' || char === '\r' ? 0 : column + 1;
    }
  }
  return out;
}

function countOf(self: string, [what, start, end]: readonly Optional[]): number {
  const searched = range(self, start, end);
  if (searched === undefined) return 0;
  const text = textOf(what);
  const { part } = searched;
  if (text === '') return textLength(part) + 1;
  let found = 0;
  for (let at = part.indexOf(text); at !== -1; at = part.indexOf(text, at + text.length)) {
    found += 1;
  }
  return found;
}

export const stringMethods = methodsOf<string>({
  upper: ['', (self) => self.toUpperCase()],
  lower: ['', (self) => self.toLowerCase()],
  casefold: ['', (self) => self.toLowerCase().replaceAll('ß', 'ss')],
  capitalize: ['', capitalize],
  title: ['', title],
  swapcase: ['', swapCase],
  strip: ['chars?', (self, [chars]) => strip(self, chars, true, true)],
  lstrip: ['chars?', (self, [chars]) => strip(self, chars, true, false)],
  rstrip: ['chars?', (self, [chars]) => strip(self, chars, false, true)],
  split: ['sep? maxsplit?', (self, args) => split(self, args, false)],
  rsplit: ['sep? maxsplit?', (self, args) => split(self, args, true)],
  splitlines: ['keepends?', (self, [keep]) => splitLines(self, keep === true)],
  partition: ['sep', (self, [separator]) => partition(self, separator, false)],
  rpartition: ['sep', (self, [separator]) => partition(self, separator, true)],
  join: ['iterable', (self, [list], meter) => join(self, list, meter)],
  replace: [
    'old new count?',
    (self, [old, by, limit], meter) => replace(self, textOf(old), textOf(by), count(limit), meter),
  ],
  startswith: ['prefix start? end?', (self, args) => starts(self, args, false)],
  endswith: ['suffix start? end?', (self, args) => starts(self, args, true)],
  removeprefix: [
    'prefix',
    (self, [prefix]) =>
      self.startsWith(textOf(prefix)) ? self.slice(textOf(prefix).length) : self,
  ],
  removesuffix: [
    'suffix',
    (self, [suffix]) =>
      self.endsWith(textOf(suffix)) ? self.slice(0, self.length - textOf(suffix).length) : self,
  ],
  find: ['sub start? end?', (self, args) => find(self, args, false)],
  rfind: ['sub start? end?', (self, args) => find(self, args, true)],
  index: ['sub start? end?', (self, args) => index(self, args, false)],
  rindex: ['sub start? end?', (self, args) => index(self, args, true)],
  count: ['sub start? end?', countOf],
  ljust: ['width fillchar?', (self, [w, fill], meter) => justify(self, w, fill, 'left', meter)],
  rjust: ['width fillchar?', (self, [w, fill], meter) => justify(self, w, fill, 'right', meter)],
  center: ['width fillchar?', (self, [w, fill], meter) => justify(self, w, fill, 'center', meter)],
  zfill: ['width', (self, [width], meter) => zfill(self, width, meter)],
  expandtabs: [
    'tabsize?',
    (self, [size], meter) =>
      expandTabs(self, size === undefined ? 8 : integerOf(size, 'tabsize'), meter),
  ],
});
