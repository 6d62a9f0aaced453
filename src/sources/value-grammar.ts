/**
 * The grammar of single values: what a text in a CSV file means as a value of a
 * declared type. This is the reference; the byte scanner accepts a part of it.
 */
import type { ColumnType } from './column-type.js';

/** Either the value in the form in which DuckDB prints it, or what is wrong with it. */
export type ReadValue = { readonly value: string } | { readonly problem: string };

/** Reads a text that is not empty (an empty one is NULL whatever the type). */
export function readValue(type: ColumnType, text: string): ReadValue {
  switch (type.kind) {
    case 'text':
      return { value: text };
    case 'integer':
      return readInteger(type, text);
    case 'decimal':
      return readDecimal(type, text);
    case 'double':
      return readDouble(type, text);
    case 'date':
      return readDate(text);
    case 'timestamp':
      return readTimestamp(text);
    case 'boolean':
      return /^(?:true|false)$/i.test(text)
        ? { value: text.toLowerCase() }
        : { problem: describeType(type) };
  }
}

/** What a value that does not have the form of its type is told: `is not a DATE (YYYY-MM-DD)`. */
export function describeType(type: ColumnType): string {
  switch (type.kind) {
    case 'text':
      return 'is not text in UTF-8';
    case 'integer':
      return `is not ${type.sql.startsWith('I') ? 'an' : 'a'} ${type.sql} (an optional sign and digits)`;
    case 'decimal':
      return type.scale === 0
        ? `is not a ${type.sql} (an optional sign and digits)`
        : `is not a ${type.sql} (an optional sign, digits, and optionally a point and at most ${type.scale} digit${type.scale === 1 ? '' : 's'})`;
    case 'double':
      return 'is not a DOUBLE (an optional sign, digits, optionally a point and digits, optionally an exponent)';
    case 'date':
      return 'is not a DATE (YYYY-MM-DD)';
    case 'timestamp':
      return 'is not a TIMESTAMP (YYYY-MM-DD, optionally HH:MM, :SS, a fraction of at most 6 digits, and Z or ±HH:MM)';
    case 'boolean':
      return 'is not a BOOLEAN (true or false)';
  }
}

function readInteger(type: ColumnType & { kind: 'integer' }, text: string): ReadValue {
  const match = /^([+-]?)0*(\d+)$/.exec(text);
  if (match === null) return { problem: describeType(type) };
  const [, sign, digits = ''] = match;
  const outside = { problem: `is outside the range of ${type.sql}` };
  // BigInt takes time that grows with the square of the digits.
  if (digits.length > 20) return outside;
  const value = sign === '-' ? -BigInt(digits) : BigInt(digits);
  return value < type.min || value > type.max ? outside : { value: value.toString() };
}

function readDecimal(type: ColumnType & { kind: 'decimal' }, text: string): ReadValue {
  const match = /^([+-]?)0*(\d+?)(?:\.(\d+))?$/.exec(text);
  const [, sign, digits = '', fraction = ''] = match ?? [];
  if (match === null || fraction.length > type.scale) return { problem: describeType(type) };
  const whole = digits.replace(/^0+/, '');
  if (whole.length > type.integerDigits) {
    return { problem: `is outside the range of ${type.sql}` };
  }
  const scaled = fraction.padEnd(type.scale, '0');
  const negative = sign === '-' && /[1-9]/.test(whole + scaled) ? '-' : '';
  const value = `${negative}${whole === '' ? '0' : whole}${scaled === '' ? '' : `.${scaled}`}`;
  return { value };
}

function readDouble(type: ColumnType, text: string): ReadValue {
  if (!/^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)) return { problem: describeType(type) };
  if (!Number.isFinite(Number(text))) return { problem: 'is outside the range of DOUBLE' };
  return { value: text.startsWith('+') ? text.slice(1) : text };
}

function readDate(text: string): ReadValue {
  return epochDay(text) === undefined
    ? { problem: describeType({ kind: 'date', sql: 'DATE' }) }
    : { value: text };
}

const timestampForm =
  /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?(?:Z|([+-])(\d{2}):?(\d{2}))?)?$/;

/** Java's limit, which is Databricks' too. */
const MAX_OFFSET_MINUTES = 18 * 60;

function readTimestamp(text: string): ReadValue {
  const problem = { problem: describeType({ kind: 'timestamp', sql: 'TIMESTAMP' }) };
  const match = timestampForm.exec(text);
  if (match === null) return problem;
  const [, date = '', hour = '00', minute = '00', second = '00', fraction = '', sign] = match;
  const [offsetHour = '00', offsetMinute = '00'] = match.slice(7);
  const day = epochDay(date);
  if (day === undefined || hour > '23' || minute > '59' || second > '59') return problem;
  const offset = Number(offsetHour) * 60 + Number(offsetMinute);
  if (offsetMinute > '59' || offset > MAX_OFFSET_MINUTES) return problem;
  const local = day * 1440 + Number(hour) * 60 + Number(minute);
  const utc = new Date((sign === '-' ? local + offset : local - offset) * 60_000);
  if (utc.getUTCFullYear() < 1 || utc.getUTCFullYear() > 9999) {
    return { problem: 'is outside the years 0001 to 9999 in UTC' };
  }
  const micros = fraction.replace(/0+$/, '');
  const minutes = utc.toISOString().slice(0, 16).replace('T', ' ');
  return { value: `${minutes}:${second}${micros === '' ? '' : `.${micros}`}` };
}

/** Days since 1970-01-01 of a `YYYY-MM-DD` that is in the calendar, from year 0001 on. */
function epochDay(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text.startsWith('0000')) return undefined;
  // Date.parse of this form is UTC; a day such as 02-30 is NaN or rolls over.
  const time = Date.parse(text);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) return undefined;
  return time / 86_400_000;
}
