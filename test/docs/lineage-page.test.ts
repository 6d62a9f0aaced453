/** The file of `lineage --html`, and the data in it. */
import { createHash } from 'node:crypto';
import { Window } from 'happy-dom';
import { expect, test } from 'vitest';
import { lineageData } from '../../src/docs/lineage-data.js';
import { lineageHtml } from '../../src/docs/lineage-page.js';
import type { LineagePageData } from '../../src/docs/page/lineage/page-data.js';
import { diamondColumns, nasty, nastyNames, node } from '../lineage/small.js';

async function open(...args: Parameters<typeof lineageHtml>) {
  const html = await lineageHtml(...args);
  const window = new Window();
  window.document.write(html);
  const text = window.document.getElementById('data')?.textContent ?? '';
  return { html, document: window.document, data: JSON.parse(text) as LineagePageData };
}

test('The page says what it is and loads nothing from elsewhere', async () => {
  const { html, document } = await open(diamondColumns, { project: '<shop> & "co"' });
  expect(document.title).toBe('Lineage of <shop> & "co"');
  expect(document.querySelectorAll('link, img, iframe, object, [src]')).toHaveLength(0);
  expect(document.querySelectorAll('script')).toHaveLength(2);
  // The policy would stop styles and handlers of elements.
  expect(html).not.toMatch(/<[^>]+ (?:style|on\w+)="/);
});

test('The policy lets only the script and the style of the page run, and no request out', async () => {
  const { html, document } = await open(diamondColumns, { project: 'shop' });
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '';
  const script = /<script>([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
  const policy = document.querySelector('meta[http-equiv]')?.getAttribute('content') ?? '';
  expect(policy.split('; ')).toEqual([
    "default-src 'none'",
    `script-src ${hash(script)} 'wasm-unsafe-eval'`,
    `style-src ${hash(style)}`,
    'img-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ]);
});

test('The page opens on the node or the column that was asked for', async () => {
  const atNode = await open(diamondColumns, { project: 'shop', node: 'people' });
  expect(atNode.data).toMatchObject({ focus: 'people', column: null });
  const column = { node: 'sales', column: 'total' };
  const atColumn = await open(diamondColumns, { project: 'shop', column });
  expect(atColumn.data).toMatchObject({ focus: 'sales', column: 'total' });
});

test('Names that look like HTML can not leave the data', async () => {
  const { html, document, data } = await open(nasty, { project: '</script><b>' });
  expect(document.querySelectorAll('script')).toHaveLength(2);
  expect(document.querySelectorAll('b')).toHaveLength(0);
  expect(data.lineage.nodes.map(({ description }) => description)).toEqual(nastyNames);
  expect(html.match(/<script/g)).toHaveLength(2);
});

test('Nodes and columns refer to each other by their places', () => {
  const { nodes, edges } = lineageData(diamondColumns, 'shop');
  expect(edges).toEqual([
    [0, 1, true],
    [1, 2, true],
    [1, 3, true],
    [2, 4, true],
    [3, 4, true],
  ]);
  expect(nodes[3]).toEqual({
    ...node('sales'),
    gap: 'the sources of odd are only partly known',
    columns: [
      { name: 'total', type: 'DOUBLE', sources: [[1, 1, 'aggregated']] },
      { name: 'odd', type: null, sources: null },
    ],
  });
});

test('Sources that are not in the page keep their names', () => {
  const columns = [
    {
      node: 'a',
      column: 'x',
      type: null,
      sources: [{ node: 'model.shop.gone', column: 'y', how: 'direct' as const }],
    },
  ];
  const { nodes } = lineageData({ nodes: [node('a')], edges: [], columns }, 'shop');
  expect(nodes[0]?.columns).toEqual([{ name: 'x', type: null, sources: [], outside: ['gone.y'] }]);
});
