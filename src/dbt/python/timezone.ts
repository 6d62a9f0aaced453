/** Python's tzinfo objects: UTC, fixed offsets, and the zones of pytz at one of their periods. */
import { TechstoreError } from '../../errors.js';
import {
  HostObject,
  isTrue,
  textRepr,
  type HostResult,
  type Kwargs,
  type Value,
} from '../../jinja/index.js';
import { Arguments } from '../host-values.js';
import { TimeDeltaValue } from './timedelta.js';

const msPerHour = 3_600_000;

/** A datetime, as far as zones need to know it. */
export abstract class ZonedTime extends HostObject {
  /** What its clock shows, as if it were UTC. */
  abstract readonly wall: Date;
  abstract readonly kind: 'date' | 'naive' | 'aware';
  /** The same clock in another zone. */
  abstract withZone(zone: TimeZoneValue): ZonedTime;
  /** The same instant in another zone. */
  abstract inZone(zone: TimeZoneValue): ZonedTime;
}

/** A time zone, bound to one of its offsets as pytz binds them. Offsets are in seconds, east of UTC. */
export abstract class TimeZoneValue extends HostObject {
  readonly typeName = 'tzinfo';
  abstract readonly name: string | null;
  abstract readonly offset: number;
  abstract readonly abbreviation: string | null;

  get dst(): number {
    return 0;
  }

  /** The zone as it is at an instant, in milliseconds since 1970. */
  at(_instant: number): TimeZoneValue {
    return this;
  }

  /** The zone as it is when its clocks show a time that is given as if it were UTC. */
  atWall(_wall: number, _isDst: boolean): TimeZoneValue {
    return this;
  }

  override isTrue(): boolean {
    return true;
  }

  override getAttribute(name: string): Value | undefined {
    return name === 'zone' ? this.name : undefined;
  }

  override callMethod(
    name: string,
    args: readonly Value[],
    kwargs: Kwargs,
  ): HostResult | undefined {
    const zoned = (): TimeZoneValue => {
      const [at] = args;
      return at instanceof ZonedTime ? this.atWall(at.wall.getTime(), false) : this;
    };
    switch (name) {
      case 'localize': {
        const given = new Arguments(name, ['dt', 'is_dst'], args, kwargs);
        const naive = given.get('dt');
        if (!(naive instanceof ZonedTime) || naive.kind !== 'naive') {
          throw new TechstoreError('compilation', 'localize() takes a datetime without a zone');
        }
        const wall = naive.wall.getTime();
        return naive.withZone(this.atWall(wall, isTrue(given.get('is_dst') ?? false)));
      }
      case 'normalize': {
        const [aware] = args;
        if (aware instanceof ZonedTime && aware.kind === 'aware') return aware.inZone(this);
        throw new TechstoreError('compilation', 'normalize() takes a datetime with a zone');
      }
      case 'utcoffset':
        return new TimeDeltaValue(zoned().offset * 1e6);
      case 'dst':
        return new TimeDeltaValue(zoned().dst * 1e6);
      case 'tzname':
        return zoned().abbreviation;
      default:
        return undefined;
    }
  }
}

/** `datetime.timezone.utc`, and `pytz.utc`: they look different in lists. */
class Utc extends TimeZoneValue {
  readonly name = 'UTC';
  readonly offset = 0;
  readonly abbreviation = 'UTC';
  readonly #repr: string;

  constructor(repr: string) {
    super();
    this.#repr = repr;
  }

  override toText(): string {
    return 'UTC';
  }

  override toRepr(): string {
    return this.#repr;
  }

  override equals(other: Value): boolean {
    return other instanceof Utc;
  }
}

export const utc = new Utc('datetime.timezone.utc');
export const pytzUtc = new Utc('<UTC>');

const two = (value: number): string => String(value).padStart(2, '0');

