import { textLength } from './characters.js';
import { numberOf } from './compare.js';
import { Fault } from './fault.js';
import { percentFormat } from './formats/percent-format.js';
import { ieee } from './ieee.js';
import { maxIntegerBits, Meter } from './limits.js';
import { typeName } from './type-name.js';
import { Undefined } from './undefined.js';
import { Float, HostObject, Tuple, int, type Value, type ArithmeticOperator } from './value.js';

/** Python's `left operator right`. */
export function arithmetic(
  operator: ArithmeticOperator,
  left: Value,
  right: Value,
  meter: Meter,
): Value {
  if (left instanceof Undefined) left.fail();
  if (right instanceof Undefined) right.fail();
  if (operator === '%' && typeof left === 'string') return percentFormat(left, right, meter);
  const x = numberOf(left);
  const y = numberOf(right);
  if (x !== undefined && y !== undefined) {
    return left instanceof Float || right instanceof Float
      ? new Float(floats(operator, Number(x), Number(y)))
      : ints(operator, x, y);
  }
  const joined = operator === '+' ? join(left, right, meter) : undefined;
  const repeated = operator === '*' ? repeat(left, right, meter) : undefined;
  const result =
    joined ??
    repeated ??
    (left instanceof HostObject ? left.arithmetic?.(operator, right, true) : undefined) ??
    (right instanceof HostObject ? right.arithmetic?.(operator, left, false) : undefined);
  if (result !== undefined) return result;
  throw new Fault(
    `unsupported operand types for ${operator}: '${typeName(left)}' and '${typeName(right)}'`,
    operator === '+' && (typeof left === 'string' || typeof right === 'string')
      ? "Use '~' to join values as text."
      : undefined,
  );
}

/** Python's `left + right`, for the host. */
export function add(left: Value, right: Value): Value {
  return arithmetic('+', left, right, new Meter());
}

/** Python's `-value` and `+value`. */
export function sign(operator: '-' | '+', value: Value): Value {
  if (value instanceof Undefined) value.fail();
  if (value instanceof Float) return operator === '-' ? new Float(-value.value) : value;
  const n = numberOf(value);
  if (value instanceof HostObject) {
    const made = value.arithmetic?.(operator, 0, false);
    if (made !== undefined) return made;
  }
  if (n === undefined)
    throw new Fault(`bad operand type for unary ${operator}: '${typeName(value)}'`);
  if (operator === '+') return n;
  // 0 - n, for there is no int -0.
  return typeof n === 'bigint' ? int(-n) : 0 - n;
}

/** Rounded once: Number(x) / Number(y) rounds three times where x or y is past 2^53. */
function quotient(x: number | bigint, y: number | bigint): number {
  const wide = (n: number | bigint): boolean => !Number.isSafeInteger(Number(n));
  if (!wide(x) && !wide(y)) return Number(x) / Number(y);
  const [n, d] = [BigInt(x), BigInt(y)];
  if (n % d === 0n) return Number(n / d);
  return Number(x) / Number(y);
}

function ints(operator: ArithmeticOperator, x: number | bigint, y: number | bigint): Value {
  if (operator === '/') {
    if (y == 0) throw new Fault('division by zero');
    return new Float(quotient(x, y));
  }
  if ((operator === '//' || operator === '%') && y == 0) {
    throw new Fault('integer division or modulo by zero');
  }
  if (operator === '**') return power(x, y);
  if (typeof x === 'number' && typeof y === 'number') {
    const quick = smallInts(operator, x, y);
    if (Number.isSafeInteger(quick)) return quick + 0;
  }
  return bigInts(operator, BigInt(x), BigInt(y));
}

function smallInts(operator: ArithmeticOperator, x: number, y: number): number {
  switch (operator) {
    case '//':
      // From the remainder: x / y itself may be rounded up to the next integer.
      return (x - floorMod(x, y)) / y;
    case '%':
      return floorMod(x, y);
    default:
      return ieee(operator, x, y);
  }
}

