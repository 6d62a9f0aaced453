import { characters, textLength } from './characters.js';
import { Fault } from './fault.js';
import { typeName } from './type-name.js';
import { Undefined } from './undefined.js';
import { Dict, HostObject, Tuple, type Value } from './value.js';

/** What Python's `for x in value` goes through. Throws for what cannot be iterated. */
export function iterate(value: Value): Iterable<Value> {
  if (Array.isArray(value)) return value;
  if (value instanceof Tuple) return value.items;
  if (value instanceof Dict) return value.keys();
  if (typeof value === 'string') return characters(value);
  if (value instanceof Undefined) {
    value.failIfStrict();
    return [];
  }
  if (value instanceof HostObject && value.iterate !== undefined) return value.iterate();
  throw new Fault(`'${typeName(value)}' object is not iterable`);
}

/** Python's `len(value)`; undefined when it has none. */
export function lengthOf(value: Value): number | undefined {
  if (Array.isArray(value)) return value.length;
  if (typeof value === 'string') return textLength(value);
  if (value instanceof Dict) return value.size;
  if (value instanceof Tuple) return value.items.length;
  if (value instanceof Undefined) {
    value.failIfStrict();
    return 0;
  }
  return value instanceof HostObject ? value.length?.() : undefined;
}
