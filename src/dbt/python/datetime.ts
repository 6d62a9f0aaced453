/** Python's date and datetime. */
import { TechstoreError } from '../../errors.js';
import {
  Float,
  Tuple,
  type ArithmeticOperator,
  type HostResult,
  type Kwargs,
  type Value,
} from '../../jinja/index.js';
import { Arguments } from '../host-values.js';
import { dayOfYear, isoWeek, msPerDay, strftime } from './strftime.js';
import { TimeValue } from './time.js';
import { TimeDeltaValue } from './timedelta.js';
import { offsetText, TimeZoneValue, utc, ZonedTime } from './timezone.js';

/** `date` has no time; `naive` is a datetime without a zone, which prints without an offset; `aware` has one. */
export type DateTimeKind = 'date' | 'naive' | 'aware';

const fieldNames = ['year', 'month', 'day', 'hour', 'minute', 'second', 'microsecond'] as const;

/** Day 1 of Python's ordinals is the first of January of the year 1. */
const firstOrdinal = 719_163;

export class DateTimeValue extends ZonedTime {
  readonly typeName: string;
  readonly wall: Date;
  readonly kind: DateTimeKind;
  readonly zone: TimeZoneValue | null;
  /** Microseconds beyond the whole milliseconds of the clock. */
  readonly micros: number;

  /** @param wall what the clock shows, as if it were UTC. With `utc` that is the instant. */
  constructor(wall: Date, zone: 'date' | 'naive' | TimeZoneValue = utc, micros = 0) {
    super();
    const year = wall.getUTCFullYear();
    if (Number.isNaN(year) || year < 1 || year > 9999) {
      throw new TechstoreError('compilation', 'The year of a date must be from 1 to 9999');
    }
    this.kind = typeof zone === 'string' ? zone : 'aware';
    this.zone = typeof zone === 'string' ? null : zone;
    this.typeName = this.kind === 'date' ? 'date' : 'datetime';
    this.micros = this.kind === 'date' ? 0 : micros;
    this.wall =
      this.kind === 'date' ? new Date(Math.floor(wall.getTime() / msPerDay) * msPerDay) : wall;
  }

  /** The instant; of one without a zone as if it were in UTC. */
  get instant(): Date {
    return new Date(this.wall.getTime() - (this.zone?.offset ?? 0) * 1000);
  }

  withZone(zone: TimeZoneValue | 'naive'): DateTimeValue {
    return new DateTimeValue(this.wall, zone, this.micros);
  }

  inZone(zone: TimeZoneValue): DateTimeValue {
    const instant = this.instant.getTime();
    const there = zone.at(instant);
    return new DateTimeValue(new Date(instant + there.offset * 1000), there, this.micros);
  }

  /** As Python prints it: `2025-06-30 10:20:30.123000+00:00`, or `2025-06-30` for a date. */
  override toText(): string {
    return this.kind === 'date' ? strftime(this.wall, '%F') : this.#iso(' ');
  }

