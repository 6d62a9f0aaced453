/** Values of the database as a template of dbt gets them: what Python's driver and agate make of them. */
import {
  Decimal,
  Dict,
  Float,
  fromHost,
  int as intOf,
  textRepr,
  toJson,
  type Value,
} from '../jinja/index.js';
import { innerTypes } from './database-types.js';
import { DateTimeValue } from './python/datetime.js';
import { msPerDay } from './python/strftime.js';
import { TimeDeltaValue } from './python/timedelta.js';
import { utc } from './python/timezone.js';

const integers = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|BIGNUM|LONG|SHORT|BYTE)$/;
const floats = /^(DOUBLE|FLOAT|REAL)$/;
const nested = /\]$|^(STRUCT|MAP|UNION|ARRAY)\b/;

/**
 * A cell of an answer: whole numbers are ints, all others decimals (dbt's tables know no floats),
 * dates and timestamps Python's; lists and structs are their JSON; anything else is text.
 *
 * @param type as the database spells it: `DECIMAL(10,2)`
 */
export function fromDatabase(value: unknown, type: string): Value {
  if (value === null || value === undefined) return null;
  const kind = type.toUpperCase();
  if (nested.test(kind)) return toJson(jsonValue(value, type), {});
  const known = scalar(value, kind);
  if (known instanceof Float) return Decimal.ofFloat(known.value);
  return known instanceof TimeDeltaValue ? known.toText() : known;
}

function scalar(value: unknown, kind: string): Value {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return intOf(value);
  if (floats.test(kind)) {
    const number = Number(value);
    return new Float(kind === 'DOUBLE' ? number : Math.fround(number));
  }
  if (typeof value === 'number') {
    return fromHost(value);
  }
  if (typeof value !== 'string') return toJson(fromHost(value), {});
  if (integers.test(kind)) return /^-?\d+$/.test(value) ? intOf(BigInt(value)) : value;
  if (kind.startsWith('DECIMAL')) return Decimal.parse(value) ?? value;
  if (kind === 'DATE' || kind.startsWith('TIMESTAMP')) return instantOf(value) ?? value;
  if (kind.startsWith('TIME')) return value.replace(/\.\d+/, microseconds);
  if (kind === 'INTERVAL') return intervalOf(value) ?? value;
  return kind === 'BLOB' || kind === 'BINARY' ? bytesText(value) : value;
}

const microseconds = (fraction: string): string => fraction.slice(0, 7).padEnd(7, '0');

/** Undefined for what Python's datetime can't hold: infinity, years before 1 and after 9999. */
function instantOf(text: string): DateTimeValue | undefined {
  const match =
    /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(\+00|Z)?)?$/.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', zone] = match;
  const micros = Number(fraction.slice(0, 6).padEnd(6, '0'));
  const instant = new Date(0);
  instant.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  instant.setUTCHours(Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0));
  instant.setUTCMilliseconds(Math.floor(micros / 1000));
  const kind = hour === undefined ? 'date' : zone === undefined ? 'naive' : utc;
  return new DateTimeValue(instant, kind, micros % 1000);
}

/** Python has no months: its driver counts 30 days for each. */
function intervalOf(text: string): TimeDeltaValue | undefined {
  const match =
    /^(?:(-?\d+) years? ?)?(?:(-?\d+) months? ?)?(?:(-?\d+) days? ?)?(?:(-)?(\d+):(\d\d):(\d\d(?:\.\d+)?))?$/.exec(
      text,
    );
  if (match === null) return undefined;
  const [years, months, days] = match.slice(1, 4).map((part) => Number(part ?? 0));
  const [hours, minutes, seconds] = match.slice(5, 8).map((part) => Number(part ?? 0));
  const time = ((hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0)) * 1000;
  const whole = ((years ?? 0) * 12 + (months ?? 0)) * 30 + (days ?? 0);
  return new TimeDeltaValue((whole * msPerDay + (match[4] === '-' ? -time : time)) * 1000);
}

/** Bytes as Python prints them, `b'a\xaa'`, from DuckDB's `a\xAA`. */
function bytesText(text: string): string {
  const bytes = text.replace(/\\x([0-9A-F]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return `b${textRepr(bytes).replace(/[\u00a1-\u00ff]/g, (c) => `\\x${c.charCodeAt(0).toString(16)}`)}`;
}

/** A nested value for JSON, as dbt writes it: numbers are numbers, whatever their width. */
function jsonValue(value: unknown, type: string): Value {
  if (value === null || value === undefined) return null;
  const inner = innerTypes(type);
  if (Array.isArray(value)) {
    const items = value as unknown[];
    if (inner.kind === 'map') {
      const [keyType = '', valueType = ''] = inner.types;
      return new Dict(
        items.map((entry) => {
          const { key, value: held } = entry as { key: unknown; value: unknown };
          return [jsonKey(jsonValue(key, keyType)), jsonValue(held, valueType)] as const;
        }),
      );
    }
    return items.map((item) => jsonValue(item, inner.types[0] ?? ''));
  }
  if (typeof value === 'object') {
    return new Dict(
      Object.entries(value).map(
        ([key, held], i) => [key, jsonValue(held, inner.types[i] ?? '')] as const,
      ),
    );
  }
  const known = scalar(value, type.toUpperCase());
  if (known instanceof Decimal) return new Float(known.toFloat());
  if (known instanceof DateTimeValue) return known.isoformat();
  return known instanceof TimeDeltaValue ? known.toText() : known;
}

/** A key that JSON can hold; dbt prints the others. */
function jsonKey(key: Value): Value {
  return Array.isArray(key) || key instanceof Dict ? toJson(key, {}) : key;
}
