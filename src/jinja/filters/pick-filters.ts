import { attributePath } from './attribute-path.js';
import { isTrue } from '../values/compare.js';
import { Fault } from '../parse/place.js';
import { builtinsOf } from './builtin.js';
import { applyFilter } from './filters.js';
import { iterate } from '../values/iterate.js';
import { getAttributeOnly } from '../values/lookup.js';
import type { Runtime } from '../run/runtime.js';
import { OneShot } from '../values/sequences.js';
import { applyTest } from './tests.js';
import { toText } from '../values/text.js';
import type { Kwargs, Value } from '../values/value.js';

function map(value: Value, args: readonly Value[], runtime: Runtime, kwargs: Kwargs): Value {
  const convert = mapping(args, runtime, kwargs);
  const mapped: Value[] = [];
  for (const item of iterate(value)) {
    runtime.meter.step();
    mapped.push(convert(item));
  }
  runtime.meter.list(mapped.length);
  return new OneShot(mapped);
}

function mapping(
  args: readonly Value[],
  runtime: Runtime,
  kwargs: Kwargs,
): (value: Value) => Value {
  const attribute = kwargs.get('attribute');
  if (args.length === 0 && attribute !== undefined) {
    for (const key of kwargs.keys()) {
      if (key !== 'attribute' && key !== 'default') {
        throw new Fault(`the filter 'map' takes no argument '${key}'`);
      }
    }
    return attributePath(attribute, runtime, kwargs.get('default'));
  }
  const [name, ...rest] = args;
  if (typeof name !== 'string') throw new Fault('map requires a filter argument');
  return (item) => applyFilter(name, item, rest, kwargs, runtime);
}

function pick(wanted: boolean, byAttribute: boolean) {
  return (
    value: Value,
    given: readonly (Value | undefined)[],
    runtime: Runtime,
    kwargs: Kwargs,
  ): Value => {
    const args = given as readonly Value[];
    const path = args[0];
    if (byAttribute && path === undefined) throw new Fault('Missing parameter for attribute name');
    const read = byAttribute ? attributePath(path as Value, runtime) : (item: Value) => item;
    const [name, ...rest] = args.slice(byAttribute ? 1 : 0);
    const picked: Value[] = [];
    for (const item of iterate(value)) {
      runtime.meter.step();
      const tested = read(item);
      const passes =
        name === undefined
          ? isTrue(tested)
          : applyTest(typeof name === 'string' ? name : '', tested, rest, kwargs, runtime);
      if (passes === wanted) picked.push(item);
    }
    return new OneShot(picked);
  };
}

/** The filters that apply other filters or tests to each element. */
export const pickFilters = builtinsOf<Value>({
  map: [
    undefined,
    (value, args, runtime, kwargs) => map(value, args as readonly Value[], runtime, kwargs),
  ],
  select: [undefined, pick(true, false)],
  reject: [undefined, pick(false, false)],
  selectattr: [undefined, pick(true, true)],
  rejectattr: [undefined, pick(false, true)],
  attr: [
    'name',
    (value, [name], runtime) => getAttributeOnly(value, toText(name as Value), runtime),
  ],
});
