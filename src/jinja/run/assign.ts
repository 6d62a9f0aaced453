import type { Target } from '../parse/ast.js';
import { Fault } from '../values/fault.js';
import { iterate } from '../values/iterate.js';
import { HostObject, type Value } from '../values/value.js';
import type { Frame } from './frame.js';
import type { Runtime } from './runtime.js';

/** Assigns a value to a name, a field of a namespace, or several of them. */
export function assign(target: Target, value: Value, frame: Frame, runtime: Runtime): void {
  if (target.kind === 'name') {
    frame.set(target.name, value);
    return;
  }
  runtime.at = target.at;
  if (target.kind === 'field') {
    const object = runtime.resolve(target.object, frame);
    if (!(object instanceof HostObject) || object.setAttribute?.(target.name, value) !== true) {
      throw new Fault('cannot assign attribute on non-namespace object');
    }
    return;
  }
  const { targets } = target;
  const values: Value[] = [];
  for (const item of iterate(value)) {
    values.push(item);
    if (values.length > targets.length) {
      throw new Fault(`too many values to unpack (expected ${targets.length})`);
    }
  }
  if (values.length < targets.length) {
    throw new Fault(
      `not enough values to unpack (expected ${targets.length}, got ${values.length})`,
    );
  }
  targets.forEach((inner, i) => assign(inner, values[i] as Value, frame, runtime));
}
