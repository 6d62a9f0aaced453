/** The site's data as the lineage takes it: tables and exposures, referred to by their places. */
import type { DataNode, LineageData } from '../../lineage/lineage-data.js';
import type { SiteData, SiteNode } from '../site-data.js';

const shown: readonly string[] = ['source', 'seed', 'snapshot', 'model', 'exposure'];

export function lineageOf({ project, nodes: all }: SiteData): LineageData {
  const nodes = parentsFirst(all.filter(({ type }) => shown.includes(type)));
  const places = new Map(nodes.map(({ id }, i) => [id, i]));
  const columns = new Map(
    nodes.map((node) => [
      node.id,
      new Map((node.columns ?? []).map(({ name }, i) => [name.toLowerCase(), i])),
    ]),
  );
  return {
    project: project.name,
    nodes: nodes.map((node) => ({
      id: node.id,
      name: node.name,
      type: node.type as DataNode['type'],
      layer: node.layer,
      tags: node.tags,
      materialized: node.materialized ?? null,
      description: node.description,
      path: node.path,
      gap: node.gap ?? null,
      columns: (node.columns ?? []).map(({ name, type, sources }) => ({
        name,
        type,
        sources:
          sources?.flatMap((source) => {
            const from = places.get(source.node);
            const column = columns.get(source.node)?.get(source.column.toLowerCase());
            return from === undefined || column === undefined
              ? []
              : [[from, column, source.how] as const];
          }) ?? null,
      })),
    })),
    edges: nodes.flatMap(({ parents }, to) =>
      parents.flatMap((id) => {
        const from = places.get(id);
        return from === undefined ? [] : [[from, to, true] as const];
      }),
    ),
  };
}

function parentsFirst(nodes: readonly SiteNode[]): readonly SiteNode[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const sorted = new Set<SiteNode>();
  // Without recursion: a chain of models may be long.
  for (const start of nodes) {
    const stack = [start];
    for (let node = stack.at(-1); node !== undefined; node = stack.at(-1)) {
      const next = sorted.has(node)
        ? undefined
        : node.parents
            .map((id) => byId.get(id))
            .find(
              (parent) => parent !== undefined && !sorted.has(parent) && !stack.includes(parent),
            );
      if (next === undefined) {
        sorted.add(node);
        stack.pop();
      } else stack.push(next);
    }
  }
  return [...sorted];
}
