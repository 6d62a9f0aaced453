/** Counts the rows of tables whose creation did not return a count, in one query. */
import type { GraphNode } from '../manifest/nodes.js';
import type { NodeResult } from '../manifest/results.js';
import type { NodeRun } from './node-run.js';

export async function countRows(
  nodes: readonly GraphNode[],
  results: Map<string, NodeResult>,
  run: NodeRun,
): Promise<void> {
  const uncounted = nodes.filter(
    (node) =>
      node.resourceType === 'model' &&
      node.config.materialized === 'table' &&
      results.get(node.uniqueId)?.status === 'success' &&
      results.get(node.uniqueId)?.rows === null,
  );
  if (uncounted.length === 0) return;
  const counts = uncounted.map((node, i) => {
    if (node.resourceType !== 'model') return '';
    const relation = { database: node.database, schema: node.schema, identifier: node.alias };
    return `select ${i} as node, count(*) as row_count from ${run.dialect.renderRelation(relation)}`;
  });
  const { rows } = await run.connection.query(counts.join('\nunion all\n'));
  for (const [index, count] of rows) {
    const node = uncounted[Number(index)];
    const result = node && results.get(node.uniqueId);
    if (node && result) results.set(node.uniqueId, { ...result, rows: Number(count) });
  }
}
