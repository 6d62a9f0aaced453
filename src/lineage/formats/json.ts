/** `--json`: lineage for other programs, in dbt's names. */
import type { Lineage } from '../lineage.js';

export function lineageJson({ nodes, edges, columns, gaps }: Lineage): object {
  return {
    nodes: nodes.map((node) => ({
      unique_id: node.id,
      name: node.name,
      resource_type: node.type,
      layer: node.layer,
      tags: node.tags,
      materialized: node.materialized,
      description: node.description,
      path: node.path,
      ...(columns === undefined ? {} : { columns_unknown_because: gaps?.[node.id] ?? null }),
    })),
    edges,
    ...(columns === undefined
      ? {}
      : {
          columns: columns.map(({ node, column, type, sources }) => ({
            node,
            column,
            data_type: type,
            sources,
          })),
        }),
  };
}
