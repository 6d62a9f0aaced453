/** Python's strftime and strptime for instants in UTC. */
import { TechstoreError } from '../errors.js';

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

/**
 * Formats by the directives of C's strftime that Python documents.
 *
 * @param micros what the instant has beyond its whole milliseconds
 */
export function strftime(instant: Date, format: string, micros = 0): string {
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
    f: () => pad(instant.getUTCMilliseconds(), 3) + pad(micros, 3),
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

const readers: Record<string, string> = {
  Y: String.raw`(\d{4})`,
  y: String.raw`(\d{2})`,
  m: String.raw`(1[0-2]|0?[1-9])`,
  d: String.raw`(3[01]|[12]\d|0?[1-9])`,
  H: String.raw`(2[0-3]|[01]?\d)`,
  M: String.raw`([0-5]?\d)`,
  S: String.raw`([0-5]?\d)`,
  f: String.raw`(\d{1,6})`,
  b: `(${months.map((month) => month.slice(0, 3)).join('|')})`,
  B: `(${months.join('|')})`,
};

/**
 * Reads a text by the directives Y, y, m, d, H, M, S, f, b and B.
 *
 * @returns null when the text does not have that form, or names no day of the calendar
 * @throws TechstoreError for another directive
 */
export function strptime(text: string, format: string): Date | null {
  const found: string[] = [];
  const pattern = format.replace(/%(.)|[\\^$.*+?()[\]{}|/]/gs, (whole, directive?: string) => {
    if (directive === undefined) return `\\${whole}`;
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
  const given = new Map(found.map((directive, i) => [directive, match[i + 1] ?? '']));
  const number = (directive: string, otherwise: number): number =>
    Number(given.get(directive) ?? otherwise);
  const named = given.get('B') ?? given.get('b');
  const month =
    named === undefined
      ? number('m', 1)
      : months.findIndex((name) => name.toLowerCase().startsWith(named.toLowerCase())) + 1;
  const short = number('y', 0);
  const year = given.has('y') ? short + (short < 69 ? 2000 : 1900) : number('Y', 1900);
  const day = number('d', 1);
  const instant = new Date(0);
  instant.setUTCFullYear(year, month - 1, day);
  instant.setUTCHours(
    number('H', 0),
    number('M', 0),
    number('S', 0),
    Math.floor(Number((given.get('f') ?? '').padEnd(6, '0')) / 1000),
  );
  return instant.getUTCMonth() === month - 1 && instant.getUTCDate() === day ? instant : null;
}
