import { Dict, HostObject, type HostResult, type Value, type Waiting } from './value.js';

const generatorPrototype: unknown = Object.getPrototypeOf(
  Object.getPrototypeOf((function* () {})()),
);

/** True for an answer that has to be waited for; false for a value. */
export function mustWait(result: HostResult): result is Promise<Value> | Waiting<Value> {
  if (typeof result !== 'object' || result === null) return false;
  if (Array.isArray(result) || result instanceof HostObject || result instanceof Dict) return false;
  if (result instanceof Promise || 'then' in result) return true;
  return Object.getPrototypeOf(Object.getPrototypeOf(result)) === generatorPrototype;
}

/** The value that a host's answer comes to. */
export function* settle(result: Promise<Value> | Waiting<Value>): Waiting<Value> {
  const value = 'then' in result ? ((yield result) as Value) : yield* result;
  // A host function without an answer gives None, as in Python.
  return value ?? null;
}
