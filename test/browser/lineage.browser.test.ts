/** The file of `lineage --html`, opened from disk by a real browser. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lineageHtml } from '../../src/docs/lineage-page.js';
import { Shop } from '../helpers/shop.js';
import { nasty, nastyNames } from '../lineage/small.js';
import { largeLineage } from '../docs/large-lineage.js';
import { expectAccessible, screenshot, startBrowser, themes, watchedPage } from './watched-page.js';

let browser: Browser;
let shop: Shop;
let folder: string;

beforeAll(async () => {
  shop = new Shop();
  const made = shop.run('lineage', '--columns', '--exposures', '--output', 'lineage.html');
  expect(made.code, made.all).toBe(0);
  folder = mkdtempSync(join(tmpdir(), 'techstore-lineage-'));
  writeFileSync(join(folder, 'nasty.html'), await lineageHtml(nasty, { project: '<b>nasty</b>' }));
  writeFileSync(
    join(folder, 'large.html'),
    await lineageHtml(largeLineage(), { project: 'large' }),
  );
  browser = await startBrowser();
});

afterAll(async () => {
  await browser.close();
  shop.remove();
  rmSync(folder, { recursive: true });
});

const files = {
  shop: () => shop.path('lineage.html'),
  nasty: () => join(folder, 'nasty.html'),
  large: () => join(folder, 'large.html'),
};

async function open(
  file: keyof typeof files,
  hash = '',
  options: BrowserContextOptions = {},
): Promise<Awaited<ReturnType<typeof watchedPage>>> {
  const watched = await watchedPage(browser, 'file://', { acceptDownloads: true, ...options });
  await watched.page.goto(`${pathToFileURL(files[file]()).href}${hash}`);
  await watched.page.waitForSelector('.box');
  return watched;
}

const status = (page: Page): Promise<string> => page.locator('.lineage-status').innerText();
const heading = (page: Page): Promise<string> => page.locator('.lineage-panel h2').innerText();
const table = (page: Page, name: string) => page.locator(`.box .name[aria-label$=" ${name}"]`);
const labelsOf = (page: Page, selector: string): Promise<string[]> =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll('${selector}')].map((e) => e.getAttribute('aria-label'))`,
  );
const hashOf = (page: Page): string => decodeURIComponent(new URL(page.url()).hash);
const silver = 'model.techstore.silver_orders';

describe('The lineage page', () => {
  test('shows the shop, asks nobody for anything, and breaks no policy', async () => {
    const { page, complaints, requests } = await open('shop');
    expect(await status(page)).toBe('30 tables.');
    expect(await page.locator('.box').count()).toBe(30);
    expect(requests.filter((path) => !path.endsWith('/lineage.html'))).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('follows a table by a click, and the back button goes back', async () => {
    const { page, complaints } = await open('shop');
    await table(page, 'silver_orders').click();
    expect(hashOf(page)).toBe(`#focus=${silver}`);
    expect(await heading(page)).toBe('silver_orders');
    const dim = await labelsOf(page, '.box.dim .name');
    expect(dim).toContain('model silver_products');
    expect(dim).not.toContain('seed orders');
    await table(page, 'gold_sales_metrics').click();
    expect(await heading(page)).toBe('gold_sales_metrics');

    await page.goBack();
    await page.waitForSelector('.lineage-panel h2:text-is("silver_orders")');
    await page.goBack();
    await page.waitForSelector('.lineage-panel h2:text-is("Tables")');
    expect(await page.locator('.box.dim').count()).toBe(0);
    await page.goForward();
    await page.waitForSelector('.lineage-panel h2:text-is("silver_orders")');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a search for a column follows that column up and down', async () => {
    const { page } = await open('shop');
    await page.keyboard.press('/');
    await page.keyboard.type('customer_lifetime_value');
    await page.waitForSelector('[role=option]');
    await page.keyboard.press('Enter');
    expect(hashOf(page)).toBe(
      '#focus=model.techstore.gold_customer_analytics&column=customer_lifetime_value',
    );
    expect(await status(page)).toContain(
      'Lineage of gold_customer_analytics.customer_lifetime_value',
    );
    const lit = await labelsOf(page, '.row.lit, .row.focus');
    expect(lit.sort()).toEqual([
      'column customer_lifetime_value of gold_customer_analytics',
      'column total_amount of bronze_orders',
      'column total_amount of orders',
      'column total_amount of silver_orders',
      'column total_amount of techstore.orders',
    ]);
    expect(await page.locator('.lines.lit > g').count()).toBe(4);
    expect(await page.locator('.lineage-panel').innerText()).toMatch(
      /Made of 1\s+silver_orders.total_amount\s+aggregated/,
    );
    await page.context().close();
  });

  test('is used with the keyboard alone', async () => {
    const { page } = await open('shop');
    await page.locator('summary:has-text("Export")').focus();
    const active = () => page.evaluate<string>('document.activeElement.getAttribute("aria-label")');
    await page.keyboard.press('Tab');
    // The first table on the left, and the next below it.
    const first = await active();
    await page.keyboard.press('Tab');
    expect([first, await active()]).toEqual(['seed product_categories', 'seed customers']);
    await page.keyboard.press('Enter');
    expect(await heading(page)).toBe('customers');
    // What was followed keeps the focus, though the picture was drawn again.
    expect(await active()).toBe('seed customers');

    const place = () => page.locator('.picture > g').getAttribute('transform');
    const before = await place();
    await page.keyboard.press('ArrowRight');
    const panned = await place();
    expect(panned).not.toBe(before);
    await page.keyboard.press('+');
    expect(await place()).not.toBe(panned);
    await page.keyboard.press('Escape');
    expect(await heading(page)).toBe('Tables');
    expect(new URL(page.url()).hash).toBe('#all');
    await page.context().close();
  });

  test('filters, hides and finds paths, all of it in the address', async () => {
    const { page } = await open('shop');
    await page.locator('summary:has-text("Layer")').click();
    await page.locator('.menu[open]').getByLabel('gold').check();
    expect(await status(page)).toBe('4 of 30 tables.');
    expect(hashOf(page)).toBe('#layer=gold');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Show all' }).click();

    await table(page, 'bronze_orders').click();
    await page.getByRole('button', { name: 'Hide' }).click();
    expect(await status(page)).toBe(
      '29 of 30 tables. 1 hidden. Dashed lines lead through tables that are not shown.',
    );
    await page.locator('.lineage-panel').getByRole('button', { name: 'bronze_orders' }).click();
    expect(await status(page)).toBe('30 tables.');

    await table(page, 'orders').first().click();
    await page.getByLabel('Path to another table').fill('gold_sales_metrics');
    await page.keyboard.press('Enter');
    expect(hashOf(page)).toBe('#focus=seed.techstore.orders&to=model.techstore.gold_sales_metrics');
    expect(await status(page)).toBe('5 of 30 tables. Paths between orders and gold_sales_metrics.');
    await page.reload();
    await page.waitForSelector('.box');
    expect(await page.locator('.box').count()).toBe(5);
    await page.context().close();
  });

  test('shows as many steps as asked for', async () => {
    const { page } = await open('shop', `#focus=${silver}&only=1`);
    await page.getByLabel('Steps up').selectOption('1');
    await page.getByLabel('Steps down').selectOption('0');
    expect(await status(page)).toBe(
      '2 of 30 tables. Lineage of silver_orders. 1 step up. 0 steps down.',
    );
    await page.getByLabel('Only its lineage').uncheck();
    expect(await page.locator('.box').count()).toBe(30);
    await page.context().close();
  });

  test('wheel, drag and two fingers move it; a drag is no click', async () => {
    const { page } = await open('shop');
    const place = () => page.locator('.picture > g').getAttribute('transform');
    const box = (await page.locator('.picture').boundingBox())!;
    const before = await place();
    await page.mouse.move(box.x + 300, box.y + 300);
    await page.mouse.wheel(0, -300);
    await expect.poll(place).not.toBe(before);
    const zoomed = await place();
    const { x, y } = (await table(page, 'silver_orders').boundingBox())!;
    await page.mouse.move(x + 5, y + 5);
    await page.mouse.down();
    await page.mouse.move(x - 60, y + 40, { steps: 3 });
    await page.mouse.up();
    expect(await place()).not.toBe(zoomed);
    expect(await heading(page)).toBe('Tables');
    const dragged = await place();
    await page.evaluate(`
      const picture = document.querySelector('.picture');
      const touch = (type, pointerId, clientX) =>
        picture.dispatchEvent(new PointerEvent(type, { pointerId, clientX, clientY: 300, bubbles: true }));
      touch('pointerdown', 11, 100); touch('pointerdown', 12, 200); touch('pointermove', 12, 300);
      touch('pointerup', 11, 100); touch('pointerup', 12, 300);
    `);
    const scale = (transform: string | null) =>
      Number(/scale\(([\d.]+)\)/.exec(transform ?? '')?.[1]);
    expect(scale(await place()) / scale(dragged)).toBeCloseTo(2);
    await page.context().close();
  });

  test('exports what it shows as SVG, PNG and Mermaid', async () => {
    const { page, complaints } = await open(
      'shop',
      '#focus=model.techstore.gold_customer_analytics&column=customer_lifetime_value&only=1',
    );
    const save = async (kind: string) => {
      await page.locator('summary:has-text("Export")').click();
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.locator('.menu-panel').getByRole('button', { name: kind }).click(),
      ]);
      await page.keyboard.press('Escape');
      return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
    };
    const name = 'techstore-lineage-gold_customer_analytics.customer_lifetime_value';
    const svg = await save('SVG');
    expect(svg.name).toBe(`${name}.svg`);
    expect(svg.bytes.toString()).toContain('>customer_lifetime_value</text>');
    const png = await save('PNG');
    expect(png.name).toBe(`${name}.png`);
    const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg.bytes.toString()) ?? [];
    expect(png.bytes.toString('latin1', 1, 4)).toBe('PNG');
    expect([png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)]).toEqual([
      Number(width) * 2,
      Number(height) * 2,
    ]);
    // A picture with something on it is no few bytes of one colour.
    expect(png.bytes.length).toBeGreaterThan(10_000);
    const mermaid = await save('Mermaid');
    expect(mermaid.name).toBe(`${name}.mmd`);
    expect(mermaid.bytes.toString()).toMatch(/^flowchart LR\n/);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('names and descriptions that look like HTML do no harm', async () => {
    const { page, complaints } = await open('nasty', '#open=*');
    expect(await page.locator('.box').count()).toBe(nastyNames.length);
    expect(await page.locator('script').count()).toBe(2);
    expect(await page.locator('#app b, #app img').count()).toBe(0);
    await page.locator('.box .name').nth(5).focus();
    await page.keyboard.press('Enter');
    expect(await heading(page)).toBe('</script><script>alert(1)</script>');
    expect(await page.locator('.lineage-panel .description').innerText()).toBe(nastyNames[5]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('moves nothing by itself', async () => {
    const { page } = await open('shop', `#focus=${silver}`, { reducedMotion: 'reduce' });
    expect(await page.evaluate('document.getAnimations().length')).toBe(0);
    await page.context().close();
  });

  test('can be told apart in the colours that a system forces', async () => {
    const { page, complaints } = await open('shop', `#focus=${silver}`, { forcedColors: 'active' });
    await screenshot(page, 'lineage-forced-colours');
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

describe('A lineage of 1,000 tables and 10,000 columns', () => {
  test('is shown whole, and a click shows the lineage of a table', async () => {
    const { page, complaints } = await open('large');
    expect(await status(page)).toBe('1,000 tables.');
    await screenshot(page, 'lineage-large');
    await page
      .locator('.lineage-panel')
      .getByRole('button', { name: 'gold_700', exact: true })
      .click();
    await page.waitForSelector('.box.focus');
    expect(await page.locator('.box').count()).toBeLessThanOrEqual(121);
    expect(await page.locator('.box.focus .row').count()).toBe(10);
    await page.locator('.box.focus .row').nth(3).click();
    expect(await page.locator('.row.focus').count()).toBe(1);
    expect(await page.locator('.row.lit').count()).toBeGreaterThan(5);
    await screenshot(page, 'lineage-large-column');
    await page.getByRole('button', { name: 'All columns' }).click();
    await page.getByRole('button', { name: 'Back to all tables' }).click();
    expect(await status(page)).toContain('10,000 columns are too many for one picture');
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

const views = [
  ['whole', ''],
  ['table', `#focus=${silver}`],
  [
    'column',
    '#focus=model.techstore.gold_customer_analytics&column=customer_lifetime_value&only=1',
  ],
] as const;

describe.each(themes)('In %s colours', (theme) => {
  test.each([320, 390, 1280])(
    'at a width of %i axe finds nothing, and nothing is cut off',
    async (width) => {
      for (const [name, hash] of views) {
        const { page, complaints } = await open('shop', hash, {
          colorScheme: theme,
          viewport: { width, height: width < 600 ? width * 2 : 800 },
        });
        await expectAccessible(page);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
        await screenshot(page, `lineage-${name}-${width}-${theme}`);
        if (hash === '') {
          const frame = (await page.locator('.picture').boundingBox())!;
          for (const last of ['dashboard', 'rest_api', 'product_categories']) {
            const box = (await table(page, last).first().boundingBox())!;
            expect(box.x).toBeGreaterThanOrEqual(frame.x);
            expect(box.x + box.width).toBeLessThanOrEqual(frame.x + frame.width);
          }
        }
        expect(complaints).toEqual([]);
        await page.context().close();
      }
    },
  );

  test('menus, a list of matches and the panel have nothing that axe finds', async () => {
    const { page } = await open(
      'shop',
      '#focus=seed.techstore.orders&to=model.techstore.gold_sales_metrics',
      { colorScheme: theme },
    );
    await page.locator('summary:has-text("Layer")').click();
    await expectAccessible(page);
    await page.keyboard.press('/');
    await page.keyboard.type('order');
    await page.waitForSelector('[role=option]');
    await expectAccessible(page);
    await page.context().close();
  });
});
