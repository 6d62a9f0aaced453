/** A project of 1,000 tables with ten columns each, in eight ranks: large pages are measured with it. */
import type { Lineage, LineageColumn, LineageEdge, LineageNode } from '../../src/lineage/index.js';
import { node } from '../lineage/small.js';

const layers = ['seed', 'bronze', 'bronze', 'silver', 'silver', 'gold', 'gold', 'marts'];

export function largeLineage(tables = 1000, columnsEach = 10): Lineage {
  let state = 1;
  // The same graph each time.
  const random = (below: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
  const perRank = Math.ceil(tables / layers.length);
  const nodes: LineageNode[] = [];
  const edges: LineageEdge[] = [];
  const columns: LineageColumn[] = [];
  for (let i = 0; i < tables; i += 1) {
    const rank = Math.floor(i / perRank);
    const layer = layers[rank] ?? 'marts';
    const parents = new Set(
      Array.from({ length: rank === 0 ? 0 : 1 + random(3) }, () => {
        return nodes[(rank - 1) * perRank + random(perRank)]?.id ?? '';
      }),
    );
    const id = `model.large.${layer}_${i}`;
    nodes.push(node(id, { name: `${layer}_${i}`, layer, tags: i % 3 === 0 ? ['daily'] : [] }));
    for (const from of parents) edges.push({ from, to: id, direct: true });
    for (let c = 0; c < columnsEach; c += 1) {
      const column = `column_${c}`;
      columns.push({
        node: id,
        column,
        type: 'INTEGER',
        sources: [...parents].map((from) => ({ node: from, column, how: 'direct' })),
      });
    }
  }
  return { nodes, edges, columns, gaps: {} };
}
