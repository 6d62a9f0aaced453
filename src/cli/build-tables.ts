/** Which tables and views a build holds, by the names that people use for them. */
import { didYouMeanFirst as nearest } from '../ground/did-you-mean.js';
import { TechstoreError } from '../errors.js';
import type { BuildNotes } from '../builds/index.js';
import type { NodeState } from '../run/node-state.js';

/** As a record has them, which another version of the program may have written. */
type PartialStates = Readonly<Record<string, Partial<NodeState>>>;

export interface BuildTable {
  /** `model.techstore.gold_sales_metrics`. */
  readonly id: string;
  /** The model's name. */
  readonly name: string;
  readonly schema: string;
  readonly identifier: string;
  readonly isView: boolean;
  readonly rows: number | null;
}

/** Tables of nodes, without those that keep the failing rows of tests; models first, then by name. */
export function tablesOf(record: BuildNotes): readonly BuildTable[] {
  const tables = Object.entries(record.nodes as PartialStates).flatMap(([id, state]) => {
    const { relation, relationType, rows } = state;
    if (relation === null || relation === undefined) return [];
    const name = id.split('.').slice(2).join('.');
    return [{ id, name, ...relation, isView: relationType === 'view', rows: rows ?? null }];
  });
  return tables.sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}

const kinds = ['model', 'snapshot', 'seed', 'source'];

function rank({ id }: BuildTable): number {
  return kinds.indexOf(id.slice(0, id.indexOf('.')));
}

/**
 * The tables of these names, each once, in the order of the build.
 *
 * @throws TechstoreError `selection` where one is not there, with the name that may have been meant
 */
export function tablesNamed<T extends { readonly name: string }>(
  tables: readonly T[],
  names: readonly string[],
): readonly T[] {
  const known = new Map<string, T>();
  // The first of a name wins: a seed before the source that it fills.
  for (const table of tables) if (!known.has(table.name)) known.set(table.name, table);
  for (const name of names) {
    if (known.has(name)) continue;
    const words = /[:+*@,]/.test(name) ? 'For selection words there is --select. ' : '';
    throw new TechstoreError('selection', `The build has no table '${name}'`, {
      hint: `${words}${nearest(name, known.keys())}It has: ${listOf([...known.keys()])}.`,
    });
  }
  const wanted = new Set(names);
  return [...known.values()].filter(({ name }) => wanted.has(name));
}

function listOf(names: readonly string[]): string {
  const shown = names.slice(0, 30);
  const more = names.length - shown.length;
  return shown.join(', ') + (more === 0 ? '' : ` and ${more} more (techstore builds show)`);
}