function floorMod(x: number, y: number): number {
  const remainder = x % y;
  return remainder !== 0 && remainder < 0 !== y < 0 ? remainder + y : remainder;
}

function bitsOf(value: bigint): number {
  return value.toString(16).length * 4;
}

function bigInts(operator: ArithmeticOperator, x: bigint, y: bigint): Value {
  switch (operator) {
    case '+':
      return int(x + y);
    case '-':
      return int(x - y);
    case '*':
      if (bitsOf(x) + bitsOf(y) > maxIntegerBits) throw new Fault('The integer is too large');
      return int(x * y);
    default: {
      let quotient = x / y;
      let remainder = x % y;
      if (remainder !== 0n && remainder < 0n !== y < 0n) {
        quotient -= 1n;
        remainder += y;
      }
      return int(operator === '//' ? quotient : remainder);
    }
  }
}

function power(x: number | bigint, y: number | bigint): Value {
  if (y < 0) {
    if (x == 0) throw new Fault('0 cannot be raised to a negative power');
    return new Float(Number(x) ** Number(y));
  }
  const base = BigInt(x);
  if (base === 0n || base === 1n || base === -1n) {
    const odd = BigInt(y) % 2n === 1n;
    return y == 0 ? 1 : base === -1n && !odd ? 1 : Number(base);
  }
  if (Number(y) * bitsOf(base) > maxIntegerBits * 4 || Number(y) > maxIntegerBits) {
    throw new Fault('The integer is too large');
  }
  const result = base ** BigInt(y);
  if (bitsOf(result) > maxIntegerBits) throw new Fault('The integer is too large');
  return int(result);
}

function floats(operator: ArithmeticOperator, x: number, y: number): number {
  switch (operator) {
    case '//': {
      if (y === 0) throw new Fault('float floor division by zero');
      // As CPython: from the remainder, so that both agree.
      const quotient = (x - floatMod(x, y)) / y;
      const floor = Math.floor(quotient);
      return quotient - floor > 0.5 ? floor + 1 : floor;
    }
    case '%':
      if (y === 0) throw new Fault('float modulo');
      return floatMod(x, y);
    case '/':
      if (y === 0) throw new Fault('float division by zero');
      break;
    case '**':
      if (x === 0 && y < 0) throw new Fault('0.0 cannot be raised to a negative power');
      if (x < 0 && !Number.isInteger(y)) throw new Fault('Complex numbers are not supported');
      break;
    default:
  }
  return ieee(operator, x, y);
}

function floatMod(x: number, y: number): number {
  const remainder = floorMod(x, y);
  if (remainder === 0) return y < 0 ? -0 : 0;
  return remainder;
}

function join(left: Value, right: Value, meter: Meter): Value | undefined {
  if (typeof left === 'string' && typeof right === 'string') {
    meter.joined(left.length, right.length);
    return left + right;
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    meter.list(left.length + right.length);
    return [...left, ...right];
  }
  if (left instanceof Tuple && right instanceof Tuple) {
    meter.list(left.items.length + right.items.length);
    return new Tuple([...left.items, ...right.items]);
  }
  return undefined;
}

function repeat(left: Value, right: Value, meter: Meter): Value | undefined {
  const times = numberOf(right);
  if (times === undefined || right instanceof Float) {
    const swapped = numberOf(left);
    return swapped === undefined || left instanceof Float || numberOf(right) !== undefined
      ? undefined
      : repeat(right, left, meter);
  }
  const count = Math.max(0, Number(times));
  if (typeof left === 'string') {
    if (left === '') return '';
    meter.text(textLength(left) * count);
    return left.repeat(count);
  }
  const items = Array.isArray(left) ? left : left instanceof Tuple ? left.items : undefined;
  if (items === undefined) return undefined;
  if (items.length === 0) return Array.isArray(left) ? [] : left;
  meter.list(items.length * count);
  const repeated: Value[] = [];
  for (let i = 0; i < count; i += 1) for (const item of items) repeated.push(item);
  return Array.isArray(left) ? repeated : new Tuple(repeated);
}
