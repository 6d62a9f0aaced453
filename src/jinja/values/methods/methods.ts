import { attributeIn, itemIn } from '../formats/format-lookup.js';
import { strFormat } from '../formats/str-format.js';
import type { Meter } from '../limits.js';
import { bind } from '../signature.js';
import { Dict, Float, Tuple, type Kwargs, type Value } from '../value.js';
import { dictMethods } from './dict-methods.js';
import { listMethods, tupleMethods } from './list-methods.js';
import { methodsOf, type Method } from './method.js';
import { stringMethods } from './string-methods.js';
import { stringTests } from './string-tests.js';

type AnyMethod = Method;

const formatting = methodsOf<string>({
  format: [
    undefined,
    (self, args, meter, kwargs) =>
      strFormat(
        self,
        args as readonly Value[],
        kwargs,
        { attribute: attributeIn, item: itemIn },
        meter,
      ),
  ],
});

const ofStrings = new Map<string, AnyMethod>([...stringMethods, ...stringTests, ...formatting]);
const ofLists: ReadonlyMap<string, AnyMethod> = listMethods;
const ofDicts: ReadonlyMap<string, AnyMethod> = dictMethods;
const ofTuples: ReadonlyMap<string, AnyMethod> = tupleMethods;
const ofFloats: ReadonlyMap<string, AnyMethod> = methodsOf<Float>({
  is_integer: ['', (self) => Number.isInteger(self.value)],
});
const none: ReadonlyMap<string, AnyMethod> = new Map();

function tableOf(value: Value): ReadonlyMap<string, AnyMethod> {
  if (typeof value === 'string') return ofStrings;
  if (Array.isArray(value)) return ofLists;
  if (value instanceof Dict) return ofDicts;
  if (value instanceof Tuple) return ofTuples;
  return value instanceof Float ? ofFloats : none;
}

/** The method of that name that the value's type has. */
export function methodOf(value: Value, name: string): Method | undefined {
  return tableOf(value).get(name);
}

/** The names of the methods of the value's type. */
export function methodNames(value: Value): Iterable<string> {
  return tableOf(value).keys();
}

/** Runs a method that `methodOf` gave for this value. */
export function runMethod(
  method: Method,
  self: Value,
  name: string,
  args: readonly Value[],
  kwargs: Kwargs,
  { meter }: { readonly meter: Meter },
): Value {
  meter.step(typeof self === 'string' ? 1 + (self.length >> 4) : 1);
  const { signature, run } = method;
  const bound = signature === undefined ? args : bind(`${name}()`, signature, args, kwargs);
  const result = run(self as never, bound, meter, kwargs);
  if (typeof result === 'string') meter.text(result.length);
  else if (Array.isArray(result) && typeof self === 'string') meter.list(result.length);
  return result;
}
