/** Python's timedelta, to the millisecond. */
import { TechstoreError } from '../errors.js';
import {
  Float,
  HostObject,
  type ArithmeticOperator,
  type HostResult,
  type Kwargs,
  type Value,
} from '../jinja/index.js';
import { Arguments } from './host-values.js';
import { msPerDay } from './strftime.js';

const msOf: Readonly<Record<string, number>> = {
  days: msPerDay,
  seconds: 1000,
  microseconds: 0.001,
  milliseconds: 1,
  minutes: 60_000,
  hours: 3_600_000,
  weeks: 7 * msPerDay,
};

export class TimeDeltaValue extends HostObject {
  readonly typeName = 'timedelta';
  /** Whole milliseconds. */
  readonly ms: number;

  constructor(ms: number) {
    super();
    if (!(Math.abs(ms) < 1e9 * msPerDay)) {
      throw new TechstoreError('compilation', 'A timedelta has fewer than 1,000,000,000 days');
    }
    this.ms = Math.round(ms);
  }

  /** As Python prints it: `1 day, 2:03:04`. */
  override toText(): string {
    const days = Math.floor(this.ms / msPerDay);
    const rest = this.ms - days * msPerDay;
    const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
    const time = `${Math.floor(rest / 3_600_000)}:${two((rest / 60_000) % 60)}:${two((rest / 1000) % 60)}`;
    const fraction = rest % 1000 === 0 ? '' : `.${String(rest % 1000).padStart(3, '0')}000`;
    const counted = days === 0 ? '' : `${days} day${Math.abs(days) === 1 ? '' : 's'}, `;
    return `${counted}${time}${fraction}`;
  }

  override getAttribute(name: string): Value | undefined {
    const days = Math.floor(this.ms / msPerDay);
    const rest = this.ms - days * msPerDay;
    if (name === 'days') return days;
    if (name === 'seconds') return Math.floor(rest / 1000);
    if (name === 'microseconds') return (rest % 1000) * 1000;
    return undefined;
  }

  override callMethod(name: string): HostResult | undefined {
    return name === 'total_seconds' ? new Float(this.ms / 1000) : undefined;
  }

  override arithmetic(
    operator: ArithmeticOperator,
    other: Value,
    isLeft: boolean,
  ): Value | undefined {
    if (other instanceof TimeDeltaValue && isLeft) {
      if (operator === '+') return new TimeDeltaValue(this.ms + other.ms);
      if (operator === '-') return new TimeDeltaValue(this.ms - other.ms);
    }
    const factor = other instanceof Float ? other.value : other;
    if (typeof factor !== 'number') return undefined;
    if (operator === '*') return new TimeDeltaValue(this.ms * factor);
    if (operator === '/' && isLeft && factor !== 0) return new TimeDeltaValue(this.ms / factor);
    return undefined;
  }

  override compare(other: Value): number | undefined {
    return other instanceof TimeDeltaValue ? this.ms - other.ms : undefined;
  }

  override equals(other: Value): boolean {
    return this.compare(other) === 0;
  }

  override isTrue(): boolean {
    return this.ms !== 0;
  }
}

/** `modules.datetime.timedelta`. */
export class TimeDeltaClass extends HostObject {
  readonly typeName = 'type';

  override toText(): string {
    return "<class 'datetime.timedelta'>";
  }

  override call(args: readonly Value[], kwargs: Kwargs): HostResult {
    const given = new Arguments('timedelta', Object.keys(msOf), args, kwargs);
    let ms = 0;
    for (const [unit, size] of Object.entries(msOf)) {
      const value = given.get(unit) ?? 0;
      const number = value instanceof Float ? value.value : value;
      if (typeof number !== 'number') {
        throw new TechstoreError('compilation', `timedelta() takes a number of ${unit}`);
      }
      ms += number * size;
    }
    return new TimeDeltaValue(ms);
  }
}
