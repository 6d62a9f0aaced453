import { int } from './value.js';

const floatPattern =
  /^[+-]?(?:(?:\d+(?:_\d+)*)(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/i;
const special: ReadonlyMap<string, number> = new Map([
  ['inf', Infinity],
  ['infinity', Infinity],
  ['nan', NaN],
]);

/** Python's `float(text)`; undefined when the text is no number. */
export function parseFloatText(text: string): number | undefined {
  const trimmed = text.trim();
  const word = special.get(trimmed.replace(/^[+-]/, '').toLowerCase());
  if (word !== undefined) return trimmed.startsWith('-') ? -word : word;
  return floatPattern.test(trimmed) ? Number(trimmed.replaceAll('_', '')) : undefined;
}

const prefixes: Readonly<Record<string, number>> = { '0b': 2, '0o': 8, '0x': 16 };

/** Python's `int(text, base)`; undefined when the text is no such number. */
export function parseIntText(text: string, base: number): number | bigint | undefined {
  const [, sign = '', body = ''] = /^([+-]?)([0-9a-z_]+)$/i.exec(text.trim()) ?? [];
  let digits = body.toLowerCase();
  const prefixBase = prefixes[digits.slice(0, 2)];
  let radix = base;
  if (prefixBase !== undefined && (base === 0 || base === prefixBase)) {
    digits = digits.slice(2).replace(/^_/, '');
    radix = prefixBase;
  }
  if (radix === 0) radix = 10;
  if (radix < 2 || radix > 36 || digits.length > 5000) return undefined;
  if (!/^[0-9a-z]+(?:_[0-9a-z]+)*$/.test(digits)) return undefined;
  let value = 0n;
  for (const char of digits.replaceAll('_', '')) {
    const digit = Number.parseInt(char, 36);
    if (digit >= radix) return undefined;
    value = value * BigInt(radix) + BigInt(digit);
  }
  return int(sign === '-' ? -value : value);
}
