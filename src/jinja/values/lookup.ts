import { characters } from './characters.js';
import { Fault } from './fault.js';
import type { Meter } from './limits.js';
import { MacroValue } from './macro-value.js';
import { methodNames, methodOf, runMethod } from './methods/methods.js';
import { indexIn, slice } from './slice.js';
import { didYouMean } from './suggest.js';
import { repr } from './text.js';
import { typeName } from './type-name.js';
import { Undefined } from './undefined.js';
import { Dict, HostFunction, HostObject, Tuple, type Value } from './value.js';

/** What a lookup needs of the rendering it belongs to. */
export interface LookupContext {
  readonly meter: Meter;
  /** The value of what is not there; `hint` is asked for when it is used all the same. */
  undefinedValue(name: string, message: string, hint?: () => string | undefined): Undefined;
}

/** `object.name`: an attribute or method, else the element of that name. */
export function getAttribute(object: Value, name: string, context: LookupContext): Value {
  // Not `??` in this file: None is null, and an attribute that is None is there.
  const attribute = attributeOf(object, name, context);
  if (attribute !== undefined) return attribute;
  const element = elementOf(object, name);
  return element === undefined ? missingAttribute(object, name, context) : element;
}

/** `object | attr(name)`: never an element. */
export function getAttributeOnly(object: Value, name: string, context: LookupContext): Value {
  const attribute = attributeOf(object, name, context);
  return attribute === undefined ? missingAttribute(object, name, context) : attribute;
}

/** `object[key]`: an element, else, for a text, the attribute of that name. */
export function getItem(object: Value, key: Value, context: LookupContext): Value {
  const element = elementOf(object, key);
  if (element !== undefined) return element;
  if (typeof key === 'string') {
    return getAttributeOnly(object, key, context);
  }
  if (key instanceof Undefined && !(object instanceof Undefined)) key.failIfStrict();
  if (object instanceof Undefined) return missingAttribute(object, '', context);
  const message = `'${nameOf(object)}' has no element ${repr(key)}`;
  return context.undefinedValue(repr(key), message);
}

/** `object[start:stop:step]`. */
export function getSlice(
  object: Value,
  start: Value | undefined,
  stop: Value | undefined,
  step: Value | undefined,
  context: LookupContext,
): Value {
  if (object instanceof Undefined) return missingAttribute(object, '', context);
  if (object instanceof HostObject && object.slice !== undefined) {
    return object.slice(start ?? null, stop ?? null, step ?? null);
  }
  const result = slice(object, start, stop, step, context.meter);
  if (result === undefined) throw new Fault(`'${typeName(object)}' object cannot be sliced`);
  return result;
}

function attributeOf(object: Value, name: string, context: LookupContext): Value | undefined {
  if (object instanceof HostObject) return object.getAttribute?.(name);
  if (object instanceof Tuple && object.names !== undefined) {
    const index = object.names.indexOf(name);
    if (index !== -1) return object.items[index];
  }
  if (object instanceof MacroValue) {
    if (name === 'name') return object.name;
    if (name === 'arguments') return new Tuple(object.parameterNames);
    return undefined;
  }
  const method = methodOf(object, name);
  if (method === undefined) return undefined;
  return new HostFunction(name, (args, kwargs) =>
    runMethod(method, object, name, args, kwargs, context),
  );
}

function elementOf(object: Value, key: Value): Value | undefined {
  if (object instanceof Dict) {
    return Array.isArray(key) || key instanceof Dict ? undefined : object.get(key);
  }
  if (object instanceof HostObject) return object.getItem?.(key);
  if (Array.isArray(object)) {
    const index = indexIn(object.length, key);
    return index === undefined ? undefined : object[index];
  }
  if (object instanceof Tuple) {
    const index = indexIn(object.items.length, key);
    return index === undefined ? undefined : object.items[index];
  }
  if (typeof object === 'string') {
    const all = characters(object);
    const index = indexIn(all.length, key);
    return index === undefined ? undefined : all[index];
  }
  return undefined;
}

function missingAttribute(object: Value, name: string, context: LookupContext): Undefined {
  if (object instanceof Undefined) {
    if (!object.chains) object.fail();
    return object;
  }
  return context.undefinedValue(name, `'${nameOf(object)}' has no attribute '${name}'`, () => {
    const keys = object instanceof Dict ? [...object.keys()] : [];
    const names = keys.filter((key) => typeof key === 'string');
    return didYouMean(name, [...names, ...methodNames(object)]);
  });
}

function nameOf(object: Value): string {
  return object === null ? 'None' : `${typeName(object)} object`;
}
