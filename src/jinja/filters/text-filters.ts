import { characters, textLength } from '../values/characters.js';
import { isTrue } from '../values/compare.js';
import { Fault } from '../values/fault.js';
import { percentFormat } from '../values/formats/percent-format.js';
import { iterate } from '../values/iterate.js';
import { toJson } from '../values/json.js';
import {
  capitalize,
  justify,
  replace,
  splitLines,
  strip,
} from '../values/methods/string-methods.js';
import { integerOf } from '../values/slice.js';
import { repr, toText } from '../values/text.js';
import { Dict, Tuple, type Kwargs, type Value } from '../values/value.js';
import { builtinsOf } from './builtin.js';
import type { FilterContext } from './context.js';
import { wordWrap } from './word-wrap.js';

type Optional = Value | undefined;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};

function escape(value: Value, context: FilterContext): string {
  const text = toText(value);
  context.meter.text(text.length * 5);
  return text.replace(/[&<>"']/g, (char) => entities[char] ?? char);
}

/** The text without what stands between an opening and the closing behind it. */
function without(text: string, open: string, close: string): string {
  let out = '';
  let at = 0;
  // By hand: a regular expression looks for the end again from each opening.
  for (let start = text.indexOf(open); start !== -1; start = text.indexOf(open, at)) {
    const end = text.indexOf(close, start + open.length);
    if (end === -1) break;
    out += text.slice(at, start);
    at = end + close.length;
  }
  return out + text.slice(at);
}

function stripTags(value: Value): string {
  const text = without(without(toText(value), '<!--', '-->'), '<', '>');
  const names: Readonly<Record<string, string>> = {
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
  };
  return text
    .split(/\s+/)
    .filter((word) => word !== '')
    .join(' ')
    .replace(
      /&(?:#(\d{1,7})|(amp|lt|gt|quot|apos));/g,
      (all: string, code?: string, name?: string) =>
        name !== undefined
          ? (names[name] ?? all)
          : String.fromCodePoint(Math.min(Number(code), 0x10ffff)),
    );
}

function title(value: Value): string {
  return toText(value).replace(
    /[^-\s({[<]+/g,
    (part) => part.charAt(0).toUpperCase() + part.slice(1).toLowerCase(),
  );
}

function truncate(
  value: Value,
  [length = 255, killWords = false, end = '...', leeway = 5]: readonly Optional[],
): string {
  const text = toText(value);
  const ending = toText(end);
  const size = integerOf(length, 'the length');
  const all = characters(text);
  if (size < textLength(ending)) {
    throw new Fault(`expected length >= ${textLength(ending)}, got ${size}`);
  }
  if (all.length <= size + integerOf(leeway ?? 5, 'the leeway')) return text;
  const cut = Array.from(all)
    .slice(0, size - textLength(ending))
    .join('');
  if (isTrue(killWords)) return cut + ending;
  const space = cut.lastIndexOf(' ');
  return (space === -1 ? cut : cut.slice(0, space)) + ending;
}

function indent(
  value: Value,
  [width = 4, first = false, blank = false]: readonly Optional[],
  context: FilterContext,
): string {
  const size = typeof width === 'string' ? 0 : Math.max(0, integerOf(width, 'the width'));
  context.meter.text(size);
  const by = typeof width === 'string' ? width : ' '.repeat(size);
  const lines = splitLines(`${toText(value)}\n`);
  context.meter.text(by.length * lines.length);
  const text = isTrue(blank)
    ? lines.join(`\n${by}`)
    : lines.map((line, i) => (i > 0 && line !== '' ? by + line : line)).join('\n');
  return isTrue(first) ? by + text : text;
}

function format(
  value: Value,
  args: readonly Value[],
  context: FilterContext,
  kwargs: Kwargs,
): string {
  if (args.length > 0 && kwargs.size > 0) {
    throw new Fault("can't handle positional and keyword arguments at the same time");
  }
  const values = kwargs.size > 0 ? new Dict(kwargs) : new Tuple(args);
  return percentFormat(toText(value), values, context.meter);
}

/** The text without halves of characters, which cannot be encoded. */
function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, '\ufffd');
}

/** Percent-encodes a text. In a query a space is `+` and a slash is encoded too. */
function quoted(value: Value, inQuery: boolean): string {
  const text = encodeURIComponent(wellFormed(toText(value))).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return inQuery ? text.replaceAll('%20', '+') : text.replaceAll('%2F', '/');
}

function urlEncode(value: Value): string {
  const pairs = value instanceof Dict ? [...value.entries()] : undefined;
  if (pairs === undefined && (typeof value === 'string' || !isSequence(value))) {
    return quoted(value, false);
  }
  const list = pairs ?? Array.from(iterate(value), (pair) => [...iterate(pair)]);
  return list
    .map(([key = null, item = null]) => `${quoted(key, true)}=${quoted(item, true)}`)
    .join('&');
}

function isSequence(value: Value): boolean {
  return Array.isArray(value) || value instanceof Tuple;
}

/** The filters that make a text of what they are given. */
export const textFilters = builtinsOf<Value>({
  upper: ['', (value) => toText(value).toUpperCase()],
  lower: ['', (value) => toText(value).toLowerCase()],
  capitalize: ['', (value) => capitalize(toText(value))],
  title: ['', title],
  trim: ['chars?', (value, [chars]) => strip(toText(value), chars, true, true)],
  center: [
    'width?',
    (value, [width = 80], context) => justify(toText(value), width, ' ', 'center', context.meter),
  ],
  string: ['', toText],
  safe: ['', toText],
  escape: ['', (value, _args, context) => escape(value, context)],
  forceescape: ['', (value, _args, context) => escape(value, context)],
  striptags: ['', stripTags],
  replace: [
    'old new count?',
    (value, [old = null, by = null, count], context) =>
      replace(
        toText(value),
        toText(old),
        toText(by),
        (count ?? null) === null ? -1 : integerOf(count as Value, 'the count'),
        context.meter,
      ),
  ],
  truncate: ['length? killwords? end? leeway?', truncate],
  indent: ['width? first? blank?', indent],
  format: [
    undefined,
    (value, args, context, kwargs) => format(value, args as readonly Value[], context, kwargs),
  ],
  wordcount: ['', (value) => toText(value).match(/[\p{L}\p{N}\p{M}_]+/gu)?.length ?? 0],
  wordwrap: [
    'width? break_long_words? wrapstring? break_on_hyphens?',
    (value, [width = 79, breakLong = true, by = '\n', onHyphens = true], { meter }) =>
      wordWrap(
        toText(value),
        {
          width: integerOf(width, 'the width'),
          breakLongWords: isTrue(breakLong),
          wrapString: by === null ? '\n' : toText(by),
          breakOnHyphens: isTrue(onHyphens),
        },
        meter,
      ),
  ],
  urlencode: ['', urlEncode],
  pprint: ['', repr],
  tojson: [
    'indent?',
    (value, [spaces = null]) =>
      toJson(value, {
        sortKeys: true,
        escapeHtml: true,
        ...(spaces === null ? {} : { indent: Math.min(64, integerOf(spaces, 'indent')) }),
      }),
  ],
});
