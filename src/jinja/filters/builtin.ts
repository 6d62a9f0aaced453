import { Fault } from '../values/fault.js';
import { bind, signatureOf, type Signature } from '../values/signature.js';
import { didYouMean } from '../values/suggest.js';
import type { Kwargs, Value } from '../values/value.js';
import type { FilterContext } from './context.js';

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

/** All built-in filters, or all tests. */
export class Builtins<Result> {
  readonly #kind: 'filter' | 'test';
  readonly #byName: ReadonlyMap<string, Builtin<Result>>;

  constructor(
    kind: 'filter' | 'test',
    builtins: Iterable<readonly [string, Builtin<Result>]>,
    aliases: readonly (readonly [alias: string, name: string])[],
  ) {
    const byName = new Map(builtins);
    for (const [alias, name] of aliases) {
      const builtin = byName.get(name);
      if (builtin !== undefined) byName.set(alias, builtin);
    }
    this.#kind = kind;
    this.#byName = byName;
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  apply(
    name: string,
    value: Value,
    args: readonly Value[],
    kwargs: Kwargs,
    context: FilterContext,
  ): Result {
    const builtin = this.#byName.get(name);
    if (builtin === undefined) {
      const hint = didYouMean(name, this.#byName.keys());
      throw new Fault(`No ${this.#kind} named '${name}'`, hint);
    }
    const { signature, run } = builtin;
    const bound =
      signature === undefined ? args : bind(`the ${this.#kind} '${name}'`, signature, args, kwargs);
    return run(value, bound, context, kwargs);
  }
}
