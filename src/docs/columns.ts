/** Columns of each table: as the database has them, else as the project describes them, and where they come from. */
import { plainObject } from '../artifacts/index.js';
import type { CatalogTable } from '../manifest/catalog.js';
import type { Column, GraphNode } from '../manifest/nodes.js';
import type { LineageColumn } from '../lineage/index.js';
import type { SiteColumn } from './page/site/site-data.js';
import type { SiteInput } from './site-input.js';

/** By unique id; of a node without columns nothing. */
export function columnsByTable({
  manifest,
  catalog,
  columns,
}: Pick<SiteInput, 'manifest' | 'catalog' | 'columns'>): ReadonlyMap<
  string,
  readonly SiteColumn[]
> {
  const traced = new Map<string, LineageColumn[]>();
  for (const column of columns?.columns ?? []) {
    const list = traced.get(column.node);
    if (list === undefined) traced.set(column.node, [column]);
    else list.push(column);
  }
  const found = new Map<string, readonly SiteColumn[]>();
  for (const node of manifest.nodes.values()) {
    const table = catalog?.nodes.get(node.uniqueId) ?? catalog?.sources.get(node.uniqueId);
    const list = columnsOf(node, table, traced.get(node.uniqueId) ?? []);
    if (list.length > 0) found.set(node.uniqueId, list);
  }
  return found;
}

/** Databases compare names of columns without case. */
function columnsOf(
  node: GraphNode,
  table: CatalogTable | undefined,
  traced: readonly LineageColumn[],
): readonly SiteColumn[] {
  const described =
    'columns' in node
      ? new Map(Object.values(node.columns).map((column) => [key(column.name), column]))
      : new Map<string, Column>();
  const types = new Map(table?.columns.map(({ name, type }) => [key(name), type]));
  const comments = new Map(table?.columns.map(({ name, comment }) => [key(name), comment]));
  const sources = new Map(traced.map((column) => [key(column.column), column]));
  const names = new Map<string, string>();
  for (const name of [
    ...(table?.columns.map((column) => column.name) ?? []),
    // What is built has its columns: what else was written down of them is not there.
    ...(table === undefined ? traced.map(({ column }) => column) : []),
    ...[...described.values()].map((column) => column.name),
  ]) {
    if (!names.has(key(name))) names.set(key(name), name);
  }
  return [...names].map(([id, name]) => {
    const own = described.get(id);
    const trace = sources.get(id);
    return {
      name,
      type: types.get(id) ?? trace?.type ?? own?.dataType ?? null,
      description: own?.description || (comments.get(id) ?? ''),
      ...(own === undefined ? {} : detailsOf(own)),
      sources: trace?.sources ?? null,
    };
  });
}

function detailsOf({
  tags,
  meta,
  constraints,
}: Column): Pick<SiteColumn, 'tags' | 'meta' | 'constraints'> {
  return {
    ...(tags.length === 0 ? {} : { tags }),
    ...(Object.keys(meta).length === 0 ? {} : { meta: plainObject(meta) }),
    ...(constraints.length === 0
      ? {}
      : {
          constraints: constraints.map(({ type, expression }) =>
            expression === undefined ? type : `${type}: ${expression}`,
          ),
        }),
  };
}

function key(name: string): string {
  return name.toLowerCase();
}
