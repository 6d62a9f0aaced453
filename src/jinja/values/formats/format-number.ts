import { numberOf } from '../compare.js';
import { Decimal } from '../decimal.js';
import { Fault } from '../fault.js';
import { exponentOf, fixedText, floatText } from '../number-text.js';
import { Float, type Value } from '../value.js';

const maxPrecision = 100;

/** The digits of a float that is not negative, in one of Python's presentations. */
export function floatDigits(
  value: number,
  type: string,
  precision: number | undefined,
  alternate: boolean,
): string {
  if (precision !== undefined && precision > maxPrecision) {
    throw new Fault(`A precision of ${precision} digits is more than the limit of ${maxPrecision}`);
  }
  const lower = type.toLowerCase();
  let digits: string;
  if (!Number.isFinite(value)) digits = floatText(value) + (type === '%' ? '%' : '');
  else if (lower === 'f') digits = fixedText(value, precision ?? 6) + point(precision, alternate);
  else if (type === '%') digits = `${fixedText(value * 100, precision ?? 6)}%`;
  else if (lower === 'e') digits = exponential(value, precision ?? 6);
  else if (lower === 'g' || lower === 'n')
    digits = general(value, precision ?? 6, alternate, false);
  else if (precision === undefined) digits = floatText(value);
  else digits = general(value, precision, alternate, true);
  return type !== lower ? digits.toUpperCase() : digits;
}

function point(precision: number | undefined, alternate: boolean): string {
  return alternate && precision === 0 ? '.' : '';
}

function exponential(value: number, digits: number): string {
  const [mantissa = '', exponent = '0'] = value.toExponential(digits).split('e');
  return `${mantissa}e${exponentOf(Number(exponent))}`;
}

/** The shorter of both notations; `withPoint` keeps one digit behind the point. */
function general(value: number, precision: number, alternate: boolean, withPoint: boolean): string {
  const significant = Math.max(1, precision);
  const exponent = Number(value.toExponential(significant - 1).split('e')[1] ?? '0');
  const limit = withPoint ? significant - 1 : significant;
  if (exponent < -4 || exponent >= Math.max(limit, withPoint ? 1 : 0)) {
    const [mantissa = '', power = ''] = exponential(value, significant - 1).split('e');
    return `${alternate ? mantissa : withoutZeros(mantissa)}e${power}`;
  }
  const fixed = fixedText(value, Math.max(0, significant - 1 - exponent));
  const text = alternate ? fixed : withoutZeros(fixed);
  return withPoint && !text.includes('.') ? `${text}.0` : text;
}

function withoutZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

const bases: Readonly<Record<string, number>> = { b: 2, o: 8, x: 16, X: 16 };

/** The digits of an int that is not negative, and its prefix such as `0x`. */
export function intDigits(
  value: number | bigint,
  type: string,
): { digits: string; prefix: string } {
  const base = bases[type];
  if (base === undefined) return { digits: String(value), prefix: '' };
  const digits = value.toString(base);
  return { digits: type === 'X' ? digits.toUpperCase() : digits, prefix: `0${type}` };
}

/** Digits in groups with a separator between: `1,234,567.5`. */
export function grouped(digits: string, separator: string, size = 3): string {
  const [whole = '', ...rest] = digits.split(/(?=[.e%])/);
  let out = '';
  for (let end = whole.length; end > 0; end -= size) {
    const group = whole.slice(Math.max(0, end - size), end);
    out = out === '' ? group : `${group}${separator}${out}`;
  }
  return out + rest.join('');
}

/** The number and whether it is below zero (also -0.0). */
export function magnitude(
  value: Value,
): { value: number | bigint; negative: boolean; isFloat: boolean } | undefined {
  if (value instanceof Decimal) return magnitude(new Float(value.toFloat()));
  const n = numberOf(value);
  if (n === undefined) return undefined;
  const negative = n < 0 || Object.is(n, -0);
  return { value: negative ? -n : n, negative, isFloat: value instanceof Float };
}

/** Fills up to a width; `=` puts the filling between sign and digits. */
export function aligned(
  prefix: string,
  body: string,
  width: number,
  align: string,
  fill: string,
): string {
  const missing = width - Array.from(prefix).length - Array.from(body).length;
  if (missing <= 0) return prefix + body;
  switch (align) {
    case '<':
      return prefix + body + fill.repeat(missing);
    case '^': {
      const left = missing >> 1;
      return fill.repeat(left) + prefix + body + fill.repeat(missing - left);
    }
    case '=':
      return prefix + fill.repeat(missing) + body;
    default:
      return fill.repeat(missing) + prefix + body;
  }
}
