import type { FilterContext } from './context.js';
import { signatureOf, type Signature } from '../values/signature.js';
import type { Kwargs, Value } from '../values/value.js';

/** A built-in filter or test. Without a signature it sees the arguments as they come. */
export interface Builtin<Result> {
  readonly signature: Signature | undefined;
  readonly run: (
    value: Value,
    args: readonly (Value | undefined)[],
    context: FilterContext,
    kwargs: Kwargs,
  ) => Result;
}

export type BuiltinTable<Result> = Readonly<
  Record<string, readonly [parameters: string | undefined, run: Builtin<Result>['run']]>
>;

/** The filters or tests of a table by name. */
export function builtinsOf<Result>(
  table: BuiltinTable<Result>,
): readonly (readonly [string, Builtin<Result>])[] {
  return Object.entries(table).map(([name, [parameters, run]]) => [
    name,
    { signature: parameters === undefined ? undefined : signatureOf(parameters), run },
  ]);
}
