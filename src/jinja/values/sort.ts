import { compare } from './compare.js';
import type { Meter } from './limits.js';
import type { Value } from './value.js';

/** Python's `sorted(values, key=key, reverse=reverse)`: equal elements keep their order. */
export function sorted(
  values: readonly Value[],
  key: (value: Value) => Value,
  reverse: boolean,
  meter: Meter,
): Value[] {
  meter.list(values.length);
  const keyed = values.map((value) => ({ value, key: key(value) }));
  const direction = reverse ? -1 : 1;
  keyed.sort((a, b) => {
    meter.step();
    return direction * compare(a.key, b.key, '<', meter);
  });
  return keyed.map(({ value }) => value);
}
