/** Python's time of a day. */
import { TechstoreError } from '../../errors.js';
import { HostObject, type HostResult, type Kwargs, type Value } from '../../jinja/index.js';
import { Arguments } from '../host-values.js';
import { strftime } from './strftime.js';

const names = ['hour', 'minute', 'second', 'microsecond'];
const most = [23, 59, 59, 999_999];

export class TimeValue extends HostObject {
  readonly typeName = 'time';
  /** Hours, minutes, seconds, microseconds. */
  readonly fields: readonly number[];

  /** @throws TechstoreError when there is no such time */
  constructor(fields: readonly Value[]) {
    super();
    this.fields = names.map((name, i) => {
      const value = fields[i] ?? 0;
      if (typeof value === 'number' && value >= 0 && value <= (most[i] ?? 0)) return value;
      throw new TechstoreError('compilation', `There is no such time: ${name} is out of range`);
    });
  }

  get wall(): Date {
    const [hour = 0, minute = 0, second = 0, micros = 0] = this.fields;
    return new Date(Date.UTC(1900, 0, 1, hour, minute, second, Math.floor(micros / 1000)));
  }

  get #micros(): number {
    return (this.fields[3] ?? 0) % 1000;
  }

  override toText(): string {
    const fraction = this.fields[3] === 0 ? '' : '.%f';
    return strftime(this.wall, `%T${fraction}`, { micros: this.#micros });
  }

  override toRepr(): string {
    const [hour, minute, second, micros] = this.fields;
    const shown = [hour, minute];
    if (second !== 0 || micros !== 0) shown.push(second);
    if (micros !== 0) shown.push(micros);
    return `datetime.time(${shown.join(', ')})`;
  }

  override isTrue(): boolean {
    return true;
  }

  override getAttribute(name: string): Value | undefined {
    if (name === 'tzinfo') return null;
    const index = names.indexOf(name);
    return index === -1 ? undefined : this.fields[index];
  }

  override callMethod(
    name: string,
    args: readonly Value[],
    kwargs: Kwargs,
  ): HostResult | undefined {
    switch (name) {
      case 'isoformat':
        return this.toText();
      case 'strftime': {
        const format = new Arguments(name, ['format'], args, kwargs).text('format');
        return strftime(this.wall, format, { micros: this.#micros });
      }
      case 'replace': {
        const given = new Arguments(name, names, args, kwargs);
        return new TimeValue(names.map((field, i) => given.get(field) ?? this.fields[i] ?? 0));
      }
      default:
        return undefined;
    }
  }

  override compare(other: Value): number | undefined {
    if (!(other instanceof TimeValue)) return undefined;
    const size = (time: TimeValue): number => time.wall.getTime() * 1000 + time.#micros;
    return size(this) - size(other);
  }

  override equals(other: Value): boolean {
    return this.compare(other) === 0;
  }

  override hashKey(): string {
    return `time ${this.fields.join(':')}`;
  }
}

/** Reads `10:05`, `10:05:07.5`; undefined for anything else. */
export function timeOf(text: string): TimeValue | undefined {
  const match = /^(\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d{3}|\d{6}))?)?)?$/.exec(text);
  if (match === null) return undefined;
  const [, hour, minute = 0, second = 0, fraction = '0'] = match;
  return new TimeValue([hour, minute, second, fraction.padEnd(6, '0')].map(Number));
}
