/** Who reads a column: by what is made of it, and by what the database says without it. */
import type { LineageGraph } from '../../graph/index.js';
import type { Manifest } from '../../manifest/nodes.js';
import { columnKey, columnsBelow } from '../columns-of.js';
import type { ColumnRef } from '../lineage.js';
import { within } from '../within.js';
import { Tracing, type ColumnLineageOptions } from './column-lineage.js';
import type { TypedColumn } from './query.js';

export interface ColumnReaders {
  /** The column itself and all that are made of it, from table to table. */
  readonly columns: readonly ColumnRef[];
  /** Unique ids of the models and data tests whose SQL reads one of these, if only to choose rows. */
  readonly nodes: readonly string[];
}

export interface ColumnReadersOptions extends Omit<ColumnLineageOptions, 'ids' | 'more'> {
  /** Columns that a table has lost, by unique id: its readers still ask for them. */
  readonly lost: ReadonlyMap<string, readonly TypedColumn[]>;
}

/** @returns of each of the columns, by `columnKey` */
export async function columnReaders(
  refs: readonly ColumnRef[],
  { lost, ...options }: ColumnReadersOptions,
): Promise<ReadonlyMap<string, ColumnReaders>> {
  const { graph, manifest } = options;
  const ids = belowAny(graph, new Set(refs.map(({ node }) => node)));
  const tracing = new Tracing({ ...options, ids, more: lost });
  const found = new Map<string, ColumnReaders>();
  try {
    const { columns } = await tracing.all();
    const below = columnsBelow(columns);
    const byKey = new Map<string, ColumnRef>(columns.map((one) => [columnKey(one), one]));
    for (const ref of refs) {
      const start = columnKey(ref);
      const keys = within(start, (key) => (below.get(key) ?? []).map(columnKey));
      const reached = [...keys].map((key) => (key === start ? ref : (byKey.get(key) ?? ref)));
      const nodes = await nodesReading(reached, { graph, manifest, tracing });
      found.set(start, { columns: reached, nodes });
    }
  } finally {
    await tracing.end();
  }
  return found;
}

async function nodesReading(
  columns: readonly ColumnRef[],
  given: { readonly graph: LineageGraph; readonly manifest: Manifest; readonly tracing: Tracing },
): Promise<string[]> {
  const [first] = columns;
  // What has a column that is made of it reads it.
  const nodes = new Set(columns.map(({ node }) => node).filter((id) => id !== first?.node));
  for (const column of columns) {
    for (const id of given.graph.children(column.node)) {
      const node = given.manifest.nodes.get(id);
      if (nodes.has(id) || (node?.resourceType !== 'model' && node?.resourceType !== 'test'))
        continue;
      if (await given.tracing.needs(node, column)) nodes.add(id);
    }
  }
  return given.graph.order.filter((id) => nodes.has(id));
}

function belowAny(graph: LineageGraph, starts: ReadonlySet<string>): Set<string> {
  const all = new Set<string>();
  for (const start of starts) {
    for (const id of within(start, (one) => graph.children(one))) all.add(id);
  }
  return all;
}
