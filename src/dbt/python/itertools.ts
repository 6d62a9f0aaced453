/** `modules.itertools`, as far as dbt lets templates reach it. */
import { TechstoreError } from '../../errors.js';
import {
  add,
  HostObject,
  isTrue,
  iterate,
  OneShot,
  Tuple,
  type CallContext,
  type HostResult,
  type Kwargs,
  type Value,
  type Waiting,
} from '../../jinja/index.js';
import { Arguments, hostFunction } from '../host-values.js';
import { ModuleValue } from './module.js';

/** Longest list that an iterator may become. */
const longest = 1_000_000;

/** An iterator without an end, such as count(): only islice and zip can take from it. */
class Endless extends HostObject {
  readonly typeName: string;
  readonly #items: Iterator<Value>;

  constructor(typeName: string, items: Iterator<Value>) {
    super();
    this.typeName = `itertools.${typeName}`;
    this.#items = items;
  }

  override toText(): string {
    return `<${this.typeName} object>`;
  }

  override iterate(): Iterable<Value> {
    const items = this.#items;
    const limited = function* (): Generator<Value> {
      for (let count = 0; ; count += 1) {
        if (count > longest) {
          throw new TechstoreError('compilation', 'This iterator has no end', {
            hint: 'Take a part of it: modules.itertools.islice(…, 10).',
          });
        }
        const next = items.next();
        if (next.done === true) return;
        yield next.value;
      }
    };
    return limited();
  }
}

function* tuplesOf(
  size: number,
  count: number,
  isAllowed: (chosen: readonly number[], next: number) => boolean,
): Generator<number[]> {
  const chosen: number[] = [];
  const extend = function* (): Generator<number[]> {
    if (chosen.length === size) {
      yield [...chosen];
      return;
    }
    for (let next = 0; next < count; next += 1) {
      if (!isAllowed(chosen, next)) continue;
      chosen.push(next);
      yield* extend();
      chosen.pop();
    }
  };
  yield* extend();
}

function bounded<T>(items: Iterable<T>): T[] {
  const list: T[] = [];
  for (const item of items) {
    list.push(item);
    if (list.length > longest) {
      throw new TechstoreError('compilation', `An iterator gave more than ${longest} elements`);
    }
  }
  return list;
}

