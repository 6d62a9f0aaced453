/** Python's datetime, as far as templates use it: run_started_at and modules.datetime. Always UTC. */
import { TechstoreError } from '../errors.js';
import {
  HostObject,
  type ArithmeticOperator,
  type HostResult,
  type Kwargs,
  type Value,
} from '../jinja/index.js';
import { Arguments } from './host-values.js';
import { msPerDay, strftime, strptime } from './strftime.js';
import { TimeDeltaClass, TimeDeltaValue } from './timedelta.js';

/** `date` has no time; `naive` is a datetime that prints without its offset, as Python's do that have no zone. */
export type DateTimeKind = 'date' | 'naive' | 'utc';

export class DateTimeValue extends HostObject {
  readonly typeName = 'datetime';
  readonly instant: Date;
  readonly kind: DateTimeKind;
  /** Microseconds beyond the whole milliseconds of the instant. */
  readonly micros: number;

  constructor(instant: Date, kind: DateTimeKind = 'utc', micros = 0) {
    super();
    const year = instant.getUTCFullYear();
    if (Number.isNaN(year) || year < 1 || year > 9999) {
      throw new TechstoreError('compilation', 'The year of a date must be from 1 to 9999');
    }
    this.micros = kind === 'date' ? 0 : micros;
    this.instant =
      kind === 'date' ? new Date(Math.floor(instant.getTime() / msPerDay) * msPerDay) : instant;
    this.kind = kind;
  }

  /** As Python prints it: `2025-06-30 10:20:30.123000+00:00`, or `2025-06-30` for a date. */
  override toText(): string {
    return this.kind === 'date' ? strftime(this.instant, '%F') : this.#iso(' ');
  }

  #iso(separator: string): string {
    const fraction = this.#microsecond() === 0 ? '' : '.%f';
    const offset = this.kind === 'utc' ? '+00:00' : '';
    return strftime(this.instant, `%F${separator}%T${fraction}${offset}`, this.micros);
  }

  #microsecond(): number {
    return this.instant.getUTCMilliseconds() * 1000 + this.micros;
  }

  /** As Python's constructors: `datetime.date(2025, 6, 30)`. */
  override toRepr(): string {
    const at = this.instant;
    const fields = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()];
    if (this.kind === 'date') return `datetime.date(${fields.join(', ')})`;
    fields.push(at.getUTCHours(), at.getUTCMinutes());
    if (at.getUTCSeconds() > 0 || this.#microsecond() > 0) fields.push(at.getUTCSeconds());
    if (this.#microsecond() > 0) fields.push(this.#microsecond());
    const zone = this.kind === 'utc' ? ', tzinfo=datetime.timezone.utc' : '';
    return `datetime.datetime(${fields.join(', ')}${zone})`;
  }

  /** `2025-06-30T10:20:30`, or the day of a date. */
  isoformat(): string {
    return this.kind === 'date' ? this.toText() : this.#iso('T');
  }

  override getAttribute(name: string): Value | undefined {
    switch (name) {
      case 'year':
        return this.instant.getUTCFullYear();
      case 'month':
        return this.instant.getUTCMonth() + 1;
      case 'day':
        return this.instant.getUTCDate();
      case 'hour':
        return this.instant.getUTCHours();
      case 'minute':
        return this.instant.getUTCMinutes();
      case 'second':
        return this.instant.getUTCSeconds();
      case 'microsecond':
        return this.#microsecond();
      case 'tzinfo':
        return this.kind === 'utc' ? 'UTC' : null;
      default:
        return undefined;
    }
  }

  override callMethod(
    name: string,
    args: readonly Value[],
    kwargs: Kwargs,
  ): HostResult | undefined {
    switch (name) {
      case 'strftime': {
        const [format] = args;
        if (typeof format !== 'string') {
          throw new TechstoreError('compilation', 'strftime() takes a format as text');
        }
        return strftime(this.instant, format, this.micros);
      }
      case 'isoformat':
        return this.isoformat();
      case 'date':
        return new DateTimeValue(this.instant, 'date');
      case 'timestamp':
        return Math.floor(this.instant.getTime() / 1000);
      case 'weekday':
        return (this.instant.getUTCDay() + 6) % 7;
      case 'isoweekday':
        return this.instant.getUTCDay() === 0 ? 7 : this.instant.getUTCDay();
      case 'astimezone':
        // Instants are UTC already; another zone would need a database of zones.
        return this;
      case 'replace':
        return this.#replaced(args, kwargs);
      default:
        return undefined;
    }
  }

  #replaced(args: readonly Value[], kwargs: Kwargs): DateTimeValue {
    const at = this.instant;
    const fields = new Map<string, number>([
      ['year', at.getUTCFullYear()],
      ['month', at.getUTCMonth() + 1],
      ['day', at.getUTCDate()],
      ['hour', at.getUTCHours()],
      ['minute', at.getUTCMinutes()],
      ['second', at.getUTCSeconds()],
      ['microsecond', this.#microsecond()],
    ]);
    const names = [...fields.keys()];
    wholeNumbers(args, 'replace').forEach((value, i) => fields.set(names[i] ?? '', value));
    let kind = this.kind;
    for (const [name, value] of kwargs) {
      if (name === 'tzinfo') kind = value === null ? 'naive' : 'utc';
      else if (fields.has(name) && typeof value === 'number') fields.set(name, value);
      else {
        throw new TechstoreError('compilation', `replace() does not accept ${name} here`, {
          hint: `It takes whole numbers for ${names.join(', ')}.`,
        });
      }
    }
    return new DateTimeValue(instantOf([...fields.values()]), this.kind === 'date' ? 'date' : kind);
  }

  /** A datetime and a timedelta give a datetime; two datetimes give the timedelta between them. */
  override arithmetic(
    operator: ArithmeticOperator,
    other: Value,
    isLeft: boolean,
  ): Value | undefined {
    const at = this.instant.getTime();
    if (other instanceof TimeDeltaValue) {
      if (operator === '+') return new DateTimeValue(new Date(at + other.ms), this.kind);
      if (operator === '-' && isLeft) return new DateTimeValue(new Date(at - other.ms), this.kind);
    }
    if (other instanceof DateTimeValue && operator === '-' && isLeft) {
      return new TimeDeltaValue(at - other.instant.getTime());
    }
    return undefined;
  }

  override compare(other: Value): number | undefined {
    return other instanceof DateTimeValue
      ? this.instant.getTime() - other.instant.getTime()
      : undefined;
  }

  override equals(other: Value): boolean {
    return this.compare(other) === 0;
  }
}