  #iso(separator: string): string {
    const fraction = this.#microsecond() === 0 ? '' : '.%f';
    const offset = this.zone === null ? '' : offsetText(this.zone.offset);
    return strftime(this.wall, `%F${separator}%T${fraction}`, { micros: this.micros }) + offset;
  }

  #microsecond(): number {
    return this.wall.getUTCMilliseconds() * 1000 + this.micros;
  }

  /** As Python's constructors: `datetime.date(2025, 6, 30)`. */
  override toRepr(): string {
    const [year, month, day, hour, minute, second, micros] = this.#fields();
    const fields = [year, month, day];
    if (this.kind === 'date') return `datetime.date(${fields.join(', ')})`;
    fields.push(hour, minute);
    if (second !== 0 || micros !== 0) fields.push(second);
    if (micros !== 0) fields.push(micros);
    const zone = this.zone === null ? '' : `, tzinfo=${this.zone.toRepr()}`;
    return `datetime.datetime(${fields.join(', ')}${zone})`;
  }

  #fields(): [number, number, number, number, number, number, number] {
    const at = this.wall;
    return [
      at.getUTCFullYear(),
      at.getUTCMonth() + 1,
      at.getUTCDate(),
      at.getUTCHours(),
      at.getUTCMinutes(),
      at.getUTCSeconds(),
      this.#microsecond(),
    ];
  }

  /** `2025-06-30T10:20:30`, or the day of a date. */
  isoformat(separator = 'T'): string {
    return this.kind === 'date' ? this.toText() : this.#iso(separator);
  }

  override getAttribute(name: string): Value | undefined {
    const index = fieldNames.findIndex((field) => field === name);
    if (this.kind === 'date') return index < 3 ? this.#fields()[index] : undefined;
    if (name === 'tzinfo') return this.zone;
    return name === 'fold' ? 0 : this.#fields()[index];
  }

  override callMethod(
    name: string,
    args: readonly Value[],
    kwargs: Kwargs,
  ): HostResult | undefined {
    return this.#dateMethod(name, args, kwargs) ?? this.#timeMethod(name, args);
  }

  /** What dates have too. */
  #dateMethod(name: string, args: readonly Value[], kwargs: Kwargs): Value | undefined {
    switch (name) {
      case 'strftime': {
        const format = new Arguments(name, ['format'], args, kwargs).text('format');
        const offset = this.zone === null ? '' : offsetText(this.zone.offset, '');
        const parts = { micros: this.micros, offset, zone: this.zone?.abbreviation ?? '' };
        return strftime(this.wall, format, parts);
      }
      case 'isoformat': {
        const given = new Arguments(name, ['sep', 'timespec'], args, kwargs);
        return this.isoformat(given.textOrNull('sep') ?? 'T');
      }
      case 'weekday':
        return (this.wall.getUTCDay() + 6) % 7;
      case 'isoweekday':
        return isoWeek(this.wall)[2];
      case 'isocalendar':
        return new Tuple(
          isoWeek(this.wall),
          ['year', 'week', 'weekday'],
          'datetime.IsoCalendarDate',
        );
      case 'toordinal':
        return Math.floor(this.wall.getTime() / msPerDay) + firstOrdinal;
      case 'ctime':
        return strftime(this.wall, '%c');
      case 'timetuple':
        return this.#timetuple();
      case 'replace':
        return this.#replaced(args, kwargs);
      default:
        return undefined;
    }
  }

  #timeMethod(name: string, args: readonly Value[]): Value | undefined {
    if (this.kind === 'date') return undefined;
    const delta = (seconds: number | undefined): Value =>
      seconds === undefined ? null : new TimeDeltaValue(seconds * 1e6);
    switch (name) {
      case 'date':
        return new DateTimeValue(this.wall, 'date');
      case 'time':
      case 'timetz':
        return new TimeValue(this.#fields().slice(3));
      case 'timestamp':
        return new Float(this.instant.getTime() / 1000 + this.micros / 1e6);
      case 'astimezone':
        return this.inZone(args[0] instanceof TimeZoneValue ? args[0] : utc);
      case 'utcoffset':
        return delta(this.zone?.offset);
      case 'dst':
        return this.zone === utc ? null : delta(this.zone?.dst);
      case 'tzname':
        return this.zone?.abbreviation ?? null;
      default:
        return undefined;
    }
  }

  #timetuple(): Value {
    const names = ['year', 'mon', 'mday', 'hour', 'min', 'sec', 'wday', 'yday', 'isdst'];
    const weekday = (this.wall.getUTCDay() + 6) % 7;
    const values = [...this.#fields().slice(0, 6), weekday, dayOfYear(this.wall) + 1, -1];
    return new Tuple(
      values,
      names.map((field) => `tm_${field}`),
      'time.struct_time',
    );
  }

  #replaced(args: readonly Value[], kwargs: Kwargs): DateTimeValue {
    const isDate = this.kind === 'date';
    const names = isDate ? fieldNames.slice(0, 3) : fieldNames;
    const given = new Arguments('replace', [...names, ...(isDate ? [] : ['tzinfo'])], args, kwargs);
    const fields = names.map((name, i) => wholeNumber(given.get(name), name, this.#fields()[i]));
    const zone = given.has('tzinfo') ? (given.get('tzinfo') ?? 'naive') : (this.zone ?? 'naive');
    if (isDate) return fromFields(fields, 'date');
    if (zone !== 'naive' && !(zone instanceof TimeZoneValue)) throw noZone();
    return fromFields(fields, zone);
  }

  /** A datetime and a timedelta give a datetime; two datetimes give the timedelta between them. */
  override arithmetic(
    operator: ArithmeticOperator,
    other: Value,
    isLeft: boolean,
  ): Value | undefined {
    if (other instanceof TimeDeltaValue) {
      if (operator === '+') return this.#moved(other.micros);
      return operator === '-' && isLeft ? this.#moved(-other.micros) : undefined;
    }
    if (operator !== '-' || !isLeft || !this.#isLike(other)) return undefined;
    return new TimeDeltaValue(this.#distanceTo(other));
  }

  #moved(by: number): DateTimeValue {
    const micros = this.micros + by;
    const wall = new Date(this.wall.getTime() + Math.floor(micros / 1000));
    const rest = ((micros % 1000) + 1000) % 1000;
    return new DateTimeValue(wall, this.kind === 'date' ? 'date' : (this.zone ?? 'naive'), rest);
  }

  #isLike(other: Value): other is DateTimeValue {
    return other instanceof DateTimeValue && other.kind === this.kind;
  }

  /** In microseconds. */
  #distanceTo(other: DateTimeValue): number {
    const ms = this.instant.getTime() - other.instant.getTime();
    return ms * 1000 + this.micros - other.micros;
  }

  override compare(other: Value): number | undefined {
    return this.#isLike(other) ? this.#distanceTo(other) : undefined;
  }

  override equals(other: Value): boolean {
    return this.compare(other) === 0;
  }

  override hashKey(): string {
    return `${this.kind} ${this.instant.getTime()} ${this.micros}`;
  }
}

export function noZone(): TechstoreError {
  return new TechstoreError('compilation', 'tzinfo must be a time zone or none', {
    hint: "Use modules.pytz.utc or modules.pytz.timezone('Europe/Berlin').",
  });
}

export function wholeNumber(value: Value | undefined, name: string, otherwise = 0): number {
  if (value === undefined) return otherwise;
  if (typeof value === 'number') return value;
  throw new TechstoreError('compilation', `${name} must be a whole number`);
}

/** @throws TechstoreError when there is no such day or time */
export function fromFields(
  fields: readonly number[],
  zone: 'date' | 'naive' | TimeZoneValue,
): DateTimeValue {
  const [year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0, micros = 0] = fields;
  const wall = new Date(0);
  wall.setUTCFullYear(year, month - 1, day);
  wall.setUTCHours(hour, minute, second, Math.floor(micros / 1000));
  const asGiven =
    wall.getUTCMonth() === month - 1 &&
    wall.getUTCDate() === day &&
    wall.getUTCHours() === hour &&
    wall.getUTCMinutes() === minute &&
    wall.getUTCSeconds() === second;
  if (!asGiven || micros < 0 || micros > 999_999) {
    throw new TechstoreError('compilation', 'There is no such date or time');
  }
  return new DateTimeValue(wall, zone, micros % 1000);
}
