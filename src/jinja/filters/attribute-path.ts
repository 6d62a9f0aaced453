import { Fault } from '../values/fault.js';
import { getItem } from '../values/lookup.js';
import { Undefined } from '../values/undefined.js';
import type { Value } from '../values/value.js';
import type { FilterContext } from './context.js';

/** Reads the attribute that filters are given by name: `'a'`, `'a.b.0'` or an index. */
export function attributePath(
  path: Value,
  context: FilterContext,
  fallback?: Value,
): (value: Value) => Value {
  const parts = partsOf(path);
  return (value) => {
    let found = value;
    for (const part of parts) {
      found = getItem(found, part, context);
      if (found instanceof Undefined && (fallback ?? null) !== null) found = fallback as Value;
    }
    return found;
  };
}

/** As attributePath for several attributes with commas between: gives a list of them. */
export function attributePaths(path: Value, context: FilterContext): (value: Value) => Value {
  if (typeof path !== 'string' || !path.includes(',')) return attributePath(path, context);
  const readers = path.split(',').map((part) => attributePath(part, context));
  return (value) => readers.map((read) => read(value));
}

function partsOf(path: Value): Value[] {
  if (typeof path === 'number') return [path];
  if (typeof path !== 'string') throw new Fault('The name of an attribute must be text');
  return path.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** Texts in lower case, so that they compare without their case. */
export function ignoringCase(value: Value): Value {
  if (typeof value === 'string') return value.toLowerCase();
  return Array.isArray(value) ? value.map(ignoringCase) : value;
}