function wholeNumbers(args: readonly Value[], name: string): number[] {
  return args.map((arg) => {
    if (typeof arg === 'number') return arg;
    throw new TechstoreError('compilation', `${name}() takes whole numbers`);
  });
}

/** @throws TechstoreError when there is no such day or time */
function instantOf(fields: readonly number[]): Date {
  const [year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0, micros = 0] = fields;
  const instant = new Date(0);
  instant.setUTCFullYear(year, month - 1, day);
  instant.setUTCHours(hour, minute, second, Math.floor(micros / 1000));
  const asGiven =
    instant.getUTCMonth() === month - 1 &&
    instant.getUTCDate() === day &&
    instant.getUTCHours() === hour &&
    instant.getUTCMinutes() === minute &&
    instant.getUTCSeconds() === second;
  if (!asGiven) throw new TechstoreError('compilation', 'There is no such date or time');
  return instant;
}

class DateTimeClass extends HostObject {
  readonly typeName = 'type';
  readonly #name: 'datetime' | 'date';
  readonly #now: Date;

  constructor(name: 'datetime' | 'date', now: Date) {
    super();
    this.#name = name;
    this.#now = now;
  }

  override toText(): string {
    return `<class 'datetime.${this.#name}'>`;
  }

  get #kind(): DateTimeKind {
    return this.#name === 'date' ? 'date' : 'naive';
  }

  override call(args: readonly Value[], kwargs: Kwargs): HostResult {
    const names = ['year', 'month', 'day', 'hour', 'minute', 'second', 'microsecond'];
    const given = new Arguments(this.#name, names, args, kwargs);
    const fields = names.flatMap((name) => (given.has(name) ? [given.get(name) ?? null] : []));
    return new DateTimeValue(instantOf(wholeNumbers(fields, this.#name)), this.#kind);
  }

  override callMethod(name: string, args: readonly Value[]): HostResult | undefined {
    switch (name) {
      // The start of the run stands for now: one run has one clock.
      case 'now':
      case 'utcnow':
      case 'today':
        return new DateTimeValue(this.#now, this.#kind);
      case 'fromisoformat':
      case 'strptime': {
        const [text, format] = args;
        const isPattern = name === 'strptime' && typeof format === 'string';
        const instant =
          typeof text !== 'string' ? null : isPattern ? strptime(text, format) : parseIso(text);
        if (instant === null) {
          throw new TechstoreError('compilation', `${name}() cannot parse this text as a date`, {
            hint: isPattern
              ? `It does not match the format '${format}'.`
              : 'Write it as 2025-06-30 or 2025-06-30 10:20:30.',
          });
        }
        return new DateTimeValue(instant, this.#kind);
      }
      default:
        return undefined;
    }
  }
}

function parseIso(text: string): Date | null {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2})?))?(?:Z|\+00:00)?$/.exec(text);
  if (match === null) return null;
  const instant = new Date(`${match[1]}T${match[2] ?? '00:00'}Z`);
  return Number.isNaN(instant.getTime()) ? null : instant;
}

/** What a template may reach through `modules`. */
export class ModulesValue extends HostObject {
  readonly typeName = 'modules';
  readonly #now: Date;

  constructor(now: Date) {
    super();
    this.#now = now;
  }

  override toText(): string {
    return '<modules>';
  }

  override getAttribute(name: string): Value | undefined {
    if (name === 'datetime') return new DateTimeModule(this.#now);
    if (name === 're' || name === 'pytz' || name === 'itertools') {
      throw new TechstoreError('unsupported', `modules.${name} is not supported`, {
        hint: 'Use the filters and methods of Jinja, or SQL.',
      });
    }
    return undefined;
  }
}

class DateTimeModule extends HostObject {
  readonly typeName = 'module';
  readonly #now: Date;

  constructor(now: Date) {
    super();
    this.#now = now;
  }

  override toText(): string {
    return "<module 'datetime'>";
  }

  override getAttribute(name: string): Value | undefined {
    if (name === 'datetime' || name === 'date') return new DateTimeClass(name, this.#now);
    if (name === 'timedelta') return new TimeDeltaClass();
    return undefined;
  }
}
