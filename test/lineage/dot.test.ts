/** DOT and SVG, as Graphviz itself understands them. */
import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { Window } from 'happy-dom';
import { beforeAll, expect, test } from 'vitest';
import { lineageDot, lineageSvg, type Lineage } from '../../src/lineage/index.js';
import { visibleLine } from '../../src/format/visible.js';
import { diamond, diamondColumns, nasty, nastyNames, nastyNodes } from './small.js';

interface Drawn {
  readonly objects?: readonly { readonly name: string; readonly label: string }[];
  readonly edges?: readonly {
    readonly tail: number;
    readonly head: number;
    readonly style?: string;
  }[];
}

let graphviz: Graphviz;

beforeAll(async () => {
  graphviz = await Graphviz.load();
});

/** What Graphviz read, by its own JSON. */
function read(lineage: Lineage): Drawn {
  return JSON.parse(graphviz.dot(lineageDot(lineage), 'dot_json')) as Drawn;
}

/** Graphviz writes ids into its JSON as they stand between the quotes. */
const idOf = (id: string): string => visibleLine(id).replaceAll('\\', '\\\\');

test('Graphviz reads each node and edge', () => {
  const { objects = [], edges = [] } = read(diamond);
  expect(objects.map(({ name }) => name)).toEqual(diamond.nodes.map(({ id }) => id));
  expect(edges.map(({ tail, head }) => [objects[tail]?.name, objects[head]?.name])).toEqual(
    diamond.edges.map(({ from, to }) => [from, to]),
  );
});

test('An edge that stands for a path is dashed', () => {
  const [one] = diamond.edges;
  const { edges = [] } = read({
    ...diamond,
    edges: [{ ...(one ?? { from: 'raw', to: 'clean' }), direct: false }],
  });
  expect(edges[0]?.style).toBe('dashed');
});

test('Names of any kind stay what they are', () => {
  const { objects = [], edges = [] } = read(nastyNodes);
  expect(objects.map(({ name }) => name)).toEqual(nastyNodes.nodes.map(({ id }) => idOf(id)));
  expect(edges).toHaveLength(nastyNodes.edges.length);
});

test('An empty graph is a graph', () => {
  expect(read({ nodes: [], edges: [] }).objects ?? []).toEqual([]);
});

test('Edges of tables lead from name to name where tables show their columns', () => {
  const dot = lineageDot(diamondColumns);
  expect(dot).toContain('"raw":h:e -> "clean":h:w [color="#c9ccd1", penwidth=2];');
  // These have no columns.
  expect(dot).toContain('"clean":h:e -> "people" [');
  expect(dot).toContain('"sales":h:e -> "report" [');
});

test('With columns an edge leads from column to column', () => {
  const dot = lineageDot(diamondColumns);
  expect(dot).toContain('"raw":c1:e -> "clean":c1:w [tooltip="transformed"];');
  expect(dot).toContain('"clean":c1:e -> "sales":c0:w [tooltip="aggregated", style=bold];');
  expect(read(diamondColumns).edges).toHaveLength(diamond.edges.length + 3);
});

/** Parsed as XML; an error of the parser would be an element of that name. */
function parsed(svg: string): { texts: string[]; elements: (selector: string) => number } {
  const document = new new Window().DOMParser().parseFromString(svg, 'image/svg+xml');
  expect(document.querySelector('parsererror')?.textContent).toBeUndefined();
  return {
    texts: [...document.querySelectorAll('text')].map((text) => text.textContent ?? ''),
    elements: (selector) => document.querySelectorAll(selector).length,
  };
}

test('The picture has a box for each node and a line for each edge', async () => {
  const { texts, elements } = parsed(await lineageSvg(diamond));
  expect(texts.sort()).toEqual(['clean', 'people', 'raw', 'report', 'sales']);
  expect(elements('g.node')).toBe(5);
  expect(elements('g.edge')).toBe(5);
});

test.each([
  ['nodes', nastyNodes, ''],
  ['columns', nasty, 'c '],
])('The picture shows names of any kind as text: %s', async (_, lineage, prefix) => {
  const svg = await lineageSvg(lineage);
  const { texts, elements } = parsed(svg);
  // Runs of spaces are one in a picture, and the empty name leaves none.
  const shown = (name: string): string => visibleLine(name).replace(/\s+/g, ' ').trim();
  const drawn = texts.map((text) => text.replace(/\s+/g, ' ').trim());
  for (const name of nastyNames) {
    if (name !== '') expect(drawn).toContain(shown(prefix + name));
  }
  expect(elements('script')).toBe(0);
  expect(elements('b')).toBe(0);
  // eslint-disable-next-line no-control-regex -- what must not be there
  expect(svg).not.toMatch(/[\u001b\u202e]/);
});

test('Nothing in the picture is loaded from elsewhere', async () => {
  const svg = await lineageSvg(diamondColumns);
  expect(svg).not.toMatch(/<image|href="(?!#)|url\(/);
});
