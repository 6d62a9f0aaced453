/** Lineage as the page takes it. */
import { visibleLine } from '../format/visible.js';
import {
  columnKey,
  columnsByNode,
  nameOfId,
  type Lineage,
  type LineageColumn,
} from '../lineage/index.js';
import type { DataColumn, DataSource, LineageData } from './page/lineage/lineage-data.js';

/**
 * No name can hide another by control characters or turned writing: they become visible.
 *
 * @param project name of the project, as people see it
 */
export function lineageData(
  { nodes, edges, columns, gaps = {} }: Lineage,
  project: string,
): LineageData {
  const index = new Map(nodes.map(({ id }, i) => [id, i]));
  const byNode = columnsByNode(columns);
  const places = new Map<string, readonly [node: number, column: number]>();
  for (const [node, list] of byNode) {
    const n = index.get(node);
    if (n !== undefined) list.forEach((column, c) => places.set(columnKey(column), [n, c]));
  }
  const names = new Map(nodes.map(({ id, name }) => [id, name]));
  const dataColumn = ({ column, type, sources }: LineageColumn): DataColumn => {
    const known: DataSource[] = [];
    const outside: string[] = [];
    for (const source of sources ?? []) {
      const place = places.get(columnKey(source));
      if (place !== undefined) known.push([...place, source.how]);
      else {
        const table = names.get(source.node) ?? nameOfId(source.node);
        outside.push(visibleLine(`${table}.${source.column}`));
      }
    }
    return {
      name: visibleLine(column),
      type,
      sources: sources === null ? null : known,
      ...(outside.length === 0 ? {} : { outside }),
    };
  };
  return {
    project: visibleLine(project),
    nodes: nodes.map(({ id, name, type, layer, tags, materialized, description, path }) => ({
      id,
      name: visibleLine(name),
      type,
      layer: visibleLine(layer),
      tags: tags.map(visibleLine),
      materialized,
      description,
      path,
      gap: gaps[id] ?? null,
      columns: (byNode.get(id) ?? []).map(dataColumn),
    })),
    edges: edges.flatMap(({ from, to, direct }) => {
      const [start, end] = [index.get(from), index.get(to)];
      return start === undefined || end === undefined ? [] : [[start, end, direct] as const];
    }),
  };
}
