import { Fault } from '../fault.js';
import { indexIn } from '../slice.js';
import { repr } from '../text.js';
import { typeName } from '../type-name.js';
import { Dict, HostObject, Tuple, type Value } from '../value.js';

/** `{a.name}` in a format: only what objects of the host and named tuples show. */
export function attributeIn(value: Value, name: string): Value {
  let found: Value | undefined;
  if (value instanceof HostObject) found = value.getAttribute?.(name);
  else if (value instanceof Tuple) found = value.items[value.names?.indexOf(name) ?? -1];
  if (found === undefined) {
    throw new Fault(`'${typeName(value)}' object has no attribute '${name}'`);
  }
  return found;
}

/** `{a[key]}` in a format. */
export function itemIn(value: Value, key: Value): Value {
  let found: Value | undefined;
  if (value instanceof Dict) found = value.get(key);
  else if (value instanceof HostObject) found = value.getItem?.(key);
  else if (Array.isArray(value)) found = value[indexIn(value.length, key) ?? -1];
  else if (value instanceof Tuple) found = value.items[indexIn(value.items.length, key) ?? -1];
  if (found === undefined) {
    throw new Fault(`'${typeName(value)}' object has no element ${repr(key)}`);
  }
  return found;
}
