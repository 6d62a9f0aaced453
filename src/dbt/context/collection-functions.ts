/** `set`, `zip` and `diff_of_two_dicts`, with their strict forms. */
import { TechstoreError } from '../../errors.js';
import { Dict, iterate, OneShot, toText, Tuple, type Value } from '../../jinja/index.js';
import { Arguments, hostFunction } from '../host-values.js';
import { SetValue } from '../python/set.js';

function setOf(value: Value | undefined): SetValue {
  if (value === undefined) throw new TechstoreError('compilation', 'set() needs a list');
  return new SetValue(iterate(value));
}

function zipOf(lists: readonly Value[]): Value {
  const all = lists.map((list) => [...iterate(list)]);
  const length = all.length === 0 ? 0 : Math.min(...all.map((list) => list.length));
  const rows = Array.from({ length }, (_, i) => new Tuple(all.map((list) => list[i] ?? null)));
  return new OneShot(rows, 'zip');
}

/** What cannot be looped over is the default, None if there is none. */
function orDefault(work: () => Value, otherwise: Value | undefined): Value {
  try {
    return work();
  } catch {
    return otherwise ?? null;
  }
}

function lower(value: Value): string {
  if (typeof value === 'string') return value.toLowerCase();
  throw new TechstoreError(
    'compilation',
    `diff_of_two_dicts() compares texts, not ${toText(value)}`,
  );
}

function difference(left: Value | undefined, right: Value | undefined): Dict {
  if (!(left instanceof Dict) || !(right instanceof Dict)) {
    throw new TechstoreError('compilation', 'diff_of_two_dicts() takes two dicts of lists');
  }
  const known = new Map(
    Array.from(right.entries(), ([key, values]) => [
      lower(key),
      new Set(Array.from(iterate(values), lower)),
    ]),
  );
  const rest = new Dict();
  for (const [key, values] of left.entries()) {
    const other = known.get(lower(key));
    if (other === undefined) rest.set(key, values);
    else {
      const kept = [...iterate(values)].filter((value) => !other.has(lower(value)));
      if (kept.length > 0) rest.set(key, kept);
    }
  }
  return rest;
}

export function collectionFunctions(): [string, Value][] {
  return [
    [
      'set',
      hostFunction('set', (args, kwargs) => {
        const given = new Arguments('set', ['value', 'default'], args, kwargs);
        if (!given.has('value')) return setOf(undefined);
        return orDefault(() => setOf(given.get('value')), given.get('default'));
      }),
    ],
    [
      'set_strict',
      hostFunction('set_strict', (args, kwargs) => setOf(args[0] ?? kwargs.get('value'))),
    ],
    [
      'zip',
      hostFunction('zip', (args, kwargs) => orDefault(() => zipOf(args), kwargs.get('default'))),
    ],
    ['zip_strict', hostFunction('zip_strict', (args) => zipOf(args))],
    [
      'diff_of_two_dicts',
      hostFunction('diff_of_two_dicts', (args, kwargs) => {
        const given = new Arguments('diff_of_two_dicts', ['dict_a', 'dict_b'], args, kwargs);
        return difference(given.get('dict_a'), given.get('dict_b'));
      }),
    ],
  ];
}
