/** Values in the exact, JSON-safe forms of `../engine.ts`, from what both result formats carry. */
import type { Value } from '../engine.js';

/** Not finite numbers are texts. FLOAT has the fewest digits that give the same 32-bit number. */
export function floatValue(value: number, single: boolean): number | string {
  if (!Number.isFinite(value)) return String(value);
  if (!single) return value;
  for (let digits = 6; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === Math.fround(value)) return rounded;
  }
  return value;
}

/** As DuckDB prints a BLOB: what is not plain ASCII as `\xHH`. */
export function binaryValue(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) {
    const plain = byte >= 32 && byte < 127 && byte !== 34 && byte !== 39 && byte !== 92;
    text += plain
      ? String.fromCharCode(byte)
      : `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return text;
}

const DAY = 86_400_000;

/** Days since 1970-01-01 as `2024-01-31`. */
export function dateValue(days: number): string {
  const date = new Date(days * DAY);
  const year = date.getUTCFullYear();
  const rest = `-${pad(date.getUTCMonth() + 1)}-${pad(date.getUTCDate())}`;
  return `${String(year).padStart(4, '0')}${rest}`;
}

/** Microseconds since 1970 as `2024-01-31 01:02:03.5`. */
export function timestampValue(micros: bigint): string {
  const perDay = 86_400_000_000n;
  let days = micros / perDay;
  let rest = micros % perDay;
  if (rest < 0n) {
    days -= 1n;
    rest += perDay;
  }
  const seconds = Number(rest / 1_000_000n);
  const fraction = String(rest % 1_000_000n)
    .padStart(6, '0')
    .replace(/0+$/, '');
  const time = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${dateValue(Number(days))} ${time.map(pad).join(':')}${fraction === '' ? '' : `.${fraction}`}`;
}

/** `2024-01-31T01:02:03.500Z` and `2024-01-31 01:02:03.5`, as one form. */
export function timestampText(text: string): string {
  return text
    .replace('T', ' ')
    .replace(/(?:Z|\+00:?00)$/, '')
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
}

/** An unscaled number and its scale as a text with all digits. */
export function decimalValue(unscaled: bigint, scale: number): string {
  const sign = unscaled < 0n ? '-' : '';
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  if (scale <= 0) return sign + digits;
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/**
 * A nested value that came as JSON, without its type: numbers that a double does not hold
 * exactly, and those with a point, become texts.
 */
export function nestedFromJson(text: string): Value {
  const exact = text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
    token.startsWith('"') || (Math.abs(Number(token)) < 2 ** 31 && /^-?\d+$/.test(token))
      ? token
      : `"${token}"`,
  );
  try {
    return JSON.parse(exact) as Value;
  } catch {
    return text;
  }
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
