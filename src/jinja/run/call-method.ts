import { getAttribute } from '../values/lookup.js';
import { methodOf, runMethod } from '../values/methods/methods.js';
import { HostObject, type HostResult, type Kwargs, type Value } from '../values/value.js';
import { callValue } from './call.js';
import type { Runtime } from './runtime.js';

/** `object.name(…)`: the methods of built-in values are run without making a value of them. */
export function callMethod(
  object: Value,
  name: string,
  args: readonly Value[],
  kwargs: Kwargs,
  runtime: Runtime,
): HostResult {
  if (object instanceof HostObject) {
    const result = object.callMethod?.(name, args, kwargs, runtime);
    if (result !== undefined) {
      runtime.meter.step();
      return result;
    }
  } else {
    const method = methodOf(object, name);
    if (method !== undefined) return runMethod(method, object, name, args, kwargs, runtime);
  }
  return callValue(getAttribute(object, name, runtime), args, kwargs, runtime);
}