/** `+02:00`, with seconds if there are any; `separator` between hours and minutes. */
export function offsetText(offset: number, separator = ':'): string {
  const all = Math.abs(offset);
  const parts = [two(Math.floor(all / 3600)), two(Math.floor(all / 60) % 60)];
  if (all % 60 !== 0) parts.push(two(all % 60));
  return (offset < 0 ? '-' : '+') + parts.join(separator);
}

/** `datetime.timezone(timedelta(hours=2))`: what a text with an offset becomes. */
export class FixedZone extends TimeZoneValue {
  readonly name = null;
  readonly offset: number;
  readonly abbreviation: string;

  constructor(offset: number) {
    super();
    this.offset = offset;
    this.abbreviation = `UTC${offsetText(offset)}`;
  }

  override toText(): string {
    return this.abbreviation;
  }

  override toRepr(): string {
    return `datetime.timezone(${new TimeDeltaValue(this.offset * 1e6).toRepr()})`;
  }
}

/** `pytz.FixedOffset(90)`. */
export class PytzOffset extends TimeZoneValue {
  readonly name = null;
  readonly abbreviation = null;
  readonly offset: number;

  constructor(minutes: number) {
    super();
    this.offset = minutes * 60;
  }

  override toText(): string {
    return `pytz.FixedOffset(${this.offset / 60})`;
  }
}

export interface Period {
  /** First instant after the period. */
  readonly until: number;
  /** Seconds east of UTC. */
  readonly offset: number;
  readonly abbreviation: string;
  /** Seconds by which clocks are forward of standard time. */
  readonly dst: number;
}

/** `pytz.timezone('Europe/Berlin')`. */
export class RegionZone extends TimeZoneValue {
  readonly name: string;
  readonly #periods: readonly Period[];
  readonly #period: Period;

  /** @param period the one that it is bound to. Default the first, as in pytz */
  constructor(name: string, periods: readonly [Period, ...Period[]], period = periods[0]) {
    super();
    this.name = name;
    this.#periods = periods;
    this.#period = period;
  }

  get offset(): number {
    return this.#period.offset;
  }

  get abbreviation(): string {
    return this.#period.abbreviation;
  }

  override get dst(): number {
    return this.#period.dst;
  }

  override toText(): string {
    return this.name;
  }

  override toRepr(): string {
    const [first] = this.#periods;
    if (this.#periods.length === 1 && first !== undefined)
      return `<StaticTzInfo ${textRepr(this.name)}>`;
    const { offset, abbreviation, dst } = this.#period;
    const sign = offset < 0 ? '' : '+';
    const text = new TimeDeltaValue(offset * 1e6).toText();
    return `<DstTzInfo ${textRepr(this.name)} ${abbreviation}${sign}${text} ${dst === 0 ? 'STD' : 'DST'}>`;
  }

  override equals(other: Value): boolean {
    return other instanceof RegionZone && other.name === this.name && other.offset === this.offset;
  }

  #bound(period: Period): RegionZone {
    return new RegionZone(this.name, this.#periods as [Period, ...Period[]], period);
  }

  #periodAt(instant: number): Period {
    let [low, high] = [0, this.#periods.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (instant < (this.#periods[middle]?.until ?? Infinity)) high = middle;
      else low = middle + 1;
    }
    return this.#periods[low] ?? this.#period;
  }

  override at(instant: number): RegionZone {
    return this.#bound(this.#periodAt(instant));
  }

  override atWall(wall: number, isDst: boolean): RegionZone {
    const near = [-24, 24].map((hours) => this.#periodAt(wall + hours * msPerHour));
    const possible = [...new Set(near)].filter(
      (period) => this.#periodAt(wall - period.offset * 1000) === period,
    );
    const [only] = possible;
    // A time that clocks skip is taken as if they had not been changed.
    if (only === undefined) return this.atWall(wall + (isDst ? 6 : -6) * msPerHour, isDst);
    if (possible.length === 1) return this.#bound(only);
    const fitting = possible.filter(({ dst }) => (dst !== 0) === isDst);
    const [chosen = only] = fitting.length === 0 ? possible : fitting;
    return this.#bound(chosen);
  }
}
