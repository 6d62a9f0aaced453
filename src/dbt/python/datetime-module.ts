/** `modules.datetime`: its classes, as far as dbt lets templates reach them. */
import { TechstoreError } from '../../errors.js';
import { HostObject, type HostResult, type Kwargs, type Value, Float } from '../../jinja/index.js';
import { Arguments, hostFunction } from '../host-values.js';
import { DateTimeValue, fromFields, noZone, wholeNumber } from './datetime.js';
import { ModuleValue, ClassLabel } from './module.js';
import { offsetOf, strptime, type ReadTime } from './strftime.js';
import { timeOf, TimeValue } from './time.js';
import { TimeDeltaClass } from './timedelta.js';
import { FixedZone, TimeZoneValue, utc } from './timezone.js';

const fieldsOf = {
  date: ['year', 'month', 'day'],
  datetime: ['year', 'month', 'day', 'hour', 'minute', 'second', 'microsecond'],
  time: ['hour', 'minute', 'second', 'microsecond'],
};

type ClassName = keyof typeof fieldsOf;

/** A class of Python's datetime, whose methods are asked of the class itself. */
abstract class ClassValue extends HostObject {
  readonly typeName = 'type';
  abstract readonly name: ClassName;

  override toText(): string {
    return `<class 'datetime.${this.name}'>`;
  }

  abstract readonly methods: readonly string[];

  override getAttribute(name: string): Value | undefined {
    if (!this.methods.includes(name)) return undefined;
    return hostFunction(name, (args, kwargs, context) => {
      return this.callMethod?.(name, args, kwargs, context) ?? null;
    });
  }
}

class DateTimeClass extends ClassValue {
  readonly name: 'datetime' | 'date';
  readonly #now: Date;
  readonly methods: readonly string[];

  constructor(name: 'datetime' | 'date', now: Date) {
    super();
    this.name = name;
    this.#now = now;
    const both = ['today', 'fromtimestamp', 'fromisoformat', 'fromordinal'];
    this.methods =
      name === 'date'
        ? both
        : [...both, 'now', 'utcnow', 'utcfromtimestamp', 'strptime', 'combine'];
  }

