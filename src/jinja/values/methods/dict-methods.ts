import { Fault } from '../fault.js';
import { iterate } from '../iterate.js';
import { DictView } from '../sequences.js';
import { repr } from '../text.js';
import { Dict, Tuple, type Kwargs, type Value } from '../value.js';
import { methodsOf } from './method.js';

/** Python's dict.update, and what `dict(…)` is made of. */
export function updateDict(self: Dict, source: Value | undefined, kwargs: Kwargs): void {
  if (source instanceof Dict) {
    for (const [key, value] of [...source.entries()]) self.set(key, value);
  } else if (source !== undefined) {
    for (const pair of iterate(source)) {
      const entry = [...iterate(pair)];
      if (entry.length !== 2) {
        throw new Fault(`an element for a dict has ${entry.length} parts; 2 are required`);
      }
      self.set(entry[0] as Value, entry[1] as Value);
    }
  }
  for (const [key, value] of kwargs) self.set(key, value);
}

export const dictMethods = methodsOf<Dict>({
  items: ['', (self) => new DictView(self, 'items')],
  keys: ['', (self) => new DictView(self, 'keys')],
  values: ['', (self) => new DictView(self, 'values')],
  get: [
    'key default?',
    (self, [key, fallback = null]) => {
      // Not `??`: a value may be None, which is null.
      const value = self.get(key as Value);
      return value === undefined ? fallback : value;
    },
  ],
  pop: [
    'key default?',
    (self, [key, fallback]) => {
      const value = self.get(key as Value);
      if (value !== undefined) self.delete(key as Value);
      else if (fallback === undefined) throw new Fault(`The dict has no key ${repr(key as Value)}`);
      return value === undefined ? (fallback as Value) : value;
    },
  ],
  popitem: [
    '',
    (self, _args, meter) => {
      meter.step(self.size >> 3);
      const entry = [...self.entries()].at(-1);
      if (entry === undefined) throw new Fault('popitem(): dictionary is empty');
      self.delete(entry[0]);
      return new Tuple(entry);
    },
  ],
  setdefault: [
    'key default?',
    (self, [key, fallback = null], meter) => {
      const value = self.get(key as Value);
      if (value !== undefined) return value;
      self.set(key as Value, fallback);
      meter.grown(self.size, 1);
      return fallback;
    },
  ],
  update: [
    undefined,
    (self, args, meter, kwargs) => {
      if (args.length > 1) throw new Fault('update() takes at most one argument without a name');
      const before = self.size;
      const [source] = args;
      if (source instanceof Dict) meter.list(source.size);
      updateDict(self, source, kwargs);
      meter.grown(self.size, self.size - before);
      return null;
    },
  ],
  copy: [
    '',
    (self, _args, meter) => {
      meter.list(self.size);
      return new Dict(self.entries());
    },
  ],
  clear: [
    '',
    (self) => {
      self.clear();
      return null;
    },
  ],
});
