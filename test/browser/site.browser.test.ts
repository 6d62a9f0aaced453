/** The documentation of the shop, opened from disk. */
import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Shop } from '../helpers/shop.js';
import {
  expectAccessible,
  screenshot,
  startBrowser,
  watchedPage,
  type WatchedPage,
} from './watched-page.js';

interface Result {
  readonly unique_id: string;
  readonly execution_time: number;
  readonly status: string;
  readonly timing: readonly unknown[];
}

const gold = 'model.techstore.gold_customer_analytics';
let browser: Browser;
let shop: Shop;
let file: string;

beforeAll(async () => {
  shop = new Shop();
  const built = shop.run('build');
  expect(built.code, built.all).toBe(0);
  const made = shop.run('docs', 'generate');
  expect(made.code, made.all).toBe(0);
  file = pathToFileURL(shop.path('target', 'docs', 'index.html')).href;
  browser = await startBrowser();
});

afterAll(async () => {
  await browser.close();
  shop.remove();
});

async function open(
  hash = '',
  options: Parameters<typeof watchedPage>[2] = {},
): Promise<WatchedPage> {
  const watched = await watchedPage(browser, file, options);
  await watched.page.goto(`${file}${hash}`);
  await watched.page.waitForSelector('main h1');
  return watched;
}

const layer = (page: Page) =>
  page.locator('.filters label', { hasText: 'Layer' }).locator('select');
const words = (page: Page) => page.locator('.filters input');
const heading = (page: Page): Promise<string> => page.locator('main h1').innerText();
const read = <T>(name: string): T => JSON.parse(shop.read(join('target', name))) as T;