function numberOr(value: Value | undefined, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

type Chooser = (chosen: readonly number[], next: number) => boolean;

const choosers: Readonly<Record<string, Chooser>> = {
  permutations: (chosen, next) => !chosen.includes(next),
  combinations: (chosen, next) => next > (chosen.at(-1) ?? -1),
  combinations_with_replacement: (chosen, next) => next >= (chosen.at(-1) ?? 0),
};

function chooses(name: string, args: readonly Value[], kwargs: Kwargs): Value {
  const given = new Arguments(name, ['iterable', 'r'], args, kwargs);
  const items = bounded(iterate(given.get('iterable') ?? null));
  const size = numberOr(given.get('r'), items.length);
  const chosen = tuplesOf(size, items.length, choosers[name] ?? ((): boolean => true));
  return once(
    name,
    bounded(chosen).map((indexes) => new Tuple(indexes.map((i) => items[i] ?? null))),
  );
}

const once = (name: string, items: readonly Value[]): Value =>
  new OneShot(items, `itertools.${name}`);

function product(args: readonly Value[], kwargs: Kwargs): Value {
  const lists = args.map((list) => bounded(iterate(list)));
  const all = Array.from({ length: numberOr(kwargs.get('repeat'), 1) }, () => lists).flat();
  let rows: Value[][] = [[]];
  for (const list of all) {
    rows = bounded(
      (function* (): Generator<Value[]> {
        for (const row of rows) for (const item of list) yield [...row, item];
      })(),
    );
  }
  return once(
    'product',
    rows.map((row) => new Tuple(row)),
  );
}

function islice(args: readonly Value[]): Value {
  const [source = null, first = null, second, step] = args;
  const [from, to] = args.length < 3 ? [0, first] : [numberOr(first, 0), second ?? null];
  const by = numberOr(step, 1);
  const end = to === null ? Infinity : numberOr(to, 0);
  const taken: Value[] = [];
  if (end <= from) return once('islice', taken);
  let index = 0;
  for (const item of iterate(source)) {
    if (index >= from && (index - from) % by === 0) taken.push(item);
    index += 1;
    if (index >= end) break;
  }
  return once('islice', taken);
}

function longestZip(args: readonly Value[], kwargs: Kwargs): Value {
  const lists = args.map((list) => bounded(iterate(list)));
  const fill = kwargs.get('fillvalue') ?? null;
  const length = Math.max(0, ...lists.map((list) => list.length));
  const rows = Array.from(
    { length },
    (_, i) => new Tuple(lists.map((list) => (i < list.length ? (list[i] ?? null) : fill))),
  );
  return once('zip_longest', rows);
}

function* accumulate(args: readonly Value[], kwargs: Kwargs, context: CallContext): Waiting<Value> {
  const given = new Arguments('accumulate', ['iterable', 'func', 'initial'], args, kwargs);
  const by = given.get('func') ?? null;
  const initial = given.get('initial') ?? null;
  const items = bounded(iterate(given.get('iterable') ?? null));
  const sums: Value[] = initial === null ? [] : [initial];
  for (const item of items) {
    const last = sums.at(-1);
    if (last === undefined) sums.push(item);
    else if (by === null) sums.push(add(last, item));
    else sums.push(yield* context.call(by, [last, item]));
  }
  return once('accumulate', sums);
}

function* starmap(args: readonly Value[], _kwargs: Kwargs, context: CallContext): Waiting<Value> {
  const [callee = null, rows = null] = args;
  const results: Value[] = [];
  for (const row of bounded(iterate(rows))) {
    results.push(yield* context.call(callee, bounded(iterate(row))));
  }
  return once('starmap', results);
}

function compress(args: readonly Value[]): Value {
  const [data = null, selectors = null] = args;
  const wanted = bounded(iterate(selectors));
  const kept = bounded(iterate(data)).filter((_, i) => isTrue(wanted[i] ?? false));
  return once('compress', kept);
}

function tee(args: readonly Value[]): Value {
  const items = bounded(iterate(args[0] ?? null));
  return new Tuple(Array.from({ length: numberOr(args[1], 2) }, () => once('_tee', items)));
}

function* counting(start: number, step: number): Generator<Value> {
  for (let value = start; ; value += step) yield value;
}

function* cycling(items: readonly Value[]): Generator<Value> {
  while (items.length > 0) yield* items;
}

function* repeating(value: Value): Generator<Value> {
  for (;;) yield value;
}

type Work = (args: readonly Value[], kwargs: Kwargs, context: CallContext) => HostResult;

const functions: Readonly<Record<string, Work>> = {
  chain: (args) => once('chain', bounded(chained(args))),
  product,
  islice,
  compress,
  accumulate,
  starmap,
  tee,
  zip_longest: longestZip,
  ...Object.fromEntries(
    Object.keys(choosers).map((name): [string, Work] => [
      name,
      (args, kwargs) => chooses(name, args, kwargs),
    ]),
  ),
  count: (args, kwargs) => {
    const given = new Arguments('count', ['start', 'step'], args, kwargs);
    const items = counting(numberOr(given.get('start'), 0), numberOr(given.get('step'), 1));
    return new Endless('count', items);
  },
  cycle: (args) => new Endless('cycle', cycling(bounded(iterate(args[0] ?? null)))),
  repeat: (args, kwargs) => {
    const given = new Arguments('repeat', ['object', 'times'], args, kwargs);
    const value = given.get('object') ?? null;
    const times = given.get('times');
    if (typeof times !== 'number') return new Endless('repeat', repeating(value));
    if (times > longest) {
      throw new TechstoreError('compilation', `repeat() gives at most ${longest} elements`);
    }
    return once('repeat', new Array<Value>(Math.max(0, times)).fill(value));
  },
};

function* chained(lists: readonly Value[]): Generator<Value> {
  for (const list of lists) yield* iterate(list);
}

export const itertoolsModule = new ModuleValue(
  'itertools',
  () =>
    new Map(
      Object.entries(functions).map(([name, work]) => [name, hostFunction(name, work)] as const),
    ),
);
