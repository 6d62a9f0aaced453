import { Fault } from '../fault.js';
import type { Meter } from '../limits.js';
import { signatureOf, type Signature } from '../signature.js';
import { typeName } from '../type-name.js';
import { Undefined } from '../undefined.js';
import type { Kwargs, Value } from '../value.js';

/** A method of a built-in type. Without a signature it sees the arguments as they come. */
export interface Method<Self extends Value = never> {
  readonly signature: Signature | undefined;
  readonly run: (
    self: Self,
    args: readonly (Value | undefined)[],
    meter: Meter,
    kwargs: Kwargs,
  ) => Value;
}

export type MethodTable<Self extends Value> = Readonly<
  Record<string, readonly [parameters: string | undefined, run: Method<Self>['run']]>
>;

/** The methods of a table by name. A map, so that no name reaches an object's prototype. */
export function methodsOf<Self extends Value>(
  table: MethodTable<Self>,
): ReadonlyMap<string, Method<Self>> {
  return new Map(
    Object.entries(table).map(([name, [parameters, run]]) => [
      name,
      { signature: parameters === undefined ? undefined : signatureOf(parameters), run },
    ]),
  );
}

/** The text that a method was given as an argument. */
export function textOf(value: Value | undefined): string {
  if (typeof value === 'string') return value;
  if (value instanceof Undefined) value.fail();
  throw new Fault(`must be text, not ${value === undefined ? 'missing' : typeName(value)}`);
}
