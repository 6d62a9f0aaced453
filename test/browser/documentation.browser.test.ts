import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { handMadeShop } from '../metrics/small-shop.js';
import { ServedShop } from './served-shop.js';
import { findingsOf, screenshot, startBrowser, themes, watchedPage } from './watched-page.js';

let browser: Browser;
let served: ServedShop;

beforeAll(async () => {
  served = await ServedShop.start(await handMadeShop());
  browser = await startBrowser();
});

afterAll(async () => {
  await browser.close();
  await served.remove();
});

const sizes = themes.flatMap((theme) => [360, 1280, 3840].map((width) => [width, theme] as const));

const pages = [
  { path: '/docs', shown: '.opblock' },
  { path: '/redoc', shown: '[data-section-id^="tag/"] h2' },
];

describe.each(pages)('$path', ({ path, shown }) => {
  test.each(sizes)(
    'is there at a width of %i in %s colours, from this server alone and within its policy',
    async (width, theme) => {
      const { page, complaints } = await watchedPage(browser, served.url, {
        colorScheme: theme,
        viewport: { width, height: 900 },
      });
      await page.goto(path);
      await page.waitForSelector(shown);
      expect(await page.locator('body').innerText()).toContain('Top customers');
      await screenshot(page, `${path.slice(1)}-${width}-${theme}`);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );

  test.each([360, 1280])('at a width of %i axe finds nothing', async (width) => {
    const { page } = await watchedPage(browser, served.url, {
      viewport: { width, height: 900 },
    });
    await page.goto(path);
    await page.waitForSelector(shown);
    expect(await findingsOf(page, { bestPractice: false })).toEqual([]);
    await page.context().close();
  });
});

test('an operation of /docs is opened by its one button, and axe finds nothing in it', async () => {
  const { page, complaints } = await watchedPage(browser, served.url);
  await page.goto('/docs');
  const operation = page.locator('#operations-customers-topCustomers');
  await operation.locator('.opblock-summary-control').focus();
  await page.keyboard.press('Enter');
  await operation.locator('.responses-table').waitFor();

  expect(new URL(page.url()).hash).toBe('#/customers/topCustomers');
  expect(await operation.locator('.opblock-summary-control a[href]').count()).toBe(0);
  expect(await findingsOf(page, { bestPractice: false })).toEqual([]);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('/docs asks the API from the page, with the keyboard alone', async () => {
  const { page, complaints } = await watchedPage(browser, served.url);
  await page.goto('/docs#/system/health');
  await page.waitForSelector(
    '#operations-system-health .btn.execute, #operations-system-health .try-out__btn',
  );
  await page.locator('#operations-system-health .execute').focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('#operations-system-health .live-responses-table');
  expect(await page.locator('.live-responses-table').innerText()).toContain('healthy');
  expect(complaints).toEqual([]);
  await page.context().close();
});
