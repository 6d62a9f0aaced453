import { arithmetic } from '../values/arithmetic.js';
import { characters } from '../values/characters.js';
import { compare, equals, isTrue } from '../values/compare.js';
import { Fault } from '../values/fault.js';
import { iterate, lengthOf } from '../values/iterate.js';
import { DictView, OneShot } from '../values/sequences.js';
import { integerOf } from '../values/slice.js';
import { sorted } from '../values/sort.js';
import { toText } from '../values/text.js';
import { typeName } from '../values/type-name.js';
import { Undefined } from '../values/undefined.js';
import { Dict, Tuple, type Value } from '../values/value.js';
import { attributePath, attributePaths, ignoringCase } from './attribute-path.js';
import { builtinsOf } from './builtin.js';
import type { FilterContext } from './context.js';

type Optional = Value | undefined;

function listOf(value: Value, context: FilterContext): Value[] {
  const items = [...iterate(value)];
  context.meter.list(items.length);
  return items;
}

/** The key that elements are compared by. */
function keyOf(attribute: Optional, caseSensitive: Optional, context: FilterContext) {
  const read =
    (attribute ?? null) === null
      ? (value: Value) => value
      : attributePaths(attribute as Value, context);
  return isTrue(caseSensitive ?? false) ? read : (value: Value) => ignoringCase(read(value));
}

function first(value: Value, context: FilterContext): Value {
  for (const item of iterate(value)) return item;
  return context.undefinedValue('first', 'No first item, sequence was empty.');
}

function last(value: Value, context: FilterContext): Value {
  if (value instanceof OneShot) throw new Fault(`'${value.typeName}' object is not reversible`);
  const item = listOf(value, context).at(-1);
  return item === undefined
    ? context.undefinedValue('last', 'No last item, sequence was empty.')
    : item;
}

function reverse(value: Value, context: FilterContext): Value {
  if (typeof value === 'string') {
    const all = characters(value);
    return (typeof all === 'string' ? Array.from(all) : all).reverse().join('');
  }
  return new OneShot(listOf(value, context).reverse(), 'list_reverseiterator');
}

function extreme(
  value: Value,
  [caseSensitive, attribute]: readonly Optional[],
  context: FilterContext,
  direction: 1 | -1,
): Value {
  const key = keyOf(attribute, caseSensitive, context);
  let best: Optional;
  let bestKey: Optional;
  for (const item of listOf(value, context)) {
    const itemKey = key(item);
    if (bestKey === undefined || direction * compare(itemKey, bestKey, '<', context.meter) > 0) {
      best = item;
      bestKey = itemKey;
    }
  }
  return best === undefined
    ? context.undefinedValue('', 'No aggregated item, sequence was empty.')
    : best;
}

function sum(
  value: Value,
  [attribute, start = 0]: readonly Optional[],
  context: FilterContext,
): Value {
  const read =
    (attribute ?? null) === null ? undefined : attributePath(attribute as Value, context);
  let total = start;
  for (const item of iterate(value)) {
    context.meter.step();
    total = arithmetic('+', total, read === undefined ? item : read(item), context.meter);
  }
  return total;
}

function unique(
  value: Value,
  [caseSensitive, attribute]: readonly Optional[],
  context: FilterContext,
): Value {
  const key = keyOf(attribute, caseSensitive, context);
  const seen = new Dict();
  const found: Value[] = [];
  for (const item of listOf(value, context)) {
    const itemKey = key(item);
    if (seen.has(itemKey)) continue;
    seen.set(itemKey, true);
    found.push(item);
  }
  return new OneShot(found);
}

function join(
  value: Value,
  [separator = '', attribute]: readonly Optional[],
  context: FilterContext,
): string {
  const between = toText(separator);
  const read =
    (attribute ?? null) === null ? undefined : attributePath(attribute as Value, context);
  const parts: string[] = [];
  let length = 0;
  for (const item of iterate(value)) {
    const text = toText(read === undefined ? item : read(item));
    parts.push(text);
    length += text.length + between.length;
    if (length > context.meter.limits.textLength) context.meter.text(length);
  }
  context.meter.step(parts.length >> 3);
  context.meter.text(length);
  return parts.join(between);
}

function batch(value: Value, [count, fill]: readonly Optional[], context: FilterContext): Value {
  const size = integerOf(count as Value, 'the size of a batch');
  const batches: Value[][] = [];
  for (const item of listOf(value, context)) {
    const current = batches.at(-1);
    if (current === undefined || current.length >= size) batches.push([item]);
    else current.push(item);
  }
  fillUp(batches.at(-1), size, fill, context);
  return new OneShot(batches);
}

