/** A small lineage made by hand, with names that every format has to escape. */
import type { Lineage, LineageNode } from '../../src/lineage/index.js';

export function node(id: string, more: Partial<LineageNode> = {}): LineageNode {
  return {
    id,
    name: id,
    type: 'model',
    layer: 'gold',
    tags: [],
    materialized: 'table',
    description: '',
    path: `models/${id}.sql`,
    ...more,
  };
}

/** Names that end strings, elements, comments and scripts, or are taken for something else. */
export const nastyNames = [
  'plain',
  'with "double" quotes',
  "with 'single' quotes",
  'a < b > c & d &amp; e',
  'line\nbreak and\ttab',
  '</script><script>alert(1)</script>',
  '<b>bold</b> <!-- no -->--> ]]>',
  'back\\slash \\n \\" end\\',
  'semi;colon #35; [x] {y} (z) |p|',
  'end',
  'graph',
  'Zoë 🛒 表',
  '\u001b[31mred\u001b[0m \u202e turned',
  '',
];

export const nasty: Lineage = {
  nodes: nastyNames.map((name, i) =>
    node(`id ${i} ${name}`, {
      name,
      layer: name,
      tags: [name],
      description: name,
      path: name,
    }),
  ),
  edges: nastyNames.slice(1).map((name, i) => ({
    from: `id ${i} ${nastyNames[i] ?? ''}`,
    to: `id ${i + 1} ${name}`,
    direct: i % 2 === 0,
  })),
  columns: nastyNames.map((name, i) => ({
    node: `id ${i} ${name}`,
    column: `c ${name}`,
    type: name,
    sources:
      i === 0
        ? []
        : [
            {
              node: `id ${i - 1} ${nastyNames[i - 1] ?? ''}`,
              column: `c ${nastyNames[i - 1] ?? ''}`,
              how: 'direct',
            },
          ],
  })),
  gaps: {},
};

export const nastyNodes: Lineage = { nodes: nasty.nodes, edges: nasty.edges };

/** raw -> clean -> (sales, people), and sales -> report. */
export const diamond: Lineage = {
  nodes: [
    node('raw', { type: 'source', layer: 'source', materialized: null }),
    node('clean', { layer: 'silver', tags: ['daily'] }),
    node('people'),
    node('sales'),
    node('report', { type: 'exposure', layer: 'exposure', materialized: null }),
  ],
  edges: [
    { from: 'raw', to: 'clean', direct: true },
    { from: 'clean', to: 'people', direct: true },
    { from: 'clean', to: 'sales', direct: true },
    { from: 'people', to: 'report', direct: true },
    { from: 'sales', to: 'report', direct: true },
  ],
};

export const diamondColumns: Lineage = {
  ...diamond,
  columns: [
    { node: 'raw', column: 'id', type: 'BIGINT', sources: [] },
    { node: 'raw', column: 'amount', type: 'DOUBLE', sources: [] },
    {
      node: 'clean',
      column: 'id',
      type: 'BIGINT',
      sources: [{ node: 'raw', column: 'id', how: 'direct' }],
    },
    {
      node: 'clean',
      column: 'amount',
      type: 'DOUBLE',
      sources: [{ node: 'raw', column: 'amount', how: 'transformed' }],
    },
    {
      node: 'sales',
      column: 'total',
      type: 'DOUBLE',
      sources: [{ node: 'clean', column: 'amount', how: 'aggregated' }],
    },
    { node: 'sales', column: 'odd', type: null, sources: null },
  ],
  gaps: { sales: 'the sources of odd are only partly known' },
};
