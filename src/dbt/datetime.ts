/** Python's datetime, as far as templates use it: run_started_at and modules.datetime. Always UTC. */
import { TechstoreError } from '../errors.js';
import { HostObject, type HostResult, type Kwargs, type Value } from '../jinja/index.js';

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const pad = (value: number, width: number): string => String(value).padStart(width, '0');
const msPerDay = 86_400_000;

/** Formats by the directives of C's strftime that Python documents. Microseconds end in 000. */
export function strftime(instant: Date, format: string): string {
  const dayOfYear =
    Math.floor((instant.getTime() - Date.UTC(instant.getUTCFullYear(), 0, 1)) / msPerDay) + 1;
  const hour12 = instant.getUTCHours() % 12 === 0 ? 12 : instant.getUTCHours() % 12;
  const day = days[instant.getUTCDay()] ?? '';
  const month = months[instant.getUTCMonth()] ?? '';
  const directives: Record<string, () => string> = {
    Y: () => pad(instant.getUTCFullYear(), 4),
    y: () => pad(instant.getUTCFullYear() % 100, 2),
    m: () => pad(instant.getUTCMonth() + 1, 2),
    d: () => pad(instant.getUTCDate(), 2),
    H: () => pad(instant.getUTCHours(), 2),
    I: () => pad(hour12, 2),
    M: () => pad(instant.getUTCMinutes(), 2),
    S: () => pad(instant.getUTCSeconds(), 2),
    f: () => `${pad(instant.getUTCMilliseconds(), 3)}000`,
    j: () => pad(dayOfYear, 3),
    p: () => (instant.getUTCHours() < 12 ? 'AM' : 'PM'),
    A: () => day,
    a: () => day.slice(0, 3),
    B: () => month,
    b: () => month.slice(0, 3),
    w: () => String(instant.getUTCDay()),
    u: () => String(instant.getUTCDay() === 0 ? 7 : instant.getUTCDay()),
    z: () => '+0000',
    Z: () => 'UTC',
    s: () => String(Math.floor(instant.getTime() / 1000)),
    F: () => instant.toISOString().slice(0, 10),
    T: () => instant.toISOString().slice(11, 19),
    '%': () => '%',
  };
  return format.replace(/%(.)/gs, (whole, directive: string) => directives[directive]?.() ?? whole);
}

export class DateTimeValue extends HostObject {
  readonly typeName = 'datetime';
  readonly instant: Date;
  readonly #dateOnly: boolean;

  constructor(instant: Date, dateOnly = false) {
    super();
    this.instant = dateOnly
      ? new Date(Math.floor(instant.getTime() / msPerDay) * msPerDay)
      : instant;
    this.#dateOnly = dateOnly;
  }

  /** As Python prints it: `2025-06-30 10:20:30.123000+00:00`, or `2025-06-30` for a date. */
  override toText(): string {
    return this.#dateOnly ? strftime(this.instant, '%F') : this.#iso(' ');
  }

  #iso(separator: string): string {
    const fraction = this.instant.getUTCMilliseconds() === 0 ? '' : '.%f';
    return strftime(this.instant, `%F${separator}%T${fraction}+00:00`);
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
        return this.instant.getUTCMilliseconds() * 1000;
      default:
        return undefined;
    }
  }

  override callMethod(name: string, args: readonly Value[]): HostResult | undefined {
    switch (name) {
      case 'strftime': {
        const [format] = args;
        if (typeof format !== 'string') {
          throw new TechstoreError('compilation', 'strftime() takes a format as text');
        }
        return strftime(this.instant, format);
      }
      case 'isoformat':
        return this.#dateOnly ? this.toText() : this.#iso('T');
      case 'date':
        return new DateTimeValue(this.instant, true);
      case 'timestamp':
        return Math.floor(this.instant.getTime() / 1000);
      case 'weekday':
        return (this.instant.getUTCDay() + 6) % 7;
      case 'isoweekday':
        return this.instant.getUTCDay() === 0 ? 7 : this.instant.getUTCDay();
      case 'astimezone':
        // Instants are UTC already; another zone would need a database of zones.
        return this;
      default:
        return undefined;
    }
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

  override call(args: readonly Value[], _kwargs: Kwargs): HostResult {
    const [year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0] = wholeNumbers(
      args,
      this.#name,
    );
    const instant = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
    if (instant.getUTCMonth() !== month - 1 || instant.getUTCDate() !== day) {
      throw new TechstoreError('compilation', 'day is out of range for month');
    }
    return new DateTimeValue(instant, this.#name === 'date');
  }

  override callMethod(name: string, args: readonly Value[]): HostResult | undefined {
    switch (name) {
      // The start of the run stands for now: one run has one clock.
      case 'now':
      case 'utcnow':
      case 'today':
        return new DateTimeValue(this.#now, this.#name === 'date');
      case 'fromisoformat':
      case 'strptime': {
        const [text] = args;
        const instant = typeof text === 'string' ? parseIso(text) : null;
        if (instant === null) {
          throw new TechstoreError('compilation', `${name}() can't read this text as a date`, {
            hint: 'Write it as 2025-06-30 or 2025-06-30 10:20:30.',
          });
        }
        return new DateTimeValue(instant, this.#name === 'date');
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
    return undefined;
  }
}