describe('The documentation site', () => {
  test('opens from disk, asks for nothing else, and says what there is', async () => {
    const { page, complaints, requests } = await open();
    expect(await heading(page)).toBe('techstore');
    expect(await page.title()).toBe('techstore documentation');
    const { nodes } = read<{ nodes: Record<string, { resource_type: string }> }>('manifest.json');
    const models = Object.values(nodes).filter((node) => node.resource_type === 'model').length;
    expect(await page.locator('.cards').innerText()).toMatch(new RegExp(`${models}\\s+models`));
    expect(complaints).toEqual([]);
    expect(requests).toEqual([new URL(file).pathname]);
    await page.context().close();
  });

  test.each([
    ['a name', 'gold_customer_an', 'gold_customer_analytics'],
    ['a column', 'customer_lifetime_value', 'gold_customer_analytics'],
    ['a description', 'everybody who registered', 'bronze_customers'],
    ['a tag', 'gold', 'gold_customer_analytics'],
    ['SQL', 'days_since_first_order', 'gold_customer_analytics'],
  ])('finds by %s as one types', async (_what, typed, found) => {
    const { page, complaints } = await open();
    await page.locator('#search').pressSequentially(typed);
    await page.waitForSelector(`.hits .hit-name a:text-is("${found}")`);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('is used by the keyboard alone, and the back button leads back', async () => {
    const { page } = await open('#/run');
    await page.keyboard.press('/');
    await page.keyboard.type('gold_customer_analytics');
    await page.waitForSelector('.hits a');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForSelector('main.page-node');
    expect(await heading(page)).toBe('gold_customer_analytics');
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
    await page.goBack();
    await page.waitForSelector('main.page-search');
    expect(await page.locator('#search').inputValue()).toBe('gold_customer_analytics');
    await page.goBack();
    await page.waitForSelector('main.page-run');
    await page.context().close();
  });

  test("shows a model's rows, columns, tests, lineage and SQL", async () => {
    const { page, complaints } = await open(`#/model/${gold}`);
    const { stdout } = shop.run(
      'query',
      'select count(*) as n from gold_customer_analytics',
      '--csv',
    );
    const rows = stdout.trim().split('\n').at(-1);
    const facts = await page.locator('main .facts').first().innerText();
    expect(facts).toMatch(new RegExp(`Rows\\s+${rows}`));
    const id = page.locator('table.columns tbody tr').first();
    expect(await id.innerText()).toMatch(/customer_id\s+BIGINT/);
    expect(await id.locator('.tests').innerText()).toMatch(/unique\s+pass/);
    expect(await page.locator('#lineage').innerText()).toContain('silver_customers');
    expect(await page.locator('#lineage').innerText()).toContain('dashboard');
    expect(await page.locator('#sql pre').innerText()).toContain("{{ ref('silver_orders') }}");
    await page.getByRole('button', { name: 'Compiled' }).click();
    expect(await page.locator('#sql pre').innerText()).toContain('"silver_orders"');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('follows a column up to the seed that it comes from, and down again', async () => {
    const { page } = await open(`#/column/${gold}/customer_lifetime_value`);
    const tree = page.locator('#comes-from');
    expect(
      (await tree.locator('a').allInnerTexts()).map((text) => text.replace(/\s/g, '')),
    ).toEqual([
      'silver_orders.total_amount',
      'bronze_orders.total_amount',
      'techstore.orders.total_amount',
      'orders.total_amount',
    ]);
    await tree.locator('a').first().click();
    await page.waitForFunction("document.querySelector('main h1').textContent === 'total_amount'");
    expect(await page.locator('#used-by').innerText()).toContain(
      'gold_customer_analytics.customer_lifetime_value',
    );
    await page.context().close();
  });

  test('has a page for every node, source, exposure and macro of the project', async () => {
    const { page } = await open();
    const manifest = read<Record<string, Record<string, { name: string }>>>('manifest.json');
    const ids = ['nodes', 'sources', 'exposures', 'unit_tests', 'macros'].flatMap((part) =>
      Object.entries(manifest[part] ?? {}).filter(
        ([id]) => !id.startsWith('macro.dbt.') && !id.startsWith('operation.'),
      ),
    );
    expect(ids.length).toBeGreaterThan(300);
    const wrong: string[] = [];
    for (const [id, { name }] of ids) {
      const shown = await page.evaluate<string>(`new Promise((done) => {
        addEventListener('hashchange', () => done(document.querySelector('main h1').textContent), { once: true });
        location.hash = ${JSON.stringify(`#/${id.split('.')[0] ?? ''}/${encodeURIComponent(id)}`)};
      })`);
      if (!shown.endsWith(name)) wrong.push(`${id}: ${shown}`);
    }
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  test.each([
    ['#!/model/model.techstore.silver_orders', 'silver_orders'],
    ['#!/source/source.techstore.techstore.orders', 'techstore.orders'],
    ['#!/overview', 'techstore'],
    ['#!/source_list/techstore', 'Sources'],
    ['#!/model/model.techstore.silver_orders?g_v=1&g_i=%2Bsilver_orders', 'Lineage'],
    ['#/model/model.techstore.nothing', 'There is no such page'],
    ['#/what', 'There is no such page'],
  ])('takes the address %s', async (hash, title) => {
    const { page, complaints } = await open(hash);
    expect(await heading(page)).toBe(title);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('shows when each node of the last run ran, and the slowest first', async () => {
    const { page } = await open('#/run');
    const { results } = read<{ results: readonly Result[] }>('run_results.json');
    const ran = results.filter(({ timing }) => timing.length > 0);
    expect(await page.locator('.timeline rect').count()).toBe(ran.length);
    const [slowest] = [...results].sort((a, b) => b.execution_time - a.execution_time);
    const first = await page.locator('#slowest tbody tr').first().innerText();
    expect(first).toContain(slowest?.unique_id.split('.')[2]);
    await page.locator('.timeline rect').first().click();
    await page.waitForSelector('main.page-node');
    await page.context().close();
  });

  test('narrows a list down by layer and words, and keeps that in the address', async () => {
    const { page } = await open('#/list/model');
    await layer(page).selectOption('gold');
    await page.waitForFunction("document.querySelectorAll('main tbody tr').length === 4");
    await words(page).fill('sales');
    await page.waitForFunction("document.querySelectorAll('main tbody tr').length < 4");
    await page.reload();
    expect(await layer(page).inputValue()).toBe('gold');
    expect(await words(page).inputValue()).toBe('sales');
    await page.context().close();
  });

  test('holds no row of a table unless samples are asked for', async () => {
    const emails = (text: string): string[] =>
      parse<{ email: string }>(text, { columns: true }).map(({ email }) => email);
    const known = emails(shop.read('seeds/customers.csv')).filter((email) => email.includes('@'));
    const page = readFileSync(shop.path('target', 'docs', 'index.html'), 'utf8');
    expect(known.filter((email) => page.includes(email))).toEqual([]);
    const sampled = shop.run('docs', 'generate', '--with-samples', '3');
    expect(sampled.code, sampled.all).toBe(0);
    const watched = await open('#/model/model.techstore.bronze_customers/rows');
    expect(await watched.page.locator('#rows tbody tr').count()).toBe(3);
    await watched.page.context().close();
    shop.run('docs', 'generate');
  });

  const rooms = [
    ['overview', '#/'],
    ['model', `#/model/${gold}`],
    ['source', '#/source/source.techstore.techstore.orders'],
    ['metrics', '#/list/metric'],
    [
      'unit-test',
      '#/unit_test/unit_test.techstore.gold_customer_analytics.gold_customer_analytics_segments',
    ],
    ['column', `#/column/${gold}/customer_lifetime_value`],
    ['run', '#/run'],
    ['models', '#/list/model'],
    ['search', '#/search?q=customer'],
    ['lineage', `#/lineage?focus=${gold}`],
  ] as const;
  // Axe takes seconds for each room: each width and each theme, but not all of their pairs.
  const sizes = [
    [320, 'light'],
    [390, 'dark'],
    [1280, 'light'],
    [1280, 'dark'],
  ] as const;

  test.each(sizes)(
    'is accessible and fits a width of %i in %s colours',
    async (width, theme) => {
      const { page, complaints } = await open('', {
        colorScheme: theme,
        viewport: { width, height: 900 },
      });
      for (const [name, hash] of rooms) {
        await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
        await page.waitForTimeout(200);
        expect(
          await page.evaluate('document.documentElement.scrollWidth'),
          name,
        ).toBeLessThanOrEqual(width);
        await expectAccessible(page);
        await screenshot(page, `site-${name}-${width}-${theme}`);
      }
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    180_000,
  );
});
