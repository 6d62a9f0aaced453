/** The page, in a browser's place: its script runs on the real picture. */
import { createHash } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import { Window } from 'happy-dom';
import { expect, test } from 'vitest';
import { lineageHtml, type Lineage } from '../../src/lineage/index.js';
import { diamond, diamondColumns, nasty, nastyNames } from './small.js';

/** @param size width and height of the place for the picture, in pixels; nothing is laid out here without it */
async function open(
  lineage: Lineage,
  focus: string | null = null,
  size: readonly [number, number] = [0, 0],
) {
  const html = await lineageHtml(lineage, { title: 'Lineage of <shop> & "co"', focus });
  const window = new Window();
  const { document } = window;
  document.write(html);
  const [width, height] = size;
  window.Element.prototype.getBoundingClientRect = () => new window.DOMRect(0, 0, width, height);
  const scripts = [...document.querySelectorAll('script')];
  const script = scripts.find((element) => element.getAttribute('type') === null);
  // happy-dom runs scripts only if told so; here the page's own is run, and no other there is.
  runInNewContext(script?.textContent ?? '', { window, document });
  const all = (selector: string) => [...document.querySelectorAll(selector)];
  return {
    html,
    window,
    document,
    scripts,
    all,
    text: (selector: string) => document.querySelector(selector)?.textContent ?? '',
    node: (name: string) =>
      all('g.node').find((e) => e.querySelector('text')?.textContent === name),
    click: (element: unknown) =>
      (element as { dispatchEvent(event: unknown): void }).dispatchEvent(
        new window.MouseEvent('click', { bubbles: true, cancelable: true }),
      ),
    key: (element: unknown, key: string) =>
      (element as { dispatchEvent(event: unknown): void }).dispatchEvent(
        new window.KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
      ),
  };
}

type Page = Awaited<ReturnType<typeof open>>;

function names(page: Page, selector: string): string[] {
  return page
    .all(selector)
    .map((element) => element.querySelector('text')?.textContent ?? '')
    .sort();
}

test('The page says what it is and loads nothing from elsewhere', async () => {
  const { html, document, all } = await open(diamond);
  expect(document.title).toBe('Lineage of <shop> & "co"');
  expect(html).not.toMatch(/(?:src|href)="(?!#)[^"]+"|@import|url\(/);
  expect(all('link, img, iframe, object')).toHaveLength(0);
  const policy = document.querySelector('meta[http-equiv]')?.getAttribute('content') ?? '';
  expect(policy).toContain("default-src 'none'");
});

