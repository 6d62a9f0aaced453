import { Fault } from '../values/fault.js';
import type { Meter } from '../values/limits.js';
import { mustWait, settle } from '../values/must-wait.js';
import { typeName } from '../values/type-name.js';
import { Undefined } from '../values/undefined.js';
import {
  HostFunction,
  HostObject,
  type CallContext,
  type HostResult,
  type Kwargs,
  type Value,
  type Waiting,
} from '../values/value.js';
import { Macro } from './macro.js';

/** The rendering that a call is made in. */
export interface Rendering extends CallContext {
  readonly meter: Meter;
  callMacro(macro: Macro, args: readonly Value[], kwargs: Kwargs): Waiting<Value>;
}

/** Calls a value. */
export function* callValue(
  callee: Value,
  args: readonly Value[],
  kwargs: Kwargs,
  rendering: Rendering,
): Waiting<Value> {
  const result = startCall(callee, args, kwargs, rendering);
  return mustWait(result) ? yield* settle(result) : (result ?? null);
}

/** As callValue, with the answer as it comes: a value, or a promise or run of one. */
export function startCall(
  callee: Value,
  args: readonly Value[],
  kwargs: Kwargs,
  rendering: Rendering,
): HostResult {
  rendering.meter.step();
  if (callee instanceof HostFunction) return callee.call(args, kwargs, rendering);
  if (callee instanceof Macro) return rendering.callMacro(callee, args, kwargs);
  if (callee instanceof HostObject && callee.call !== undefined) {
    return callee.call(args, kwargs, rendering);
  }
  if (callee instanceof Undefined) return callee.call();
  throw new Fault(`'${typeName(callee)}' object is not callable`);
}
