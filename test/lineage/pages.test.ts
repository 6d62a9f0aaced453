/** `--markdown` and `--dictionary`. Tables are read back by Prettier's parser of Markdown. */
import * as prettier from 'prettier';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dictionaryMarkdown, lineageMarkdown, nodeLineage } from '../../src/lineage/index.js';
import type { Lineage } from '../../src/lineage/index.js';
import type { Manifest } from '../../src/manifest/nodes.js';
import { SmallProject } from '../helpers/small-project.js';
import { loaded, traced } from './shop.js';
import { nastyNodes } from './small.js';

const project = new SmallProject({
  'seeds/people.csv': 'id,name\n1,Ada\n',
  'models/sources.yml': `
sources:
  - name: crm
    schema: dev
    tables:
      - name: people
        description: As | it <b>comes</b>.
        columns: [{name: id, data_type: bigint}, {name: name, data_type: varchar}]
`,
  'models/clean/clean.sql': `select id, upper(name) as "na|me <i>", 1 as one from {{ source('crm', 'people') }}`,
  'models/clean/clean.yml': `
models:
  - name: clean
    columns:
      - name: id
        description: Who | what.
        data_tests:
          - unique
          - accepted_values: {arguments: {values: [1, 'a|b']}}
          - relationships: {arguments: {to: "source('crm', 'people')", field: id}}
      - {name: gone, description: No longer there.}
`,
  'models/mart/totals.sql': `select "na|me <i>" as who, count(id) as ids from {{ ref('clean') }} group by all`,
  'models/exposures.yml': `
exposures:
  - name: api
    type: application
    owner: {name: "A|B"}
    depends_on: ["ref('totals')"]
    meta: {endpoints: ['GET /totals', '<script>']}
  - name: board
    type: dashboard
    owner: {name: Ada}
    depends_on: ["ref('totals')", "ref('clean')"]
    meta: {reads_through: api}
`,
});

let manifest: Manifest;
let lineage: Lineage;

beforeAll(async () => {
  const at = loaded(project.dir);
  manifest = at.project.manifest;
  const ids = [...manifest.nodes.values()]
    .filter(({ resourceType }) => !['test', 'unit_test'].includes(resourceType))
    .map(({ uniqueId }) => uniqueId);
  lineage = { ...nodeLineage(manifest, at.graph, ids), ...(await traced(at, ids)) };
});
afterAll(() => project.remove());

interface Markdown {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly Markdown[];
}

/** Prettier's tree of a page; not in its types. */
async function parsed(text: string): Promise<Markdown> {
  const { __debug } = prettier as unknown as {
    __debug: { parse: (text: string, options: object) => Promise<{ ast: Markdown }> };
  };
  return (await __debug.parse(text, { parser: 'markdown' })).ast;
}

function all(tree: Markdown, type: string): Markdown[] {
  const below = (tree.children ?? []).flatMap((child) => all(child, type));
  return tree.type === type ? [tree, ...below] : below;
}

const page = (): string => lineageMarkdown(lineage, manifest, 'techstore lineage --markdown');
const dictionary = (): string =>
  dictionaryMarkdown(lineage, manifest, 'techstore lineage --dictionary');

