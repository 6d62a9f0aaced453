/** The tables and views of a build, by the names of their models. */
import type { NodeState } from '../manifest/node-state.js';
import type { BuildRecord } from './record.js';

/** The nodes of a record, which another version of techstore may have written. */
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

/** Tables of nodes, without the tables of failing test rows. Models come first, then by name. */
export function tablesOf(record: Pick<BuildRecord, 'nodes'>): readonly BuildTable[] {
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
