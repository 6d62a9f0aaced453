import { isTrue } from '../values/compare.js';
import { Fault } from '../values/fault.js';
import { mustWait } from '../values/must-wait.js';
import { Undefined } from '../values/undefined.js';
import type { Kwargs, Value } from '../values/value.js';
import { Builtins, builtinsOf } from './builtin.js';
import type { FilterContext } from './context.js';
import { nativeFilters } from './native-filters.js';
import { numberFilters } from './number-filters.js';
import { pickFilters } from './pick-filters.js';
import { sequenceFilters } from './sequence-filters.js';
import { textFilters } from './text-filters.js';

const general = builtinsOf<Value>({
  default: [
    'default_value? boolean?',
    (value, [fallback = '', boolean = false]) =>
      value instanceof Undefined || (isTrue(boolean) && !isTrue(value)) ? fallback : value,
  ],
});

const filters = new Builtins<Value>(
  'filter',
  [
    ...general,
    ...textFilters,
    ...sequenceFilters,
    ...pickFilters,
    ...numberFilters,
    ...nativeFilters,
  ],
  [
    ['d', 'default'],
    ['count', 'length'],
    ['e', 'escape'],
  ],
);

/** True when `| name` would find a filter. */
export function hasFilter(name: string, context: FilterContext): boolean {
  return filters.has(name) || context.options.filters?.has(name) === true;
}

/** `value | name(args)`. */
export function applyFilter(
  name: string,
  value: Value,
  args: readonly Value[],
  kwargs: Kwargs,
  context: FilterContext,
): Value {
  context.meter.step(typeof value === 'string' ? 1 + (value.length >> 4) : 1);
  const own = context.options.filters?.get(name);
  if (own !== undefined) {
    const result = own.call([value, ...args], kwargs, context);
    if (mustWait(result)) throw new Fault(`The filter '${name}' cannot wait for the database here`);
    return result;
  }
  const result = filters.apply(name, value, args, kwargs, context);
  if (typeof result === 'string') context.meter.text(result.length);
  return result;
}
