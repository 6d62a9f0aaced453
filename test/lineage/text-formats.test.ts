/** Trees, Mermaid and JSON. */
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { visibleLine } from '../../src/format/visible.js';
import {
  columnList,
  columnReach,
  columnTree,
  lineageJson,
  lineageMermaid,
  nodeTree,
} from '../../src/lineage/index.js';
import { diamond, diamondColumns, nasty, nastyNames, nastyNodes, node } from './small.js';

const plain = { color: false, width: undefined };

test('The tree leads from the beginnings down and shows each branch once', () => {
  expect(nodeTree(diamond, { ...plain, focus: null })).toBe(
    `raw  source
└─ clean  table · silver · daily
   ├─ people  table · gold
   │  └─ report  exposure
   └─ sales  table · gold
      └─ report  exposure
`,
  );
  const longer = {
    nodes: [...diamond.nodes, node('mail', { type: 'exposure', layer: 'exposure' })],
    edges: [...diamond.edges, { from: 'report', to: 'mail', direct: true }],
  };
  expect(nodeTree(longer, { ...plain, focus: null })).toContain('report  exposure (above)\n');
});

test('The tree of one node leads both ways', () => {
  expect(nodeTree(diamond, { ...plain, focus: 'clean' })).toBe(
    `clean  table · silver · daily

upstream
└─ raw  source

downstream
├─ people  table · gold
│  └─ report  exposure
└─ sales  table · gold
   └─ report  exposure
`,
  );
});

test.each([20, 40, 80])('No line is wider than a terminal of %i columns', (width) => {
  const text = [
    nodeTree(nastyNodes, { color: false, width, focus: null }),
    columnList(nasty, { color: false, width }),
  ].join('');
  // Of the deepest lines, which the branches alone fill, a few letters stay.
  const shallow = text.split('\n').filter((line) => line.lastIndexOf('─') < width - 10);
  for (const line of shallow) expect(stringWidth(line), line).toBeLessThanOrEqual(width);
});

test('Nothing of a name but text reaches the terminal', () => {
  const text =
    nodeTree(nastyNodes, { ...plain, focus: null }) +
    columnList(nasty, plain) +
    columnTree(nasty, { node: nasty.nodes[12]?.id ?? '', column: 'c ' }, plain);
  // eslint-disable-next-line no-control-regex -- what must not be there
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  expect(text).toContain('\\x1b[31mred');
});

test('Layers have colours where colour is wanted', () => {
  const text = nodeTree(diamond, { color: true, width: undefined, focus: null });
  expect(text).toContain('\u001b[36mraw\u001b[39m');
  expect(text).toContain('\u001b[93msales\u001b[39m');
});

test('A column is followed both ways, with what becomes of it', () => {
  expect(columnTree(diamondColumns, { node: 'clean', column: 'amount' }, plain)).toBe(
    `clean.amount  DOUBLE

upstream
└─ raw.amount  transformed

downstream
└─ sales.total  aggregated

Some columns could not be traced:
  sales: the sources of odd are only partly known
`,
  );
});

test('The list of columns tells the sources of each', () => {
  expect(columnList(diamondColumns, plain)).toBe(
    `raw
├─ id
└─ amount

clean
├─ id  ← raw.id
└─ amount  ← raw.amount (transformed)

sales  the sources of odd are only partly known
├─ total  ← clean.amount (aggregated)
└─ odd  sources unknown
`,
  );
});

test('A source that is left out of the list goes by its name', () => {
  const text = columnList(
    {
      nodes: [node('model.shop.sales', { name: 'sales' })],
      edges: [],
      columns: [
        {
          node: 'model.shop.sales',
          column: 'total',
          type: null,
          sources: [{ node: 'source.shop.raw.orders', column: 'amount', how: 'direct' }],
        },
      ],
    },
    plain,
  );
  expect(text).toBe('sales\n└─ total  ← raw.orders.amount\n');
});

test.each([
  [
    'both ways',
    { upstream: true, downstream: true },
    ['raw.amount', 'clean.amount', 'sales.total'],
  ],
  ['upstream', { upstream: true, downstream: false }, ['raw.amount', 'clean.amount']],
  ['downstream', { upstream: false, downstream: true }, ['clean.amount', 'sales.total']],
  ['two ways, no step', { upstream: true, downstream: true, depth: 0 }, ['clean.amount']],
])('Only the columns that hang together are kept: %s', (_, reach, expected) => {
  const { columns = [], nodes } = columnReach(
    diamondColumns,
    { node: 'clean', column: 'AMOUNT' },
    reach,
  );
  const found = columns.map(({ node: of, column }) => `${of}.${column}`);
  expect(found).toEqual(expected);
  expect(nodes.map(({ id }) => id)).toEqual(expected.map((name) => name.split('.')[0]));
});

test('Mermaid gets nodes, classes and arrows', () => {
  expect(lineageMermaid(diamond)).toBe(
    `flowchart LR
  n0[("raw")]:::layer0
  n1["clean"]:::layer1
  n2["people"]:::layer2
  n3["sales"]:::layer2
  n4(["report"]):::layer3
  n0 --> n1
  n1 --> n2
  n1 --> n3
  n2 --> n4
  n3 --> n4
  classDef layer0 fill:#d5ecf2,stroke:#2f8299,color:#1a1a1a
  classDef layer1 fill:#e3e6ea,stroke:#6c7784,color:#1a1a1a
  classDef layer2 fill:#fbecb6,stroke:#b18a12,color:#1a1a1a
  classDef layer3 fill:#f3d9ee,stroke:#a04a90,color:#1a1a1a
`,
  );
});

test('Mermaid with columns has a box for each table that shows them', () => {
  const text = lineageMermaid(diamondColumns);
  expect(text).toContain('  subgraph n1["clean"]\n    n1c0["id"]:::layer1\n');
  expect(text).toContain('  n1c1 --> n3c0\n');
  expect(text).toContain('    n3c1["odd ?"]');
  // Between tables without columns the tables' own arrow stays.
  expect(text).toContain('  n3 --> n4\n');
  expect(text).not.toContain('  n0 --> n1\n');
});

test('No name ends a text of Mermaid, and each can be read back', () => {
  const lines = lineageMermaid(nastyNodes).split('\n');
  const labels = lines.flatMap(
    (line) => /^ {2}n\d+\["([^"]*)"\]:::layer\d+$/.exec(line)?.[1] ?? [],
  );
  const read = labels.map((label) =>
    label.replace(/#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))),
  );
  // Line ends, tabs and controls are written visibly before.
  expect(read).toEqual(nastyNames.map(visibleLine));
});

test('JSON has the names of dbt and keeps every name', () => {
  const json = JSON.parse(JSON.stringify(lineageJson(nasty))) as {
    nodes: { name: string; unique_id: string }[];
    edges: unknown[];
    columns: { column: string; data_type: string; sources: unknown[] }[];
  };
  expect(json.nodes.map(({ name }) => name)).toEqual(nastyNames);
  expect(json.edges).toEqual(nasty.edges);
  expect(json.columns.map(({ column }) => column)).toEqual(nastyNames.map((name) => `c ${name}`));
  expect(Object.keys(json.nodes[0] ?? {})).toEqual([
    'unique_id',
    'name',
    'resource_type',
    'layer',
    'tags',
    'materialized',
    'description',
    'path',
    'columns_unknown_because',
  ]);
  expect(lineageJson(diamond)).not.toHaveProperty('columns');
});