function fillUp(
  list: Value[] | undefined,
  size: number,
  fill: Optional,
  context: FilterContext,
): void {
  if (list === undefined || (fill ?? null) === null) return;
  context.meter.list(size);
  while (list.length < size) list.push(fill as Value);
}

function slices(value: Value, [count, fill]: readonly Optional[], context: FilterContext): Value {
  const number = integerOf(count as Value, 'the number of slices');
  context.meter.list(Math.max(0, number));
  const items = listOf(value, context);
  if (number === 0) throw new Fault('integer division or modulo by zero');
  const each = Math.floor(items.length / number);
  const longer = items.length % number;
  const made: Value[][] = [];
  let start = 0;
  for (let i = 0; i < number; i += 1) {
    const end = start + each + (i < longer ? 1 : 0);
    const part = items.slice(start, end);
    if (i >= longer) fillUp(part, each + 1, fill, context);
    made.push(part);
    start = end;
  }
  return new OneShot(made);
}

function groupBy(
  value: Value,
  [attribute, fallback, caseSensitive]: readonly Optional[],
  context: FilterContext,
): Value {
  const read = attributePath(attribute as Value, context, fallback);
  const ignore = !isTrue(caseSensitive ?? false);
  const key = (item: Value): Value => (ignore ? ignoringCase(read(item)) : read(item));
  const groups: { key: Value; name: Value; items: Value[] }[] = [];
  for (const item of sorted(listOf(value, context), key, false, context.meter)) {
    const itemKey = key(item);
    const group = groups.at(-1);
    if (group !== undefined && equals(group.key, itemKey, context.meter)) group.items.push(item);
    else groups.push({ key: itemKey, name: read(item), items: [item] });
  }
  return groups.map(({ name, items }) => new Tuple([name, items], ['grouper', 'list']));
}

function dictSort(
  value: Value,
  [caseSensitive, by = 'key', reversed = false]: readonly Optional[],
  context: FilterContext,
): Value {
  if (by !== 'key' && by !== 'value') {
    throw new Fault("You can only sort by either 'key' or 'value'");
  }
  const index = by === 'key' ? 0 : 1;
  const ignore = !isTrue(caseSensitive ?? false);
  const items = pairsOf(value).map((pair) => new Tuple(pair));
  const key = (pair: Value): Value => {
    const part = (pair as Tuple).items[index] as Value;
    return ignore ? ignoringCase(part) : part;
  };
  return sorted(items, key, isTrue(reversed), context.meter);
}

function pairsOf(value: Value): [Value, Value][] {
  if (value instanceof Dict) return [...value.entries()];
  if (value instanceof Undefined) value.fail();
  throw new Fault(`'${typeName(value)}' object has no items`);
}

function items(value: Value): Value {
  if (value instanceof Undefined) return [];
  if (!(value instanceof Dict)) throw new Fault('Can only get item pairs from a mapping.');
  return new OneShot([...new DictView(value, 'items').iterate()]);
}

function length(value: Value): number {
  const size = lengthOf(value);
  if (size === undefined) throw new Fault(`object of type '${typeName(value)}' has no len()`);
  return size;
}

/** The filters over lists and dicts. */
export const sequenceFilters = builtinsOf<Value>({
  length: ['', length],
  first: ['', (value, _args, context) => first(value, context)],
  last: ['', (value, _args, context) => last(value, context)],
  list: ['', (value, _args, context) => listOf(value, context)],
  reverse: ['', (value, _args, context) => reverse(value, context)],
  sort: [
    'reverse? case_sensitive? attribute?',
    (value, [reversed = false, caseSensitive, attribute], context) =>
      sorted(
        listOf(value, context),
        keyOf(attribute, caseSensitive, context),
        isTrue(reversed),
        context.meter,
      ),
  ],
  min: ['case_sensitive? attribute?', (value, args, context) => extreme(value, args, context, -1)],
  max: ['case_sensitive? attribute?', (value, args, context) => extreme(value, args, context, 1)],
  sum: ['attribute? start?', sum],
  unique: ['case_sensitive? attribute?', unique],
  join: ['d? attribute?', join],
  batch: ['linecount fill_with?', batch],
  slice: ['slices fill_with?', slices],
  groupby: ['attribute default? case_sensitive?', groupBy],
  dictsort: ['case_sensitive? by? reverse?', dictSort],
  items: ['', items],
});
