/** Python's timedelta. */
import { TechstoreError } from '../../errors.js';
import {
  Float,
  HostObject,
  type ArithmeticOperator,
  type HostResult,
  type Kwargs,
  type Value,
} from '../../jinja/index.js';
import { Arguments } from '../host-values.js';

const microsPerDay = 86_400_000_000;

const microsOf: Readonly<Record<string, number>> = {
  days: microsPerDay,
  seconds: 1e6,
  microseconds: 1,
  milliseconds: 1000,
  minutes: 60e6,
  hours: 3600e6,
  weeks: 7 * microsPerDay,
};

export class TimeDeltaValue extends HostObject {
  readonly typeName = 'timedelta';
  /** Whole microseconds. */
  readonly micros: number;

  constructor(micros: number) {
    super();
    if (!(Math.abs(micros) < 1e9 * microsPerDay)) {
      throw new TechstoreError('compilation', 'A timedelta has fewer than 1,000,000,000 days');
    }
    this.micros = Math.round(micros) + 0;
  }

  get #days(): number {
    return Math.floor(this.micros / microsPerDay);
  }

  /** Microseconds beyond the whole days. */
  get #rest(): number {
    return this.micros - this.#days * microsPerDay;
  }

  /** As Python prints it: `1 day, 2:03:04`. */
  override toText(): string {
    const [days, rest] = [this.#days, this.#rest];
    const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
    const time = `${Math.floor(rest / 3600e6)}:${two((rest / 60e6) % 60)}:${two((rest / 1e6) % 60)}`;
    const fraction = rest % 1e6 === 0 ? '' : `.${String(rest % 1e6).padStart(6, '0')}`;
    const counted = days === 0 ? '' : `${days} day${Math.abs(days) === 1 ? '' : 's'}, `;
    return `${counted}${time}${fraction}`;
  }

  override toRepr(): string {
    const parts = ['days', 'seconds', 'microseconds'].flatMap((name) => {
      const value = this.getAttribute(name) as number;
      return value === 0 ? [] : [`${name}=${value}`];
    });
    return `datetime.timedelta(${parts.length === 0 ? '0' : parts.join(', ')})`;
  }

  override getAttribute(name: string): Value | undefined {
    if (name === 'days') return this.#days;
    if (name === 'seconds') return Math.floor(this.#rest / 1e6);
    if (name === 'microseconds') return this.#rest % 1e6;
    return undefined;
  }

  override callMethod(name: string): HostResult | undefined {
    return name === 'total_seconds' ? new Float(this.micros / 1e6) : undefined;
  }

  override arithmetic(
    operator: ArithmeticOperator,
    other: Value,
    isLeft: boolean,
  ): Value | undefined {
    if (other instanceof TimeDeltaValue)
      return isLeft ? this.#withDelta(operator, other) : undefined;
    const factor = other instanceof Float ? other.value : other;
    if (typeof factor !== 'number') return undefined;
    // The sign of a value is asked for as 0 - value.
    if (operator === '-' && !isLeft && factor === 0) return new TimeDeltaValue(-this.micros);
    if (operator === '+' && !isLeft && factor === 0) return this;
    if (operator === '*') return new TimeDeltaValue(this.micros * factor);
    if (!isLeft || factor === 0) return undefined;
    if (operator === '/') return new TimeDeltaValue(this.micros / factor);
    return operator === '//' ? new TimeDeltaValue(Math.floor(this.micros / factor)) : undefined;
  }

  #withDelta(operator: ArithmeticOperator, other: TimeDeltaValue): Value | undefined {
    const [a, b] = [this.micros, other.micros];
    if (operator === '+') return new TimeDeltaValue(a + b);
    if (operator === '-') return new TimeDeltaValue(a - b);
    if (b === 0) return undefined;
    if (operator === '/') return new Float(a / b);
    if (operator === '//') return Math.floor(a / b);
    return operator === '%' ? new TimeDeltaValue(a - Math.floor(a / b) * b) : undefined;
  }

  override compare(other: Value): number | undefined {
    return other instanceof TimeDeltaValue ? this.micros - other.micros : undefined;
  }

  override equals(other: Value): boolean {
    return this.compare(other) === 0;
  }

  override hashKey(): string {
    return `timedelta ${this.micros}`;
  }

  override isTrue(): boolean {
    return this.micros !== 0;
  }
}

/** `modules.datetime.timedelta`. */
export class TimeDeltaClass extends HostObject {
  readonly typeName = 'type';

  override toText(): string {
    return "<class 'datetime.timedelta'>";
  }

  override call(args: readonly Value[], kwargs: Kwargs): HostResult {
    const given = new Arguments('timedelta', Object.keys(microsOf), args, kwargs);
    let micros = 0;
    for (const [unit, size] of Object.entries(microsOf)) {
      const value = given.get(unit) ?? 0;
      const number = value instanceof Float ? value.value : value;
      if (typeof number !== 'number') {
        throw new TechstoreError('compilation', `timedelta() takes a number of ${unit}`);
      }
      micros += number * size;
    }
    return new TimeDeltaValue(micros);
  }
}
