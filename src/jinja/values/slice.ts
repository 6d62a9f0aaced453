import { characters } from './characters.js';
import { Fault } from './fault.js';
import type { Meter } from './limits.js';
import { typeName } from './type-name.js';
import { Tuple, type Value } from './value.js';

/** The indexes that Python's `[start:stop:step]` takes from a sequence of this length. */
export function sliceIndexes(
  length: number,
  start: number | undefined,
  stop: number | undefined,
  step = 1,
): number[] {
  const clamp = (given: number | undefined, missing: number): number => {
    if (given === undefined) return missing;
    const index = given < 0 ? given + length : given;
    return step > 0
      ? Math.min(Math.max(index, 0), length)
      : Math.min(Math.max(index, -1), length - 1);
  };
  const from = clamp(start, step > 0 ? 0 : length - 1);
  const to = clamp(stop, step > 0 ? length : -1);
  const indexes: number[] = [];
  for (let i = from; step > 0 ? i < to : i > to; i += step) indexes.push(i);
  return indexes;
}

function bound(value: Value | undefined): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return value > 0n ? Infinity : -Infinity;
  throw new Fault('slice indices must be integers or None');
}

/** Python's `value[start:stop:step]`; undefined for a value that cannot be sliced. */
export function slice(
  value: Value,
  start: Value | undefined,
  stop: Value | undefined,
  step: Value | undefined,
  meter: Meter,
): Value | undefined {
  const by = bound(step) ?? 1;
  if (by === 0) throw new Fault('slice step cannot be zero');
  const from = bound(start);
  const to = bound(stop);
  if (typeof value === 'string') {
    const all = characters(value);
    meter.text(all.length);
    if (by === 1 && typeof all === 'string') return all.slice(from ?? 0, to);
    return sliceIndexes(all.length, from, to, by)
      .map((i) => all[i] ?? '')
      .join('');
  }
  const items = Array.isArray(value) ? value : value instanceof Tuple ? value.items : undefined;
  if (items === undefined) return undefined;
  meter.list(items.length);
  const taken =
    by === 1
      ? items.slice(from ?? 0, to)
      : sliceIndexes(items.length, from, to, by).map((i) => items[i] as Value);
  return Array.isArray(value) ? taken : new Tuple(taken);
}

/** An index of a sequence as Python takes it; undefined when it lies outside. */
export function indexIn(length: number, index: Value): number | undefined {
  if (typeof index !== 'number' && typeof index !== 'boolean') return undefined;
  const i = Number(index);
  const positive = i < 0 ? i + length : i;
  return positive >= 0 && positive < length ? positive : undefined;
}

/** The integer that a method was given as an argument. */
export function integerOf(value: Value, what: string): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'bigint')
    return value > 0n ? Number.MAX_SAFE_INTEGER : Number.MIN_SAFE_INTEGER;
  throw new Fault(`${what} must be an integer, not ${typeName(value)}`);
}
