/** Python's decimal.Decimal with its ordinary context: 28 digits, a half goes to the even digit. */
import { Fault } from './fault.js';
import { ieee } from './ieee.js';
import { divideRounded, floatText, fractionOf } from './number-text.js';
import { Float, HostObject, int, type Value, type ArithmeticOperator } from './value.js';

const precision = 28;
/** Exponents past these are no numbers of a database, and would take their room in digits. */
const maxExponent = 10_000;

const power10 = (exponent: number): bigint => 10n ** BigInt(exponent);
const lengthOf = (value: bigint): number => (value < 0n ? -value : value).toString().length;

/** The number `coefficient * 10 ** exponent`; NaN and the infinities are `special`. */
export class Decimal extends HostObject {
  readonly typeName = 'decimal.Decimal';
  readonly coefficient: bigint;
  readonly exponent: number;
  readonly special: 'NaN' | 'Infinity' | '-Infinity' | undefined;

  constructor(coefficient: bigint, exponent = 0, special?: Decimal['special']) {
    super();
    this.coefficient = coefficient;
    this.exponent = exponent;
    this.special = special;
  }

  /** From a text such as `5.50` or `1e+30`; undefined for one that is no number. */
  static parse(text: string): Decimal | undefined {
    if (text === 'NaN' || text === 'Infinity' || text === '-Infinity') {
      return new Decimal(0n, 0, text);
    }
    const match = /^([-+]?)(\d+)(?:\.(\d*))?(?:[eE]([-+]?\d{1,5}))?$/.exec(text);
    if (match === null) return undefined;
    const [, sign = '', whole = '', fraction = '', power = '0'] = match;
    const exponent = Number(power) - fraction.length;
    if (Math.abs(exponent) > maxExponent) return undefined;
    const digits = BigInt(whole + fraction);
    return new Decimal(sign === '-' ? -digits : digits, exponent);
  }

  /** The number that Python's repr of a float shows. */
  static ofFloat(value: number): Decimal {
    if (Number.isNaN(value)) return new Decimal(0n, 0, 'NaN');
    if (!Number.isFinite(value)) return new Decimal(0n, 0, value > 0 ? 'Infinity' : '-Infinity');
    return Decimal.parse(floatText(value)) ?? new Decimal(0n);
  }

  override toText(): string {
    if (this.special !== undefined) return this.special;
    const sign = this.coefficient < 0n ? '-' : '';
    const digits = String(this.coefficient < 0n ? -this.coefficient : this.coefficient);
    const adjusted = this.exponent + digits.length - 1;
    if (this.exponent <= 0 && adjusted >= -6) {
      if (this.exponent === 0) return sign + digits;
      const padded = digits.padStart(1 - this.exponent, '0');
      return `${sign}${padded.slice(0, this.exponent)}.${padded.slice(this.exponent)}`;
    }
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
    return `${sign}${digits.charAt(0)}${fraction}E${adjusted < 0 ? '' : '+'}${adjusted}`;
  }

  override toRepr(): string {
    return `Decimal('${this.toText()}')`;
  }

  /** The nearest float. */
  toFloat(): number {
    if (this.special !== undefined) return Number(this.special);
    return Number(`${this.coefficient}e${this.exponent}`);
  }

  /** Without its fraction, as Python's int(). */
  toInteger(): Value {
    if (this.special !== undefined) throw new Fault(`cannot convert ${this.special} to integer`);
    return int(this.#whole());
  }

  #whole(): bigint {
    return this.exponent >= 0
      ? this.coefficient * power10(this.exponent)
      : this.coefficient / power10(-this.exponent);
  }

  /** Python's round(value, digits). */
  round(digits: number): Decimal {
    if (this.special !== undefined || -this.exponent <= digits) return this;
    if (Math.abs(digits) > maxExponent) return new Decimal(0n, -digits);
    return new Decimal(divideRounded(this.coefficient, power10(-this.exponent - digits)), -digits);
  }

  abs(): Decimal {
    if (this.special === '-Infinity') return new Decimal(0n, 0, 'Infinity');
    return this.coefficient < 0n ? new Decimal(-this.coefficient, this.exponent) : this;
  }

  override isTrue(): boolean {
    return this.special !== undefined || this.coefficient !== 0n;
  }

  override equals(other: Value): boolean {
    return this.compare(other) === 0;
  }

  override hashKey(): string {
    let { coefficient, exponent } = this;
    while (coefficient !== 0n && coefficient % 10n === 0n) {
      coefficient /= 10n;
      exponent += 1;
    }
    return `decimal ${this.special ?? `${coefficient}e${coefficient === 0n ? 0 : exponent}`}`;
  }

  override compare(other: Value): number | undefined {
    const y = other instanceof Float ? exact(other.value) : decimalOf(other);
    if (y === undefined) return undefined;
    if (this.special !== undefined || y.special !== undefined) {
      return order(this.toFloat(), y.toFloat());
    }
    const [a, b] = aligned(this, y);
    return a < b ? -1 : a > b ? 1 : 0;
  }

