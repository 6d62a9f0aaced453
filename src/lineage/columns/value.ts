/** What a value is made of: columns of tables, and what becomes of each on its way. */
import type { How } from '../lineage.js';
import type { TracedSource } from './query.js';

/** Sources by table and column; null where they are not known. Never changed once made. */
export type Value = ReadonlyMap<string, TracedSource> | null;

export const nothing: Value = new Map();

export type KnownHow = Exclude<How, null>;
const strength: readonly How[] = ['direct', 'transformed', 'aggregated'];

/** The stronger of the two: what is aggregated anywhere on its way is aggregated. */
function stronger(a: How, b: How): How {
  return strength.indexOf(a) >= strength.indexOf(b) ? a : b;
}

export function columnValue(table: string, column: string): Value {
  return new Map([[JSON.stringify([table, column]), { table, column, how: 'direct' }]]);
}

/** A value that is made of several; one that is not known makes it not known: half an answer would be taken for a whole one. */
export class Mixture {
  #sources: Map<string, TracedSource> | null = new Map();

  add(value: Value, how: KnownHow = 'direct'): void {
    if (value === null) this.#sources = null;
    if (value === null || this.#sources === null) return;
    for (const [key, source] of value) {
      const before = this.#sources.get(key);
      const now = stronger(source.how, how);
      if (before?.how === 'aggregated') continue;
      this.#sources.set(key, {
        ...source,
        how: before === undefined ? now : stronger(before.how, now),
      });
    }
  }

  get value(): Value {
    return this.#sources;
  }
}

export function mixed(values: Iterable<Value>, how: KnownHow = 'direct'): Value {
  const mixture = new Mixture();
  for (const value of values) mixture.add(value, how);
  return mixture.value;
}

export function sameValue(a: Value, b: Value): boolean {
  if (a === null || b === null || a === b) return a === b;
  return a.size === b.size && [...a].every(([key, { how }]) => b.get(key)?.how === how);
}

/** Sorted by table and column. */
export function sourcesOf(value: Value): readonly TracedSource[] | null {
  if (value === null) return null;
  return [...value.values()].sort(
    (a, b) => compare(a.table, b.table) || compare(a.column, b.column),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
