import { isTrue } from './compare.js';
import { mustWait } from './must-wait.js';
import { Fault } from './errors.js';
import { type Builtin, builtinsOf } from './filter.js';
import { numberFilters } from './filters-number.js';
import { pickFilters } from './filters-pick.js';
import { sequenceFilters } from './filters-sequence.js';
import { textFilters } from './filters-text.js';
import { nativeFilters } from './native.js';
import type { Runtime } from './runtime.js';
import { bind } from './signature.js';
import { didYouMean } from './suggest.js';
import { Undefined } from './undefined.js';
import type { Kwargs, Value } from './values.js';

const general = builtinsOf<Value>({
  default: [
    'default_value? boolean?',
    (value, [fallback = '', boolean = false]) =>
      value instanceof Undefined || (isTrue(boolean) && !isTrue(value)) ? fallback : value,
  ],
});

const filters = new Map<string, Builtin<Value>>([
  ...general,
  ...textFilters,
  ...sequenceFilters,
  ...pickFilters,
  ...numberFilters,
  ...nativeFilters,
]);
for (const [alias, name] of [
  ['d', 'default'],
  ['count', 'length'],
  ['e', 'escape'],
] as const) {
  const filter = filters.get(name);
  if (filter !== undefined) filters.set(alias, filter);
}

/** True when `| name` would find a filter. */
export function hasFilter(name: string, runtime: Runtime): boolean {
  return filters.has(name) || runtime.options.filters?.has(name) === true;
}

/** `value | name(args)`. */
export function applyFilter(
  name: string,
  value: Value,
  args: readonly Value[],
  kwargs: Kwargs,
  runtime: Runtime,
): Value {
  runtime.meter.step(typeof value === 'string' ? 1 + (value.length >> 4) : 1);
  const own = runtime.options.filters?.get(name);
  if (own !== undefined) {
    const result = own.call([value, ...args], kwargs, runtime);
    if (mustWait(result)) throw new Fault(`The filter '${name}' cannot wait for the database here`);
    return result;
  }
  const filter = filters.get(name);
  if (filter === undefined) {
    throw new Fault(`No filter named '${name}'`, didYouMean(name, filters.keys()));
  }
  const { signature, run } = filter;
  const bound =
    signature === undefined ? args : bind(`the filter '${name}'`, signature, args, kwargs);
  const result = run(value, bound, runtime, kwargs);
  if (typeof result === 'string') runtime.meter.text(result.length);
  return result;
}
