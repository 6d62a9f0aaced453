import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Shop } from '../helpers/shop.js';
import { ServedShop } from './served-shop.js';
import {
  expectAccessible,
  screenshot,
  startBrowser,
  themes,
  untilShown,
  watchedPage,
} from './watched-page.js';

let browser: Browser;
let served: ServedShop;

beforeAll(async () => {
  const shop = new Shop();
  const built = shop.run('build');
  expect(built.code, built.all).toBe(0);
  served = await ServedShop.start(shop);
  browser = await startBrowser();
});

afterAll(async () => {
  await browser.close();
  await served.remove();
});

async function ask<T>(path: string): Promise<T> {
  return (await fetch(served.url + path)).json() as Promise<T>;
}

const textOf = async (page: Page, selector: string): Promise<string> =>
  (await page.locator(selector).innerText()).replaceAll(/\s+/g, ' ');

describe('The dashboard', () => {
  test('shows what the API answers', async () => {
    const { page, complaints } = await watchedPage(browser, served.url);
    await page.goto('/dashboard');
    await untilShown(page);

    const { data } = await ask<{ data: { total_revenue: number; total_orders: number }[] }>(
      '/api/sales/comparison?days=30',
    );
    const [current, previous] = data;
    const percent = (current!.total_revenue / previous!.total_revenue - 1) * 100;
    const revenue = await textOf(page, '.key-figure:nth-child(1)');
    expect(revenue).toContain(Math.round(current!.total_revenue).toLocaleString('en-GB'));
    expect(revenue).toContain(`${Math.abs(percent).toFixed(1)}%`);
    expect(await textOf(page, '.key-figure:nth-child(2)')).toContain(String(current!.total_orders));

    const [best] = await ask<{ product_name: string }[]>('/api/products/best-sellers');
    expect(await textOf(page, '#best-sellers')).toContain(best!.product_name);
    const [scarce] =
      await ask<{ product_name: string; stock_level: string }[]>('/api/products/low-stock');
    expect(await textOf(page, '#low-stock tbody tr:first-child')).toContain(
      `${scarce!.product_name} `,
    );
    expect(await page.locator('#segments tbody tr').count()).toBe(7);
    expect(await textOf(page, '#operations')).toContain('Last 30 days');
    expect(await textOf(page, '#builds')).toMatch(/Published (now|\d+ minutes? ago) .*passed/);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('has the figures of each chart as a table too', async () => {
    const { page } = await watchedPage(browser, served.url);
    await page.goto('/dashboard?period=90');
    await untilShown(page);
    for (const [panel, rows] of [
      ['#by-day', 90],
      ['#by-month', 12],
    ] as const) {
      expect(await page.locator(`${panel} .chart`).getAttribute('role')).toBe('img');
      expect(await page.locator(`${panel} .chart`).getAttribute('aria-label')).toMatch(
        /^Revenue by (day|month).*\d.*\.$/,
      );
      await page.locator(`${panel} summary`).click();
      expect(await page.locator(`${panel} details tbody tr`).count()).toBe(rows);
    }
    await expectAccessible(page);
    await page.context().close();
  });

  test('keeps its filters in the URL, and the back button goes back', async () => {
    const { page, complaints, requests } = await watchedPage(browser, served.url);
    await page.goto('/dashboard');
    await untilShown(page);
    await page.getByRole('link', { name: 'Last 90 days' }).click();
    await page.waitForSelector('#by-day:has-text("Last 90 days")');
    expect(page.url()).toBe(`${served.url}/dashboard?period=90`);
    expect(await page.title()).toBe('Shop overview, last 90 days - TechStore');

    await page.locator('#customers select').selectOption('At Risk');
    await page.waitForSelector('#customers h2:has-text("At Risk")');
    expect(page.url()).toBe(`${served.url}/dashboard?period=90&segment=At+Risk`);
    expect(requests).toContain('/api/customers/segments/At%20Risk?limit=10');

    await page.reload();
    await untilShown(page);
    expect(await page.locator('#customers select').inputValue()).toBe('At Risk');
    expect(await textOf(page, '#operations')).toContain('Last 90 days');

    await page.goBack();
    await page.waitForSelector('#customers h2:text-is("Top customers")');
    await page.goBack();
    await page.waitForSelector('#by-day:has-text("Last 30 days")');
    expect(new URL(page.url()).search).toBe('');
    await page.goForward();
    await page.waitForSelector('#by-day:has-text("Last 90 days")');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('is used with the keyboard alone', async () => {
    const { page } = await watchedPage(browser, served.url);
    await page.goto('/dashboard');
    await untilShown(page);
    const focused = () => page.evaluate<string>('document.activeElement.innerText.trim()');

    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to the figures');
    const { y } = (await page.locator('.skip').boundingBox())!;
    expect(y).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('figures');

    await page.locator('.skip').focus();
    for (let i = 0; i < 4; i++) await page.keyboard.press('Tab');
    expect(await focused()).toMatch(/^365/);
    const outline = await page.evaluate(
      'getComputedStyle(document.activeElement).outlineStyle + getComputedStyle(document.activeElement).outlineWidth',
    );
    expect(outline).toBe('solid2px');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#by-day:has-text("Last 365 days")');
    // What was chosen keeps the focus.
    expect(await focused()).toMatch(/^365/);

    await page.locator('#segments tbody a').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('#customers h2:has-text("VIP")');
    await page.locator('#by-month summary').focus();
    await page.keyboard.press('Space');
    expect(await page.locator('#by-month details').getAttribute('open')).not.toBeNull();
    await page.context().close();
  });

  test('shows new figures by itself once a build is published, without a flicker', async () => {
    const { page, complaints, requests } = await watchedPage(browser, served.url);
    await page.goto('/dashboard');
    await untilShown(page);
    const before = await textOf(page, '.heading');
    await page.evaluate(`
      window.first = document.querySelector('.grid');
      window.chart = document.querySelector('#by-day .chart');
      window.gone = 0;
      new MutationObserver(() => {
        if (document.querySelector('.skeleton') || !document.querySelector('#by-day canvas')) gone++;
      }).observe(document.getElementById('app'), { childList: true, subtree: true });
      scrollTo(0, 600);
    `);
    // Until here it only asks whether there is something new.
    await page.waitForResponse((answer) => answer.status() === 304);

    const built = served.shop.run('build', '--as-of', '2025-06-15');
    expect(built.code, built.all).toBe(0);
    await page.waitForSelector('.heading:has-text("15 Jun 2025")', { timeout: 30_000 });
    expect(await textOf(page, '.heading')).not.toBe(before);
    await page.waitForSelector('[role=status]:has-text("A new build was published")', {
      state: 'attached',
    });
    expect(await page.evaluate(`document.querySelector('.grid') === first`)).toBe(true);
    expect(await page.evaluate(`document.querySelector('#by-day .chart') === chart`)).toBe(true);
    expect(await page.evaluate('gone')).toBe(0);
    expect(await page.evaluate('scrollY')).toBe(600);
    expect(requests.filter((path) => path === '/dashboard')).toHaveLength(1);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('tells how old sources with a limit are, the stale ones first', async () => {
    const { page } = await watchedPage(browser, served.url);
    const at = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();
    const source = (table: string, status: string, newest_at: string | null) => ({
      ...{ source: 'raw', table, status, newest_at, age_seconds: null, from_file: false },
      ...{ checked_at: at(1), warn_after_seconds: 3600, error_after_seconds: null },
    });
    const data = [
      source('orders', 'pass', at(0.5)),
      source('items', 'error', at(50)),
      source('reviews', 'warn', at(3)),
      source('stock', 'unknown', null),
    ];
    await page.route('**/api/sources', (route) => route.fulfill({ json: { data, meta: {} } }));
    await page.goto('/dashboard');
    await untilShown(page);

    expect(await textOf(page, '#builds')).toMatch(
      /Sources Too old raw.items newest record 2 days ago Unknown raw.stock no record with a time Getting old raw.reviews newest record 3 hours ago Fresh raw.orders newest record 30 minutes ago/,
    );
    await expectAccessible(page);
    await page.context().close();
  });

  test('tells of a build that failed after the one that is shown', async () => {
    served.shop.edit(
      'models/gold/gold_sales_metrics.sql',
      'count(order_id) as daily_orders',
      "cast('many' as bigint) as daily_orders",
    );
    const failed = served.shop.run('build');
    expect(failed.code, failed.all).not.toBe(0);
    const { page } = await watchedPage(browser, served.url);
    await page.goto('/dashboard');
    await untilShown(page);

    expect(await textOf(page, '#builds')).toContain('The latest build failed');
    await expectAccessible(page);
    await page.context().close();
  });

  test('moves nothing for whoever wants less motion', async () => {
    const { page } = await watchedPage(browser, served.url, { reducedMotion: 'reduce' });
    await page.route('**/api/sales/daily**', async (route) => {
      await new Promise((done) => setTimeout(done, 1000));
      await route.continue();
    });
    await page.goto('/dashboard');
    await page.waitForSelector('.skeleton', { state: 'attached' });
    expect(await page.evaluate('document.getAnimations().length')).toBe(0);
    await untilShown(page);
    await page.context().close();
  });

  test('is printed in light, with its figures and without its controls', async () => {
    const { page } = await watchedPage(browser, served.url, { colorScheme: 'dark' });
    await page.goto('/dashboard?segment=VIP');
    await untilShown(page);
    await page.evaluate(`
      addEventListener('beforeprint', () => {
        window.printed = {
          paper: 'paper' in document.documentElement.dataset,
          width: document.querySelector('#by-day .u-wrap').clientWidth,
        };
      });
    `);
    const pdf = await page.pdf({ format: 'A4' });
    expect(await page.evaluate('printed')).toEqual({ paper: true, width: 660 });
    expect(await page.evaluate(`'paper' in document.documentElement.dataset`)).toBe(false);
    const pages = pdf.toString('latin1').match(/\/Type \/Page\b/g) ?? [];
    expect(pages.length).toBeGreaterThanOrEqual(2);
    expect(pages.length).toBeLessThanOrEqual(4);

    await page.emulateMedia({ media: 'print' });
    for (const hidden of ['.tools', '.periods', '.skip', 'details', '#customers select']) {
      expect(await page.locator(hidden).first().isVisible(), hidden).toBe(false);
    }
    expect(await textOf(page, '#customers h2')).toBe('Top customers: VIP');
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(
      'rgb(255, 255, 255)',
    );
    await page.setViewportSize({ width: 720, height: 1000 });
    await screenshot(page, 'dashboard-print');
    await page.context().close();
  });

  test('remembers the colours that were chosen', async () => {
    const { page } = await watchedPage(browser, served.url, { colorScheme: 'light' });
    await page.goto('/dashboard');
    await untilShown(page);
    const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const light = await background();
    await page.getByLabel('Colours').selectOption('dark');
    const dark = await background();
    await page.reload();
    await untilShown(page);

    expect(dark).not.toBe(light);
    expect(await background()).toBe(dark);
    await page.context().close();
  });
});

describe.each(themes)('In %s colours', (theme) => {
  test.each([320, 360, 1280, 3840])(
    'at a width of %i axe finds nothing, nothing is cut off, and it looks as it is kept',
    async (width) => {
      const { page, complaints } = await watchedPage(browser, served.url, {
        colorScheme: theme,
        viewport: { width, height: Math.round(width < 600 ? width * 2 : width * 0.5625) },
      });
      await page.goto('/dashboard');
      await untilShown(page);
      await expectAccessible(page);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      if (width !== 320) await screenshot(page, `dashboard-${width}-${theme}`);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );
});
