/** The dates and times that dbt finds in a seed: Python's strptime, and the isodate library. */

const DAY = /^(\d{4})-(1[0-2]|0[1-9]|[1-9])-(3[01]|[12]\d|0[1-9]|[1-9]| [1-9])$/;
const DAY_AND_TIME =
  /^(\d{4}-\d{1,2}-[\d ]{1,2}?)\s+(?:2[0-3]|[01]\d|\d):(?:[0-5]\d|\d):(?:[0-5]\d|\d)$/;

/** `%Y-%m-%d`: `2024-1-5` too. */
export function isDate(text: string): boolean {
  const match = DAY.exec(text);
  return match !== null && isDay(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** `%Y-%m-%d %H:%M:%S`: no fraction, no zone. */
export function isDateAndTime(text: string): boolean {
  const match = DAY_AND_TIME.exec(text);
  return match?.[1] !== undefined && isDate(match[1]);
}

const ISO_TIMES = [
  /^T?(\d{2}):(\d{2}):(\d{2})(?:[,.]\d+)?$/,
  /^T?(\d{2})(\d{2})(\d{2})(?:[,.]\d+)?$/,
  /^T?(\d{2}):(\d{2})(?:[,.]\d+)?$/,
  /^T?(\d{2})(\d{2})(?:[,.]\d+)?$/,
  /^T?(\d{2})(?:[,.]\d+)?$/,
];
const ZONE = /(?:Z|[+-]\d{2}(?::?\d{2})?)?$/;

/** ISO 8601 with a T between date and time, in all the forms that isodate knows. */
export function isIsoTimestamp(text: string): boolean {
  const parts = text.split('T');
  const [day = '', time = ''] = parts;
  return parts.length === 2 && isIsoDate(day) && isIsoTime(time);
}

function isIsoTime(text: string): boolean {
  // The zone is the longest end that leaves a time before it.
  const zone = ZONE.exec(text)?.[0] ?? '';
  return [zone, ''].some((end) => {
    const time = text.slice(0, text.length - end.length);
    return ISO_TIMES.some((pattern) => {
      const match = pattern.exec(time);
      if (match === null) return false;
      const [, hour, minute = '0', second = '0'] = match;
      return Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
    });
  });
}

function isIsoDate(text: string): boolean {
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (day !== null) return isDay(Number(day[1]), Number(day[2]) || 1, Number(day[3]));
  const week = /^(\d{4})-W(\d{2})(?:-(\d))?$/.exec(text) ?? /^(\d{4})W(\d{2})(\d)?$/.exec(text);
  if (week !== null) return isWithin(Number(week[1]), (Number(week[2]) - 1) * 7);
  const ordinal = /^(\d{4})-?(\d{3})$/.exec(text);
  if (ordinal !== null) return isWithin(Number(ordinal[1]), Number(ordinal[2]) - 1);
  const month = /^(\d{4})-?(\d{2})$/.exec(text);
  if (month !== null) return Number(month[1]) > 0 && Number(month[2]) <= 12;
  if (/^\d{4}$/.test(text)) return Number(text) > 0;
  return /^\d{2}$/.test(text);
}

/** Whether so many days after the first of January are a date of Python's, which end with 9999. */
function isWithin(year: number, days: number): boolean {
  if (year < 1) return false;
  return year > 1 && year < 9999 ? true : year === 1 ? days >= 0 : days < 365;
}

function isDay(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day <= (days[month - 1] ?? 0);
}
