import { numberOf } from '../compare.js';
import { Fault } from '../fault.js';
import type { Meter } from '../limits.js';
import { repr, toText } from '../text.js';
import { typeName } from '../type-name.js';
import { Dict, Float, Tuple, type Value } from '../value.js';
import { aligned, floatDigits, intDigits, magnitude } from './format-number.js';

const conversion =
  /%(?:\(([^)]*)\))?([-#0 +]*)(\*|\d+)?(?:\.(\*|\d+)?)?([hlL]?)([diouxXeEfFgGcrsa%])?/g;

/** Python's `format % values`: a tuple fills in order, a dict by name. */
export function percentFormat(format: string, values: Value, meter: Meter): string {
  const queue = values instanceof Tuple ? values.items : [values];
  let used = 0;
  const nextValue = (): Value => {
    const value = queue[used];
    if (value === undefined) throw new Fault('not enough arguments for format string');
    used += 1;
    return value;
  };
  const size = (text: string | undefined): number | undefined => {
    if (text === undefined) return undefined;
    const n = text === '*' ? Number(numberOf(nextValue()) ?? NaN) : Number(text);
    if (!Number.isInteger(n)) throw new Fault('* wants int');
    return n;
  };
  let named = false;
  const text = format.replace(
    conversion,
    (
      all: string,
      name: string | undefined,
      flags: string,
      w?: string,
      p?: string,
      _l?: string,
      type?: string,
    ) => {
      meter.step(8);
      if (type === undefined) throw new Fault(`incomplete or unknown format '${all}'`);
      if (type === '%') return '%';
      const width = size(w) ?? 0;
      const precision = size(p) ?? (all.includes('.') && !all.includes('(') ? 0 : undefined);
      let value: Value;
      if (name === undefined) value = nextValue();
      else {
        if (!(values instanceof Dict)) throw new Fault('format requires a mapping');
        const found = values.get(name);
        if (found === undefined)
          throw new Fault(`The format uses the key '${name}', which is missing in the dict`);
        value = found;
        named = true;
      }
      meter.text(Math.abs(width) + (precision ?? 0));
      return convert(type, value, flags, width, precision);
    },
  );
  if (!named && used < queue.length && !(values instanceof Dict)) {
    if (!(Array.isArray(values) && used === 0)) {
      throw new Fault('not all arguments converted during string formatting');
    }
  }
  meter.text(text.length);
  return text;
}

function convert(
  type: string,
  value: Value,
  flags: string,
  width: number,
  precision: number | undefined,
): string {
  const left = flags.includes('-') || width < 0;
  const size = Math.abs(width);
  if (type === 's' || type === 'r' || type === 'a' || type === 'c') {
    const whole = type === 's' ? toText(value) : type === 'c' ? character(value) : repr(value);
    const text = precision === undefined ? whole : Array.from(whole).slice(0, precision).join('');
    return aligned('', text, size, left ? '<' : '>', ' ');
  }
  const number = magnitude(value);
  if (number === undefined) {
    throw new Fault(`%${type} format: a number is required, not ${typeName(value)}`);
  }
  let prefix = number.negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  let digits: string;
  if ('diuoxX'.includes(type)) {
    if (number.isFloat && (!'diu'.includes(type) || !Number.isFinite(number.value))) {
      throw new Fault(`%${type} format: an integer is required, not float`);
    }
    const whole = number.isFloat ? BigInt(Math.trunc(Number(number.value))) : number.value;
    const made = intDigits(whole, type);
    digits = made.digits.padStart(precision ?? 0, '0');
    if (flags.includes('#')) prefix += made.prefix;
  } else {
    digits = floatDigits(Number(number.value), type, precision, flags.includes('#'));
  }
  const zeros = flags.includes('0') && !left;
  return aligned(prefix, digits, size, left ? '<' : zeros ? '=' : '>', zeros ? '0' : ' ');
}

function character(value: Value): string {
  if (typeof value === 'string' && Array.from(value).length === 1) return value;
  const code = value instanceof Float ? undefined : numberOf(value);
  if (code === undefined || code < 0 || code > 0x10ffff) {
    throw new Fault('%c requires an int or one character');
  }
  return String.fromCodePoint(Number(code));
}