test('The policy lets only the script and the style of the page run', async () => {
  const { html } = await open(diamond);
  const hash = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
  const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '';
  const script = /<script>([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
  expect(html).toContain(`script-src '${hash(script)}'`);
  expect(html).toContain(`style-src '${hash(style)}'`);
  // The policy would stop styles and handlers of elements.
  expect(html).not.toMatch(/<[^>]+ (?:style|on\w+)="/);
});

test('A click on a table lights what leads to it and what it leads to', async () => {
  const page = await open(diamond);
  page.click(page.node('sales'));
  expect(names(page, 'g.node.dim')).toEqual(['people']);
  expect(page.all('g.edge.lit')).toHaveLength(3);
  expect(page.text('#details h2')).toBe('sales');
  expect(page.text('#details')).toContain('clean');
  page.key(page.document.body, 'Escape');
  expect(page.all('.dim, .lit')).toHaveLength(0);
  expect(page.text('#details')).toBe('');
});

test('Each table can be reached and chosen with the keyboard', async () => {
  const page = await open(diamond);
  for (const element of page.all('g.node')) {
    expect(element.getAttribute('tabindex')).toBe('0');
    expect(element.getAttribute('aria-label')).toMatch(/^(model|source|exposure) \w+$/);
  }
  page.key(page.node('clean'), 'Enter');
  expect(page.text('#details h2')).toBe('clean');
});

test('The page opens on the node that was asked for', async () => {
  const page = await open(diamond, 'people');
  expect(page.text('#details h2')).toBe('people');
  expect(names(page, 'g.node.dim')).toEqual(['sales']);
});

test('Layer and tag leave only their tables', async () => {
  const page = await open(diamond);
  const choose = (id: string, value: string) => {
    const select = page.document.querySelector(id) as unknown as { value: string };
    select.value = value;
    (select as unknown as { dispatchEvent(event: unknown): void }).dispatchEvent(
      new page.window.Event('change'),
    );
  };
  choose('#layer', 'gold');
  expect(names(page, 'g.node:not(.hidden)')).toEqual(['people', 'sales']);
  expect(page.all('g.edge:not(.hidden)')).toHaveLength(0);
  choose('#layer', '');
  choose('#tag', 'daily');
  expect(names(page, 'g.node:not(.hidden)')).toEqual(['clean']);
  page.click(page.document.querySelector('#all'));
  expect(page.all('.hidden')).toHaveLength(0);
});

test('Search marks tables by their names and columns, and Enter goes to the first', async () => {
  const page = await open(diamondColumns);
  const input = page.document.querySelector('#search') as unknown as {
    value: string;
    dispatchEvent(event: unknown): void;
  };
  input.value = 'TOTAL';
  input.dispatchEvent(new page.window.Event('input'));
  expect(names(page, 'g.node.found')).toEqual(['sales']);
  page.key(input, 'Enter');
  expect(page.text('#details h2')).toBe('sales');
});

test('Zoom and arrow keys change what is seen, 0 goes back', async () => {
  const page = await open(diamond);
  const view = () => page.document.querySelector('#graph svg')?.getAttribute('viewBox');
  const before = view();
  page.key(page.document.body, '+');
  const zoomed = view();
  expect(zoomed).not.toBe(before);
  page.key(page.document.body, 'ArrowLeft');
  expect(view()).not.toBe(zoomed);
  page.key(page.document.body, '0');
  expect(view()).toBe(before);
});

test('Each layer has its colour in the legend', async () => {
  const page = await open(diamond);
  expect(page.all('#legend li').map((item) => item.textContent)).toEqual(
    expect.arrayContaining(['source', 'silver', 'exposure']),
  );
  expect(page.all('#legend .swatch')[0]?.getAttribute('style')).toContain('#d5ecf2');
});

test('A picture too large for its place begins where its words can be read', async () => {
  const view = (page: Page) =>
    (page.document.querySelector('#graph svg')?.getAttribute('viewBox') ?? '')
      .split(' ')
      .map(Number);
  const whole = view(await open(diamond));
  expect(view(await open(diamond, null, [2000, 2000]))).toEqual(whole);
  const page = await open(diamond, null, [80, 40]);
  // 0.8 pixels for a unit of the picture.
  expect(view(page).slice(2)).toEqual([100, 50]);
  page.click(page.document.getElementById('all'));
  expect(view(page)).toEqual(whole);
});

test('Two fingers that part enlarge the picture', async () => {
  const page = await open(diamond, null, [2000, 2000]);
  const width = () =>
    Number(page.document.querySelector('#graph svg')?.getAttribute('viewBox')?.split(' ')[2]);
  const touch = (type: string, pointerId: number, clientX: number) =>
    page.document
      .getElementById('graph')
      ?.dispatchEvent(
        new page.window.PointerEvent(type, { pointerId, clientX, clientY: 0, bubbles: true }),
      );
  const before = width();
  touch('pointerdown', 1, 100);
  touch('pointerdown', 2, 200);
  touch('pointermove', 2, 300);
  expect(width()).toBeCloseTo(before / 2);
  touch('pointerup', 1, 100);
  touch('pointermove', 2, 400);
  expect(width()).toBeCloseTo(before / 2);
});

test('A click on a column follows it through the tables', async () => {
  const page = await open(diamondColumns);
  const cell = page.all('[id^="a_n"]').find((e) => e.textContent?.trim() === 'total');
  page.click(cell?.querySelector('text'));
  expect(page.text('#details h2')).toBe('sales.total');
  expect(page.text('#details')).toContain('clean.amount aggregated');
  expect(page.all('.cell')).toHaveLength(3);
  expect(page.all('g.edge.column.lit')).toHaveLength(2);
  expect(names(page, 'g.node.dim')).toEqual(['people', 'report']);
});

test('What is not known of the columns is said', async () => {
  const page = await open(diamondColumns);
  page.click(page.node('sales'));
  expect(page.text('#details')).toContain('the sources of odd are only partly known');
});

test('Names that look like HTML stay text', async () => {
  const page = await open(nasty);
  expect(page.scripts).toHaveLength(2);
  expect(page.all('b')).toHaveLength(0);
  for (const [i, name] of nastyNames.entries()) {
    page.click(page.document.querySelector(`[id="n${i}"]`));
    expect(page.text('#details h2')).toBe(name);
  }
  expect(page.all('script')).toHaveLength(2);
});
