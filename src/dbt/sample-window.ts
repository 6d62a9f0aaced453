/** The span of time of which `--sample` reads rows, as dbt takes it. */
import { TechstoreError } from '../errors.js';
import { parseYaml } from '../project/index.js';

export interface SampleWindow {
  readonly start: Date;
  /** No longer in it. */
  readonly end: Date;
}

const hint =
  "Write a number and hours, days, months or years: --sample '3 days'. Or a span: " +
  `--sample "{'start': '2024-01-01', 'end': '2024-02-01'}".`;

/**
 * @param text `3 days` before `now`, or `{'start': …, 'end': …}`
 * @throws TechstoreError `usage` for anything else, and for a span that holds no time
 */
export function sampleWindow(text: string, now: Date): SampleWindow {
  return text.trimStart().startsWith('{') ? spanOf(text) : lookBack(text.trim(), now);
}

function lookBack(text: string, now: Date): SampleWindow {
  const match = /^([1-9]\d{0,5}) (hour|day|month|year)s*$/i.exec(text);
  if (match === null) throw wrong(`--sample can't be '${text}'`);
  const count = Number(match[1]);
  switch (match[2]?.toLowerCase()) {
    case 'hour':
      return { start: checked(new Date(now.getTime() - count * 3_600_000), text), end: now };
    case 'day':
      return { start: checked(new Date(now.getTime() - count * 86_400_000), text), end: now };
    case 'month':
      return { start: checked(monthsBefore(now, count), text), end: now };
    default:
      return { start: checked(monthsBefore(now, 12 * count), text), end: now };
  }
}

/** The same day of an earlier month, or the last one of it: a month before 31 March is 28 or 29 February. */
function monthsBefore(now: Date, count: number): Date {
  const then = new Date(now);
  then.setUTCDate(1);
  then.setUTCMonth(then.getUTCMonth() - count);
  const last = new Date(Date.UTC(then.getUTCFullYear(), then.getUTCMonth() + 1, 0)).getUTCDate();
  then.setUTCDate(Math.min(now.getUTCDate(), last));
  return then;
}

function checked(start: Date, text: string): Date {
  if (Number.isNaN(start.getTime()) || start.getUTCFullYear() < 1)
    throw wrong(`--sample begins before the year 1: '${text}'`);
  return start;
}

function spanOf(text: string): SampleWindow {
  const { value } = parseYaml(text, '--sample');
  const given = value as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(given).find((key) => key !== 'start' && key !== 'end');
  if (unknown !== undefined) throw wrong(`--sample does not know '${unknown}'`);
  const window = { start: instant(given, 'start'), end: instant(given, 'end') };
  if (window.start < window.end) return window;
  throw wrong('--sample ends before it begins');
}

/** A zone behind the time is left out, as in dbt: all times are UTC. */
const isoTime =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)(?:Z|[+-]\d{2}:?\d{2})?)?$/;

function instant(given: Readonly<Record<string, unknown>>, key: 'start' | 'end'): Date {
  const value = given[key];
  if (value === undefined) throw wrong(`--sample lacks '${key}'`);
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  const match = typeof value === 'string' ? isoTime.exec(value) : null;
  const [day = '', time = '00:00'] = match?.slice(1) ?? [];
  const at = new Date(`${day}T${time}Z`);
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== day)
    throw wrong(`The ${key} of --sample is no time: ${shown}`);
  return at;
}

function wrong(message: string): TechstoreError {
  return new TechstoreError('usage', message, { hint });
}
