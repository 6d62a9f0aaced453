import { arithmetic } from '../values/arithmetic.js';
import { attributePath, attributePaths, ignoringCase } from './attribute-path.js';
import { characters } from '../values/characters.js';
import { compare, equals, isTrue } from '../values/compare.js';
import { Dict } from '../values/dict.js';
import { Fault } from '../parse/place.js';
import { builtinsOf } from './builtin.js';
import { iterate, lengthOf } from '../values/iterate.js';
import type { Runtime } from '../run/runtime.js';
import { DictView, OneShot } from '../values/sequences.js';
import { integerOf } from '../values/slice.js';
import { sorted } from '../values/sort.js';
import { toText } from '../values/text.js';
import { typeName } from '../values/type-name.js';
import { Undefined } from '../values/undefined.js';
import { Tuple, type Value } from '../values/value.js';

type Optional = Value | undefined;

function listOf(value: Value, runtime: Runtime): Value[] {
  const items = [...iterate(value)];
  runtime.meter.list(items.length);
  return items;
}

/** The key that elements are compared by. */
function keyOf(attribute: Optional, caseSensitive: Optional, runtime: Runtime) {
  const read =
    (attribute ?? null) === null
      ? (value: Value) => value
      : attributePaths(attribute as Value, runtime);
  return isTrue(caseSensitive ?? false) ? read : (value: Value) => ignoringCase(read(value));
}

function first(value: Value, runtime: Runtime): Value {
  for (const item of iterate(value)) return item;
  return runtime.undefinedValue('first', 'No first item, sequence was empty.');
}

function last(value: Value, runtime: Runtime): Value {
  if (value instanceof OneShot) throw new Fault(`'${value.typeName}' object is not reversible`);
  const item = listOf(value, runtime).at(-1);
  return item === undefined
    ? runtime.undefinedValue('last', 'No last item, sequence was empty.')
    : item;
}

function reverse(value: Value, runtime: Runtime): Value {
  if (typeof value === 'string') {
    const all = characters(value);
    return (typeof all === 'string' ? Array.from(all) : all).reverse().join('');
  }
  return new OneShot(listOf(value, runtime).reverse(), 'list_reverseiterator');
}

function extreme(
  value: Value,
  [caseSensitive, attribute]: readonly Optional[],
  runtime: Runtime,
  direction: 1 | -1,
): Value {
  const key = keyOf(attribute, caseSensitive, runtime);
  let best: Optional;
  let bestKey: Optional;
  for (const item of listOf(value, runtime)) {
    const itemKey = key(item);
    if (bestKey === undefined || direction * compare(itemKey, bestKey, '<', runtime.meter) > 0) {
      best = item;
      bestKey = itemKey;
    }
  }
  return best === undefined
    ? runtime.undefinedValue('', 'No aggregated item, sequence was empty.')
    : best;
}

function sum(value: Value, [attribute, start = 0]: readonly Optional[], runtime: Runtime): Value {
  const read =
    (attribute ?? null) === null ? undefined : attributePath(attribute as Value, runtime);
  let total = start;
  for (const item of iterate(value)) {
    runtime.meter.step();
    total = arithmetic('+', total, read === undefined ? item : read(item), runtime.meter);
  }
  return total;
}

