import { MacroValue } from './macro-value.js';
import { Undefined } from './undefined.js';
import { Dict, Float, HostFunction, HostObject, Tuple, type Value } from './value.js';

/** Python's name of a value's type, for messages. */
export function typeName(value: Value): string {
  if (value === null) return 'NoneType';
  if (typeof value === 'string') return 'str';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number' || typeof value === 'bigint') return 'int';
  if (Array.isArray(value)) return 'list';
  if (value instanceof Float) return 'float';
  if (value instanceof Dict) return 'dict';
  if (value instanceof Tuple) return 'tuple';
  if (value instanceof Undefined) return 'Undefined';
  if (value instanceof MacroValue) return 'macro';
  if (value instanceof HostFunction) return 'function';
  return value instanceof HostObject ? value.typeName : 'object';
}
