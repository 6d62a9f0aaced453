/** Python's strftime and strptime, for what a clock shows. */
import { TechstoreError } from '../../errors.js';

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
export const msPerDay = 86_400_000;

/** Days since the start of the year. */
export function dayOfYear(wall: Date): number {
  const start = new Date(0);
  start.setUTCFullYear(wall.getUTCFullYear(), 0, 1);
  return Math.floor((wall.getTime() - start.getTime()) / msPerDay);
}

/** Year, week and day of the week by ISO 8601; Monday is 1. */
export function isoWeek(wall: Date): [year: number, week: number, day: number] {
  const day = ((wall.getUTCDay() + 6) % 7) + 1;
  const thursday = new Date(wall.getTime() + (4 - day) * msPerDay);
  return [thursday.getUTCFullYear(), Math.floor(dayOfYear(thursday) / 7) + 1, day];
}

/** What a clock shows beside its fields. */
export interface ClockParts {
  /** Microseconds beyond the whole milliseconds. Default 0. */
  readonly micros?: number;
  /** As `+0200`. Default empty. */
  readonly offset?: string;
  /** Name of the zone. Default empty. */
  readonly zone?: string;
}

/** Formats by the directives of C's strftime that Python documents. */
export function strftime(instant: Date, format: string, parts: ClockParts = {}): string {
  const { micros = 0, offset = '', zone = '' } = parts;
  const yearDay = dayOfYear(instant);
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
    f: () => pad(instant.getUTCMilliseconds(), 3) + pad(micros, 3),
    j: () => pad(yearDay + 1, 3),
    p: () => (instant.getUTCHours() < 12 ? 'AM' : 'PM'),
    A: () => day,
    a: () => day.slice(0, 3),
    B: () => month,
    b: () => month.slice(0, 3),
    w: () => String(instant.getUTCDay()),
    u: () => String(instant.getUTCDay() === 0 ? 7 : instant.getUTCDay()),
    z: () => offset,
    Z: () => zone,
    U: () => pad(Math.floor((yearDay + 7 - instant.getUTCDay()) / 7), 2),
    W: () => pad(Math.floor((yearDay + 7 - ((instant.getUTCDay() + 6) % 7)) / 7), 2),
    G: () => pad(isoWeek(instant)[0], 4),
    V: () => pad(isoWeek(instant)[1], 2),
    C: () => pad(Math.floor(instant.getUTCFullYear() / 100), 2),
    e: () => String(instant.getUTCDate()).padStart(2),
    h: () => month.slice(0, 3),
    n: () => '\n',
    t: () => '\t',
    c: () => strftime(instant, '%a %b %e %H:%M:%S %Y'),
    x: () => strftime(instant, '%m/%d/%y'),
    D: () => strftime(instant, '%m/%d/%y'),
    X: () => strftime(instant, '%H:%M:%S'),
    R: () => strftime(instant, '%H:%M'),
    r: () => strftime(instant, '%I:%M:%S %p'),
    s: () => String(Math.floor(instant.getTime() / 1000)),
    F: () => instant.toISOString().slice(0, 10),
    T: () => instant.toISOString().slice(11, 19),
    '%': () => '%',
  };
  return format.replace(/%(.)/gs, (whole, directive: string) => directives[directive]?.() ?? whole);
}

const readers: Record<string, string> = {
  Y: String.raw`(\d{4})`,
  y: String.raw`(\d{2})`,
  m: String.raw`(1[0-2]|0?[1-9])`,
  d: String.raw`(3[01]|[12]\d|0?[1-9]| [1-9])`,
  H: String.raw`(2[0-3]|[01]?\d)`,
  I: String.raw`(1[0-2]|0?[1-9])`,
  M: String.raw`([0-5]?\d)`,
  S: String.raw`(6[01]|[0-5]?\d)`,
  f: String.raw`(\d{1,6})`,
  j: String.raw`(36[0-6]|3[0-5]\d|[12]\d\d|0?[1-9]\d|0{0,2}[1-9])`,
  z: String.raw`([+-]\d\d:?[0-5]\d(?::?[0-5]\d)?|Z)`,
  p: '(AM|PM)',
  b: `(${months.map((month) => month.slice(0, 3)).join('|')})`,
  B: `(${months.join('|')})`,
  a: `(${days.map((day) => day.slice(0, 3)).join('|')})`,
  A: `(${days.join('|')})`,
};

export interface ReadTime {
  /** What the clock shows, as if it were UTC. */
  readonly wall: Date;
  /** Microseconds beyond the whole milliseconds. */
  readonly micros: number;
  /** Seconds east of UTC; null where the text names none. */
  readonly offset: number | null;
}

/** Seconds of `+02:00`, `-0530` or `Z`. */
export function offsetOf(text: string): number {
  const match = /^([+-])(\d\d):?(\d\d)(?::?(\d\d))?$/.exec(text);
  if (match === null) return 0;
  const [, sign, hours, minutes, seconds] = match;
  const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0);
  return sign === '-' ? -size : size;
}

/**
 * Reads a text by the directives of Python's strptime, but for weeks and names of zones.
 *
 * @returns null when the text does not have that form, or names no day of the calendar
 * @throws TechstoreError for another directive
 */
export function strptime(text: string, format: string): ReadTime | null {
  const found: string[] = [];
  const pattern = format.replace(/%(.)|[\\^$.*+?()[\]{}|/]|\s+/gs, (whole, directive?: string) => {
    if (directive === undefined) return /^\s/.test(whole) ? String.raw`\s+` : `\\${whole}`;
    if (directive === '%') return '%';
    const reader = readers[directive];
    if (reader === undefined) {
      throw new TechstoreError('unsupported', `strptime() does not support %${directive}`, {
        hint: `It supports ${Object.keys(readers)
          .map((known) => `%${known}`)
          .join(', ')}.`,
      });
    }
    found.push(directive);
    return reader;
  });
  const match = new RegExp(`^${pattern}$`, 'i').exec(text);
  if (match === null) return null;
  return readTime(new Map(found.map((directive, i) => [directive, match[i + 1] ?? ''])));
}

function readTime(given: ReadonlyMap<string, string>): ReadTime | null {
  const number = (directive: string, otherwise: number): number =>
    Number(given.get(directive) ?? otherwise);
  const named = given.get('B') ?? given.get('b');
  const month =
    named === undefined
      ? number('m', 1)
      : months.findIndex((name) => name.toLowerCase().startsWith(named.toLowerCase())) + 1;
  const short = number('y', 0);
  const year = given.has('y') ? short + (short < 69 ? 2000 : 1900) : number('Y', 1900);
  const isAfternoon = given.get('p')?.toUpperCase() === 'PM';
  const hour = given.has('I') ? (number('I', 0) % 12) + (isAfternoon ? 12 : 0) : number('H', 0);
  const micros = Number((given.get('f') ?? '').padEnd(6, '0'));
  const [dayMonth, day] = given.has('j') ? [1, number('j', 1)] : [month, number('d', 1)];
  const wall = new Date(0);
  wall.setUTCFullYear(year, dayMonth - 1, day);
  const isDay = given.has('j') || (wall.getUTCMonth() === month - 1 && wall.getUTCDate() === day);
  if (!isDay || wall.getUTCFullYear() !== year) return null;
  wall.setUTCHours(hour, number('M', 0), number('S', 0), Math.floor(micros / 1000));
  const zone = given.get('z');
  return { wall, micros: micros % 1000, offset: zone === undefined ? null : offsetOf(zone) };
}
