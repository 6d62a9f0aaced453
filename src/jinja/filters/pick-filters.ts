import { isTrue } from '../values/compare.js';
import { Fault } from '../values/fault.js';
import { iterate } from '../values/iterate.js';
import { getAttributeOnly } from '../values/lookup.js';
import { OneShot } from '../values/sequences.js';
import { toText } from '../values/text.js';
import { Undefined } from '../values/undefined.js';
import type { Kwargs, Value } from '../values/value.js';
import { attributePath } from './attribute-path.js';
import { builtinsOf } from './builtin.js';
import type { FilterContext } from './context.js';

/** As in Jinja2, None, 0 and false have no elements here, though they cannot be walked elsewhere. */
function isNothing(value: Value): boolean {
  return !(value instanceof Undefined) && !isTrue(value);
}

function map(value: Value, args: readonly Value[], context: FilterContext, kwargs: Kwargs): Value {
  if (isNothing(value)) return new OneShot([]);
  const convert = mapping(args, context, kwargs);
  const mapped: Value[] = [];
  for (const item of iterate(value)) {
    context.meter.step();
    mapped.push(convert(item));
  }
  context.meter.list(mapped.length);
  return new OneShot(mapped);
}

function mapping(
  args: readonly Value[],
  context: FilterContext,
  kwargs: Kwargs,
): (value: Value) => Value {
  const attribute = kwargs.get('attribute');
  if (args.length === 0 && attribute !== undefined) {
    for (const key of kwargs.keys()) {
      if (key !== 'attribute' && key !== 'default') {
        throw new Fault(`the filter 'map' takes no argument '${key}'`);
      }
    }
    return attributePath(attribute, context, kwargs.get('default'));
  }
  const [name, ...rest] = args;
  if (typeof name !== 'string') throw new Fault('map requires a filter argument');
  return (item) => context.applyFilter(name, item, rest, kwargs);
}

function pick(wanted: boolean, byAttribute: boolean) {
  return (
    value: Value,
    given: readonly (Value | undefined)[],
    context: FilterContext,
    kwargs: Kwargs,
  ): Value => {
    if (isNothing(value)) return new OneShot([]);
    const args = given as readonly Value[];
    const path = args[0];
    if (byAttribute && path === undefined) throw new Fault('Missing parameter for attribute name');
    const read = byAttribute ? attributePath(path as Value, context) : (item: Value) => item;
    const [name, ...rest] = args.slice(byAttribute ? 1 : 0);
    const picked: Value[] = [];
    for (const item of iterate(value)) {
      context.meter.step();
      const tested = read(item);
      const passes =
        name === undefined
          ? isTrue(tested)
          : context.applyTest(typeof name === 'string' ? name : '', tested, rest, kwargs);
      if (passes === wanted) picked.push(item);
    }
    return new OneShot(picked);
  };
}

/** The filters that apply other filters or tests to each element. */
export const pickFilters = builtinsOf<Value>({
  map: [
    undefined,
    (value, args, context, kwargs) => map(value, args as readonly Value[], context, kwargs),
  ],
  select: [undefined, pick(true, false)],
  reject: [undefined, pick(false, false)],
  selectattr: [undefined, pick(true, true)],
  rejectattr: [undefined, pick(false, true)],
  attr: [
    'name',
    (value, [name], context) => getAttributeOnly(value, toText(name as Value), context),
  ],
});
