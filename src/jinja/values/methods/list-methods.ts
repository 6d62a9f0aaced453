import { equals, isTrue } from '../compare.js';
import { Fault } from '../fault.js';
import { iterate } from '../iterate.js';
import type { Meter } from '../limits.js';
import { indexIn, integerOf } from '../slice.js';
import { sorted } from '../sort.js';
import type { Tuple, Value } from '../value.js';
import { methodsOf } from './method.js';

type Optional = Value | undefined;

function indexOf(
  items: readonly Value[],
  [what, start, end]: readonly Optional[],
  meter: Meter,
): number {
  const { length } = items;
  meter.step(length >> 3);
  const at = (value: Optional, missing: number): number => {
    if (value === undefined) return missing;
    const index = integerOf(value, 'the index');
    return index < 0 ? Math.max(0, index + length) : index;
  };
  for (let i = at(start, 0); i < Math.min(at(end, length), length); i += 1) {
    if (equals(items[i] as Value, what as Value, meter)) return i;
  }
  throw new Fault('the element is not in the list');
}

function countOf(items: readonly Value[], what: Optional, meter: Meter): number {
  meter.step(items.length >> 3);
  return items.filter((item) => equals(item, what as Value, meter)).length;
}

export const listMethods = methodsOf<Value[]>({
  append: [
    'object',
    (self, [value], meter) => {
      self.push(value as Value);
      meter.grown(self.length, 1);
      return null;
    },
  ],
  extend: [
    'iterable',
    (self, [values], meter) => {
      // Taken first: a list may be extended by itself.
      const added = [...iterate(values as Value)];
      meter.grown(self.length + added.length, added.length);
      for (const value of added) self.push(value);
      return null;
    },
  ],
  insert: [
    'index object',
    (self, [index, value], meter) => {
      meter.grown(self.length + 1, 1);
      meter.step(self.length >> 6);
      self.splice(integerOf(index as Value, 'the index'), 0, value as Value);
      return null;
    },
  ],
  pop: [
    'index?',
    (self, [index], meter) => {
      if (index !== undefined) meter.step(self.length >> 6);
      if (self.length === 0) throw new Fault('pop from empty list');
      const at = indexIn(self.length, index ?? -1);
      if (at === undefined) throw new Fault('pop index out of range');
      return self.splice(at, 1)[0] as Value;
    },
  ],
  remove: [
    'value',
    (self, [value], meter) => {
      meter.step(self.length >> 3);
      const at = self.findIndex((item) => equals(item, value as Value, meter));
      if (at === -1) throw new Fault('list.remove(x): x not in list');
      self.splice(at, 1);
      return null;
    },
  ],
  clear: [
    '',
    (self) => {
      self.length = 0;
      return null;
    },
  ],
  copy: [
    '',
    (self, _args, meter) => {
      meter.list(self.length);
      return [...self];
    },
  ],
  reverse: [
    '',
    (self, _args, meter) => {
      meter.step(self.length >> 6);
      self.reverse();
      return null;
    },
  ],
  sort: [
    undefined,
    (self, args, meter, kwargs) => {
      const reverse = kwargs.get('reverse');
      if (args.length > 0 || kwargs.size > (reverse === undefined ? 0 : 1)) {
        throw new Fault('sort() takes only the argument reverse=', "Use the filter 'sort'.");
      }
      const values = sorted(self, (value) => value, isTrue(reverse ?? false), meter);
      values.forEach((value, i) => (self[i] = value));
      return null;
    },
  ],
  index: ['value start? stop?', indexOf],
  count: ['value', (self, [value], meter) => countOf(self, value, meter)],
});

export const tupleMethods = methodsOf<Tuple>({
  index: ['value start? stop?', (self, args, meter) => indexOf(self.items, args, meter)],
  count: ['value', (self, [value], meter) => countOf(self.items, value, meter)],
});