describe('the page of the lineage', () => {
  it('leads from sources by layers to who reads', () => {
    expect(page()).toContain('\nSeeds → Sources → Clean → Mart → API → Consumers\n');
    expect(page().match(/^## .*$/gm)).toEqual([
      '## Seeds',
      '## Sources',
      '## Clean',
      '## Mart',
      '## API',
      '## Consumers',
      '## Columns',
    ]);
  });

  it('has a diagram with a frame for each, in which a consumer hangs on what it reads through', () => {
    const [diagram] = /```mermaid\n[^]*?```/.exec(page()) ?? [''];
    expect(diagram.split('\n').filter((line) => !line.includes('classDef'))).toEqual([
      '```mermaid',
      'flowchart LR',
      '  subgraph s0["Seeds"]',
      '    n0[("people")]:::layer0',
      '  end',
      '  subgraph s1["Sources"]',
      '    n1[("crm.people")]:::layer1',
      '  end',
      '  subgraph s2["Clean"]',
      '    n2["clean"]:::layer2',
      '  end',
      '  subgraph s3["Mart"]',
      '    n3["totals"]:::layer3',
      '  end',
      '  subgraph s4["API"]',
      '    n4(["api"]):::layer4',
      '  end',
      '  subgraph s5["Consumers"]',
      '    n5(["board"]):::layer4',
      '  end',
      '  n0 --> n1',
      '  n1 --> n2',
      '  n2 --> n3',
      '  n3 --> n4',
      '  n2 --> n5',
      '  n4 --> n5',
      '```',
    ]);
  });

  it('says of the columns of the last layer what they are made of, and where that comes from', () => {
    expect(page()).toContain(`### totals

| Column | Type | Made from | Comes from |
| --- | --- | --- | --- |
| \`who\` | VARCHAR | clean.na&#124;me &#60;i&#62; direct | \`crm.people.name\` |
| \`ids\` | BIGINT | \`clean.id\` aggregated | \`crm.people.id\` |
`);
  });

  it('shows endpoints, and nothing of a name as markup', async () => {
    expect(page()).toContain('- `GET /totals`\n- &#60;script&#62;\n');
    expect(page()).toContain('`board` reads its data through `api`.');
    const tree = await parsed(page());
    expect(all(tree, 'html')).toEqual([]);
    for (const table of all(tree, 'table')) {
      const widths = all(table, 'tableRow').map((row) => all(row, 'tableCell').length);
      expect(new Set(widths).size).toBe(1);
    }
  });

  it('is whole and plain with names that mean something to Markdown and to Mermaid', async () => {
    const tree = await parsed(lineageMarkdown(nastyNodes, manifest, 'x'));
    expect(all(tree, 'html')).toEqual([]);
    expect(all(tree, 'link')).toEqual([]);
    const rows = all(tree, 'tableRow').map((row) => all(row, 'tableCell').length);
    expect([...new Set(rows)]).toEqual([5]);
    // A name is its own layer here: a heading and a table of one row for each.
    expect(rows).toHaveLength(2 * nastyNodes.nodes.length);
  });

  it('shows layers alone where a site would refuse the diagram of all tables', () => {
    const many = Array.from({ length: 460 }, (_, i) => ({
      ...(nastyNodes.nodes[0] ?? lineage.nodes[0]),
      id: `n${i}`,
      name: `n${i}`,
      layer: i === 0 ? 'raw' : 'wide',
    })) as Lineage['nodes'];
    const edges = many.slice(1).map(({ id }) => ({ from: 'n0', to: id, direct: true }));
    const text = lineageMarkdown({ nodes: many, edges }, manifest, 'x');
    expect(text).toContain('flowchart LR\n  s0["Raw: 1"]\n  s1["Wide: 459"]\n  s0 --> s1\n```');
    expect(text).toContain('too large for one diagram');
  });

  it('says that nothing is selected', () => {
    expect(lineageMarkdown({ nodes: [], edges: [] }, manifest, 'x')).toContain(
      'No tables are selected.',
    );
  });
});

it('An exposure that reads through none that is there is refused with its place', () => {
  const nodes = new Map(manifest.nodes);
  const board = nodes.get('exposure.shop.board');
  if (board === undefined) throw new Error('no board');
  nodes.set('exposure.shop.board', { ...board, meta: { reads_through: 'apo' } });
  expect(() => lineageMarkdown(lineage, { ...manifest, nodes }, 'x')).toThrow(
    'exposure board: meta.reads_through names "apo", which is no other exposure',
  );
});

describe('the data dictionary', () => {
  it('has every column with type, tests and meaning, and what is described and not there', () => {
    expect(dictionary()).toContain(`### clean

view · models/clean/clean.sql

| Column | Type | Tests | Description |
| --- | --- | --- | --- |
| \`id\` | BIGINT | \`unique\`, \`accepted_values\` (1, a&#124;b), \`relationships\` (\`crm.people.id\`) | Who \\| what. |
| na&#124;me &#60;i&#62; | VARCHAR |  |  |
| \`one\` | INTEGER |  |  |
| \`gone\` |  |  | No longer there. |
`);
  });

  it('has no markup of names, and tables with four cells a row', async () => {
    expect(dictionary()).toContain('As | it &lt;b>comes&lt;/b>.'.replace('|', '\\|'));
    const tree = await parsed(dictionary());
    expect(all(tree, 'html')).toEqual([]);
    const widths = all(tree, 'tableRow').map((row) => all(row, 'tableCell').length);
    expect([...new Set(widths)]).toEqual([4]);
  });
});