function unique(
  value: Value,
  [caseSensitive, attribute]: readonly Optional[],
  runtime: Runtime,
): Value {
  const key = keyOf(attribute, caseSensitive, runtime);
  const seen = new Dict();
  const found: Value[] = [];
  for (const item of listOf(value, runtime)) {
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
  runtime: Runtime,
): string {
  const between = toText(separator);
  const read =
    (attribute ?? null) === null ? undefined : attributePath(attribute as Value, runtime);
  const parts: string[] = [];
  let length = 0;
  for (const item of iterate(value)) {
    const text = toText(read === undefined ? item : read(item));
    parts.push(text);
    length += text.length + between.length;
    if (length > runtime.meter.limits.textLength) runtime.meter.text(length);
  }
  runtime.meter.step(parts.length >> 3);
  runtime.meter.text(length);
  return parts.join(between);
}

function batch(value: Value, [count, fill]: readonly Optional[], runtime: Runtime): Value {
  const size = integerOf(count as Value, 'the size of a batch');
  const batches: Value[][] = [];
  for (const item of listOf(value, runtime)) {
    const current = batches.at(-1);
    if (current === undefined || current.length >= size) batches.push([item]);
    else current.push(item);
  }
  fillUp(batches.at(-1), size, fill, runtime);
  return new OneShot(batches);
}

function fillUp(list: Value[] | undefined, size: number, fill: Optional, runtime: Runtime): void {
  if (list === undefined || (fill ?? null) === null) return;
  runtime.meter.list(size);
  while (list.length < size) list.push(fill as Value);
}

function slices(value: Value, [count, fill]: readonly Optional[], runtime: Runtime): Value {
  const number = integerOf(count as Value, 'the number of slices');
  runtime.meter.list(Math.max(0, number));
  const items = listOf(value, runtime);
  if (number === 0) throw new Fault('integer division or modulo by zero');
  const each = Math.floor(items.length / number);
  const longer = items.length % number;
  const made: Value[][] = [];
  let start = 0;
  for (let i = 0; i < number; i += 1) {
    const end = start + each + (i < longer ? 1 : 0);
    const part = items.slice(start, end);
    if (i >= longer) fillUp(part, each + 1, fill, runtime);
    made.push(part);
    start = end;
  }
  return new OneShot(made);
}

function groupBy(
  value: Value,
  [attribute, fallback, caseSensitive]: readonly Optional[],
  runtime: Runtime,
): Value {
  const read = attributePath(attribute as Value, runtime, fallback);
  const ignore = !isTrue(caseSensitive ?? false);
  const key = (item: Value): Value => (ignore ? ignoringCase(read(item)) : read(item));
  const groups: { key: Value; name: Value; items: Value[] }[] = [];
  for (const item of sorted(listOf(value, runtime), key, false, runtime.meter)) {
    const itemKey = key(item);
    const group = groups.at(-1);
    if (group !== undefined && equals(group.key, itemKey, runtime.meter)) group.items.push(item);
    else groups.push({ key: itemKey, name: read(item), items: [item] });
  }
  return groups.map(({ name, items }) => new Tuple([name, items], ['grouper', 'list']));
}

function dictSort(
  value: Value,
  [caseSensitive, by = 'key', reversed = false]: readonly Optional[],
  runtime: Runtime,
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
  return sorted(items, key, isTrue(reversed), runtime.meter);
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
  first: ['', (value, _args, runtime) => first(value, runtime)],
  last: ['', (value, _args, runtime) => last(value, runtime)],
  list: ['', (value, _args, runtime) => listOf(value, runtime)],
  reverse: ['', (value, _args, runtime) => reverse(value, runtime)],
  sort: [
    'reverse? case_sensitive? attribute?',
    (value, [reversed = false, caseSensitive, attribute], runtime) =>
      sorted(
        listOf(value, runtime),
        keyOf(attribute, caseSensitive, runtime),
        isTrue(reversed),
        runtime.meter,
      ),
  ],
  min: ['case_sensitive? attribute?', (value, args, runtime) => extreme(value, args, runtime, -1)],
  max: ['case_sensitive? attribute?', (value, args, runtime) => extreme(value, args, runtime, 1)],
  sum: ['attribute? start?', sum],
  unique: ['case_sensitive? attribute?', unique],
  join: ['d? attribute?', join],
  batch: ['linecount fill_with?', batch],
  slice: ['slices fill_with?', slices],
  groupby: ['attribute default? case_sensitive?', groupBy],
  dictsort: ['case_sensitive? by? reverse?', dictSort],
  items: ['', items],
});
