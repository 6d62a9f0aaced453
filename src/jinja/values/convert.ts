import { Fault } from './fault.js';
import { MacroValue } from './macro-value.js';
import { Undefined } from './undefined.js';
import { Dict, Float, HostFunction, HostObject, Tuple, int, type Value } from './value.js';

const maxDepth = 500;
const maxNodes = 5_000_000;

/**
 * A value of a template from data of JavaScript: a number without a fraction is an int,
 * any other a float; arrays, maps and plain objects are copied; `undefined` is None.
 * Values of templates stay as they are. Throws for functions and class instances.
 */
export function fromHost(data: unknown): Value {
  return convertIn(data, 0);
}

function convertIn(data: unknown, depth: number): Value {
  if (depth > maxDepth) throw new Fault('The data is nested too deeply');
  switch (typeof data) {
    case 'string':
    case 'boolean':
      return data;
    case 'number':
      return Number.isSafeInteger(data) ? data + 0 : new Float(data);
    case 'bigint':
      return int(data);
    case 'undefined':
      return null;
    case 'object':
      break;
    default:
      throw new Fault(`A ${typeof data} cannot become a value of a template`);
  }
  if (data === null || isValue(data)) return data;
  if (Array.isArray(data)) return data.map((item) => convertIn(item, depth + 1));
  const prototype: unknown = Object.getPrototypeOf(data);
  const isMap = data instanceof Map;
  if (!isMap && prototype !== Object.prototype && prototype !== null) {
    throw new Fault('Only plain objects can become values of a template');
  }
  const dict = new Dict();
  const entries = isMap ? (data as Map<unknown, unknown>) : Object.entries(data);
  for (const [key, value] of entries)
    dict.set(convertIn(key, depth + 1), convertIn(value, depth + 1));
  return dict;
}

function isValue(
  data: object,
): data is Float | Tuple | Dict | Undefined | MacroValue | HostFunction | HostObject {
  return [Float, Tuple, Dict, Undefined, MacroValue, HostFunction, HostObject].some(
    (type) => data instanceof type,
  );
}

/**
 * Data of JavaScript from a value: floats are numbers, tuples arrays, dicts plain objects
 * with texts as keys, and other objects what their toHost gives, or their text. None and
 * undefined values are null. Throws for macros and functions.
 */
export function toHost(value: Value): unknown {
  const budget = { nodes: 0 };
  return convertOut(value, 0, budget);
}

function convertOut(value: Value, depth: number, budget: { nodes: number }): unknown {
  budget.nodes += 1;
  if (depth > maxDepth || budget.nodes > maxNodes) throw new Fault('The value is too large');
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item) => convertOut(item, depth + 1, budget));
  if (value instanceof Tuple) return value.items.map((item) => convertOut(item, depth + 1, budget));
  if (value instanceof Float) return value.value;
  if (value instanceof Undefined) return null;
  if (value instanceof Dict) {
    const data: Record<string, unknown> = {};
    for (const [key, item] of value.entries()) {
      // Defined, not assigned: a key '__proto__' must be a key like any other.
      Object.defineProperty(data, keyText(key), {
        value: convertOut(item, depth + 1, budget),
        enumerable: true,
        writable: true,
        configurable: true,
      });
    }
    return data;
  }
  if (value instanceof HostObject) {
    if (value.toHost === undefined) return value.toText();
    const data = value.toHost();
    return data !== null && typeof data === 'object' && (isValue(data) || Array.isArray(data))
      ? convertOut(data, depth + 1, budget)
      : data;
  }
  throw new Fault('A macro or function cannot become data');
}

function keyText(key: Value): string {
  if (typeof key === 'string') return key;
  if (key === null) return 'null';
  if (key instanceof Float) return String(key.value);
  if (typeof key === 'object') throw new Fault('Only text and numbers can be keys of data');
  return String(key);
}