  get #plain(): 'date' | 'naive' {
    return this.name === 'date' ? 'date' : 'naive';
  }

  override call(args: readonly Value[], kwargs: Kwargs): HostResult {
    const names = fieldsOf[this.name];
    const zoned = this.name === 'datetime' ? ['tzinfo', 'fold'] : [];
    const given = new Arguments(this.name, [...names, ...zoned], args, kwargs);
    const fields = names.map((name, i) => {
      if (i < 3 && !given.has(name)) {
        throw new TechstoreError('compilation', `${this.name}() needs a ${name}`);
      }
      return wholeNumber(given.get(name), name);
    });
    return fromFields(fields, this.#zone(given.get('tzinfo')));
  }

  #zone(value: Value | undefined): 'date' | 'naive' | TimeZoneValue {
    if (value === undefined || value === null) return this.#plain;
    if (value instanceof TimeZoneValue) return value;
    throw noZone();
  }

  override getAttribute(name: string): Value | undefined {
    if (name === 'min') return fromFields([1, 1, 1], this.#plain);
    if (name === 'max') return fromFields([9999, 12, 31, 23, 59, 59, 999_999], this.#plain);
    return super.getAttribute(name);
  }

  override callMethod(
    name: string,
    args: readonly Value[],
    kwargs: Kwargs,
  ): HostResult | undefined {
    if (!this.methods.includes(name)) return undefined;
    switch (name) {
      case 'today':
      case 'utcnow':
        return this.#at(this.#now, undefined);
      case 'now':
        return this.#at(this.#now, new Arguments(name, ['tz'], args, kwargs).get('tz'));
      case 'fromtimestamp':
      case 'utcfromtimestamp': {
        const given = new Arguments(name, ['timestamp', 'tz'], args, kwargs);
        const seconds = given.get('timestamp');
        const value = seconds instanceof Float ? seconds.value : wholeNumber(seconds, 'timestamp');
        return this.#at(new Date(value * 1000), given.get('tz'));
      }
      case 'fromordinal':
        return this.#at(new Date((wholeNumber(args[0], 'ordinal') - 719_163) * 86_400_000), null);
      case 'combine': {
        const [date, time] = args;
        if (!(date instanceof DateTimeValue) || !(time instanceof TimeValue)) {
          throw new TechstoreError('compilation', 'combine() takes a date and a time');
        }
        const day = date.wall;
        const days = [day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate()];
        return fromFields([...days, ...time.fields], 'naive');
      }
      case 'strptime': {
        const given = new Arguments(name, ['date_string', 'format'], args, kwargs);
        const format = given.text('format');
        const read = strptime(given.text('date_string'), format);
        return this.#read(name, read, `It does not match the format '${format}'.`);
      }
      default: {
        const text = new Arguments(name, ['date_string'], args, kwargs).text('date_string');
        return this.#read(name, isoTime(text), 'Write it as 2025-06-30 or 2025-06-30 10:20:30.');
      }
    }
  }

  // One run has one clock: the start of the run stands for now, and templates see UTC.
  #at(instant: Date, zone: Value | undefined): DateTimeValue {
    const found = this.#zone(zone);
    if (found === 'date' || found === 'naive') return new DateTimeValue(instant, found);
    return new DateTimeValue(instant, utc).inZone(found);
  }

  #read(method: string, read: ReadTime | null, hint: string): DateTimeValue {
    if (read === null) {
      throw new TechstoreError('compilation', `${method}() cannot parse this text as a date`, {
        hint,
      });
    }
    const { wall, micros, offset } = read;
    if (this.name === 'date' || offset === null)
      return new DateTimeValue(wall, this.#plain, micros);
    return new DateTimeValue(wall, offset === 0 ? utc : new FixedZone(offset), micros);
  }
}

function isoTime(text: string): ReadTime | null {
  const match =
    /^(\d{4}-\d\d-\d\d|\d{8})(?:[\s\S](\d\d(?::?\d\d(?::?\d\d(?:[.,]\d{3}(?:\d{3})?)?)?)?)(Z|[+-]\d\d:?\d\d(?::?\d\d)?)?)?$/.exec(
      text,
    );
  if (match === null) return null;
  const [, date = '', clock, zone] = match;
  const day = strptime(date.replaceAll('-', ''), '%Y%m%d');
  const time = clock === undefined ? new TimeValue([]) : timeOf(clock);
  if (day === null || time === undefined) return null;
  const midnight = Date.UTC(1900, 0, 1);
  return {
    wall: new Date(day.wall.getTime() + time.wall.getTime() - midnight),
    micros: (time.fields[3] ?? 0) % 1000,
    offset: zone === undefined ? null : offsetOf(zone),
  };
}

class TimeClass extends ClassValue {
  readonly name = 'time';
  readonly methods = ['fromisoformat'];

  override call(args: readonly Value[], kwargs: Kwargs): HostResult {
    const given = new Arguments(this.name, fieldsOf.time, args, kwargs);
    return new TimeValue(fieldsOf.time.map((name) => given.get(name) ?? 0));
  }

  override callMethod(name: string, args: readonly Value[]): HostResult | undefined {
    if (name !== 'fromisoformat') return undefined;
    const time = typeof args[0] === 'string' ? timeOf(args[0]) : undefined;
    if (time !== undefined) return time;
    throw new TechstoreError('compilation', 'fromisoformat() cannot parse this text as a time');
  }
}

/** @param now what the clock of the run shows */
export function datetimeModule(now: Date): Value {
  return new ModuleValue(
    'datetime',
    () =>
      new Map<string, Value>([
        ['date', new DateTimeClass('date', now)],
        ['datetime', new DateTimeClass('datetime', now)],
        ['time', new TimeClass()],
        ['timedelta', new TimeDeltaClass()],
        ['tzinfo', new ClassLabel('datetime.tzinfo')],
      ]),
  );
}
