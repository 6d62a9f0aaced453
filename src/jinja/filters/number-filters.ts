import { numberOf } from '../values/compare.js';
import { Decimal } from '../values/decimal.js';
import { Fault } from '../values/fault.js';
import { divideRounded, fixedText, roundFloat } from '../values/number-text.js';
import { parseFloatText, parseIntText } from '../values/parse-number.js';
import { integerOf } from '../values/slice.js';
import { typeName } from '../values/type-name.js';
import { Undefined } from '../values/undefined.js';
import { Float, int, type Value } from '../values/value.js';
import { builtinsOf } from './builtin.js';

type Optional = Value | undefined;

function required(value: Value, what: string): number | bigint {
  const n = numberOf(value);
  if (n !== undefined) return n;
  if (value instanceof Undefined) value.fail();
  throw new Fault(`${what} takes a number, not ${typeName(value)}`);
}

function abs(value: Value): Value {
  if (value instanceof Decimal) return value.abs();
  if (value instanceof Float) return new Float(Math.abs(value.value));
  const n = required(value, 'abs');
  return n < 0 ? -n : n;
}

function toInt(value: Value, [fallback = 0, base = 10]: readonly Optional[]): Value {
  if (typeof value === 'string') {
    const n = parseIntText(value, integerOf(base, 'the base'));
    if (n !== undefined) return n;
    const f = parseFloatText(value);
    return f === undefined || !Number.isFinite(f) ? fallback : truncated(f);
  }
  if (value instanceof Undefined) value.fail();
  if (value instanceof Decimal) return value.special === undefined ? value.toInteger() : fallback;
  if (value instanceof Float)
    return Number.isFinite(value.value) ? truncated(value.value) : fallback;
  return numberOf(value) ?? fallback;
}

function truncated(value: number): Value {
  return int(BigInt(Math.trunc(value)));
}

function toFloat(value: Value, [fallback = new Float(0)]: readonly Optional[]): Value {
  if (value instanceof Undefined) value.fail();
  if (value instanceof Float) return value;
  if (value instanceof Decimal) return new Float(value.toFloat());
  const n = typeof value === 'string' ? parseFloatText(value) : numberOf(value);
  return n === undefined ? fallback : new Float(Number(n));
}

function round(value: Value, [precision = 0, method = 'common']: readonly Optional[]): Value {
  const digits = integerOf(precision, 'the precision');
  if (value instanceof Decimal) return roundDecimal(value, digits, method);
  const n = required(value, 'round');
  if (method === 'common') {
    if (value instanceof Float) return new Float(roundFloat(value.value, digits));
    if (digits >= 0) return n;
    if (digits < -400) return 0;
    const unit = 10n ** BigInt(-digits);
    return int(divideRounded(BigInt(n), unit) * unit);
  }
  if (method !== 'ceil' && method !== 'floor') {
    throw new Fault('method must be common, ceil or floor');
  }
  const unit = 10 ** digits;
  const scaled = Number(n) * unit;
  const result = (method === 'ceil' ? Math.ceil(scaled) : Math.floor(scaled)) / unit;
  // Math.ceil gives -0 where Python gives the int 0.
  return new Float(result + 0);
}

function roundDecimal(value: Decimal, digits: number, method: Value): Value {
  if (method === 'common') return value.round(digits);
  const { value: rounded } = round(new Float(value.toFloat()), [digits, method]) as Float;
  return Decimal.ofFloat(rounded);
}

function fileSize(value: Value, [binary = false]: readonly Optional[]): string {
  const bytes = typeof value === 'string' ? parseFloatText(value) : numberOf(value);
  if (bytes === undefined) throw new Fault('filesizeformat takes a number');
  const size = Number(bytes);
  const base = binary === true ? 1024 : 1000;
  const units =
    binary === true
      ? ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB']
      : ['kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'];
  if (size === 1) return '1 Byte';
  if (size < base) return `${Math.trunc(size)} Bytes`;
  let i = 0;
  while (i < units.length - 1 && size >= base ** (i + 2)) i += 1;
  return `${fixedText(size / base ** (i + 1), 1)} ${units[i] ?? ''}`;
}

/** The filters over numbers. */
export const numberFilters = builtinsOf<Value>({
  abs: ['', abs],
  int: ['default? base?', toInt],
  float: ['default?', toFloat],
  round: ['precision? method?', round],
  filesizeformat: ['binary?', fileSize],
});