  override arithmetic(
    operator: ArithmeticOperator,
    other: Value,
    isLeft: boolean,
  ): Value | undefined {
    const y = decimalOf(other);
    if (y === undefined) return undefined;
    const [left, right] = isLeft ? [this, y] : [y, this];
    if (left.special !== undefined || right.special !== undefined) {
      return Decimal.ofFloat(ofSpecials(operator, left.toFloat(), right.toFloat()));
    }
    return calculate(operator, left, right);
  }

  override toHost(): unknown {
    return new Float(this.toFloat());
  }
}

function order(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : a === b ? 0 : NaN;
}

function decimalOf(value: Value): Decimal | undefined {
  if (value instanceof Decimal) return value;
  if (typeof value === 'boolean') return new Decimal(value ? 1n : 0n);
  return typeof value === 'number' || typeof value === 'bigint'
    ? new Decimal(BigInt(value))
    : undefined;
}

/** A float is compared with all its binary digits. */
function exact(value: number): Decimal {
  if (!Number.isFinite(value)) return Decimal.ofFloat(value);
  const { numerator, halvings } = fractionOf(value);
  return new Decimal(numerator * 5n ** BigInt(halvings), -halvings);
}

/** Both coefficients at the smaller of the two exponents. */
function aligned(x: Decimal, y: Decimal): [bigint, bigint, number] {
  const exponent = Math.min(x.exponent, y.exponent);
  return [
    x.coefficient * power10(x.exponent - exponent),
    y.coefficient * power10(y.exponent - exponent),
    exponent,
  ];
}

/** At most 28 digits. */
function fitted(coefficient: bigint, exponent: number): Decimal {
  const extra = lengthOf(coefficient) - precision;
  if (extra <= 0) return within(coefficient, exponent);
  const made = divideRounded(coefficient, power10(extra));
  // 99…9 may have become 100…0, which has one digit more.
  return lengthOf(made) > precision
    ? within(made / 10n, exponent + extra + 1)
    : within(made, exponent + extra);
}

function within(coefficient: bigint, exponent: number): Decimal {
  if (Math.abs(exponent) > maxExponent) throw new Fault('The decimal number is too large');
  return new Decimal(coefficient, exponent);
}

function divided(x: Decimal, y: Decimal): Decimal {
  if (y.coefficient === 0n) throw new Fault('division by zero');
  const ideal = x.exponent - y.exponent;
  // Digits enough for a quotient of one more than fit, and a mark for what is left behind them.
  const shift = Math.max(0, precision + 1 + lengthOf(y.coefficient) - lengthOf(x.coefficient));
  const scaled = x.coefficient * power10(shift);
  let coefficient = scaled / y.coefficient;
  let exponent = ideal - shift;
  if (scaled % y.coefficient !== 0n) {
    const away = scaled < 0n !== y.coefficient < 0n ? -1n : 1n;
    return fitted(coefficient * 10n + away, exponent - 1);
  }
  while (exponent < ideal && coefficient % 10n === 0n) {
    coefficient /= 10n;
    exponent += 1;
  }
  return fitted(coefficient, exponent);
}

function powered(x: Decimal, y: Decimal): Decimal {
  const by = y.exponent >= 0 || y.coefficient % power10(-y.exponent) === 0n ? y.toInteger() : null;
  if (typeof by !== 'number' || Math.abs(by) > 1000) {
    throw new Fault('A decimal number can be raised only to a whole number of at most 1000');
  }
  let result = new Decimal(1n);
  for (let i = 0; i < Math.abs(by); i += 1) {
    const { coefficient, exponent } = result;
    // More digits on the way than are kept, so that the rounding of each step is lost in the last one.
    const extra = Math.max(0, lengthOf(coefficient) - 2 * precision);
    result = within(
      divideRounded(coefficient, power10(extra)) * x.coefficient,
      exponent + extra + x.exponent,
    );
  }
  return by < 0 ? divided(new Decimal(1n), result) : fitted(result.coefficient, result.exponent);
}

function calculate(operator: ArithmeticOperator, x: Decimal, y: Decimal): Decimal {
  const [a, b, exponent] = aligned(x, y);
  switch (operator) {
    case '+':
      return fitted(a + b, exponent);
    case '-':
      return fitted(a - b, exponent);
    case '*':
      return fitted(x.coefficient * y.coefficient, x.exponent + y.exponent);
    case '/':
      return divided(x, y);
    case '//':
    case '%':
      // Python's Decimal rounds towards zero here, other than its int.
      if (b === 0n) throw new Fault('division by zero');
      return operator === '//' ? fitted(a / b, 0) : fitted(a % b, exponent);
    case '**':
      return powered(x, y);
  }
}

function ofSpecials(operator: ArithmeticOperator, x: number, y: number): number {
  switch (operator) {
    case '//':
      return Math.trunc(x / y);
    case '%':
      return x % y;
    default:
      return ieee(operator, x, y);
  }
}
