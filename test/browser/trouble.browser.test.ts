import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Shop } from '../helpers/shop.js';
import { emptyTables, handMadeShop } from '../metrics/small-shop.js';
import { ServedShop } from './served-shop.js';
import {
  expectAccessible,
  screenshot,
  startBrowser,
  untilShown,
  watchedPage,
} from './watched-page.js';

let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser();
});

afterAll(() => browser.close());

const problem = (status: number, detail: string) => ({
  status,
  headers: { 'retry-after': '2' },
  contentType: 'application/problem+json',
  body: JSON.stringify({ title: 'Trouble', status, detail, errors: [] }),
});

describe('A shop of a few rows', () => {
  let served: ServedShop;

  beforeAll(async () => {
    served = await ServedShop.start(await handMadeShop());
  });

  afterAll(() => served.remove());

  test('is shown, hostile names and figures past 2^53 too', async () => {
    const { page, complaints } = await watchedPage(browser, served.url);
    await page.goto('/dashboard');
    await untilShown(page);

    expect(await page.locator('#customers').innerText()).toContain('9,007,199,254,740,993');
    expect(await page.locator('.key-figure').first().innerText()).toContain('no comparison');
    await expectAccessible(page);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('says that the server is busy, and shows the figures as soon as it is not', async () => {
    const { page } = await watchedPage(browser, served.url);
    let isBusy = true;
    await page.route('**/api/operations', (route) =>
      isBusy ? route.fulfill(problem(503, 'Too many queries wait.')) : route.continue(),
    );
    await page.goto('/dashboard');
    await page.waitForSelector('[role=alert]:has-text("The server is busy")');
    expect(await page.locator('[role=alert]').innerText()).toContain('Too many queries wait.');
    await expectAccessible(page);
    await screenshot(page, 'dashboard-busy');
    isBusy = false;
    await untilShown(page);
    expect(await page.locator('[role=alert]').count()).toBe(0);
    await page.context().close();
  });

  test('says that it was asked too often, and can be asked again by hand', async () => {
    const { page } = await watchedPage(browser, served.url);
    let isLimited = true;
    await page.route('**/api/operations', (route) =>
      isLimited
        ? route.fulfill({
            ...problem(429, 'Too many requests.'),
            headers: { 'retry-after': '600' },
          })
        : route.continue(),
    );
    await page.goto('/dashboard');
    await page.waitForSelector('[role=alert]:has-text("Too many requests")');
    isLimited = false;
    await page.getByRole('button', { name: 'Try again now' }).click();
    await untilShown(page);
    await page.context().close();
  });

  test('leaves the figures when the connection is lost, and comes back by itself', async () => {
    const { page } = await watchedPage(browser, served.url);
    await page.goto('/dashboard');
    await untilShown(page);
    await page.context().setOffline(true);
    await page.getByRole('link', { name: 'Last 7 days' }).click();
    await page.waitForSelector('[role=alert]:has-text("No connection")');
    expect(await page.locator('#by-day canvas').count()).toBe(1);
    await expectAccessible(page);
    await screenshot(page, 'dashboard-offline');
    await page.context().setOffline(false);
    await page.waitForSelector('[role=alert]', { state: 'detached', timeout: 15_000 });
    await page.waitForSelector('#by-day:has-text("Last 7 days")');
    await page.context().close();
  });
});

describe('A shop without anything', () => {
  test('that has a build says of each panel that it is empty', async () => {
    const served = await ServedShop.start(await handMadeShop(emptyTables));
    const { page, complaints } = await watchedPage(browser, served.url);
    await page.goto('/dashboard');
    await page.waitForSelector('main[aria-busy=false] .key-figures');

    const text = await page.locator('main').innerText();
    for (const words of [
      'No sales in this period.',
      'No sales yet.',
      'No customer has ordered yet.',
      'No product is a best seller yet.',
      'No product is low on stock.',
      'This build has no operational figures.',
    ]) {
      expect(text).toContain(words);
    }
    await expectAccessible(page);
    await screenshot(page, 'dashboard-empty');
    expect(complaints).toEqual([]);
    await page.context().close();
    await served.remove();
  });

  test('that has no build yet says so, and shows the first one as soon as it is there', async () => {
    const shop = new Shop();
    const served = await ServedShop.start(shop);
    const { page } = await watchedPage(browser, served.url);
    await page.goto('/dashboard');
    await page.waitForSelector('[role=alert]:has-text("No figures yet")');
    expect(await page.locator('[role=alert]').innerText()).toContain('techstore build');
    await expectAccessible(page);
    await screenshot(page, 'dashboard-unpublished');

    const built = shop.run('build');
    expect(built.code, built.all).toBe(0);
    await untilShown(page);
    await page.context().close();
    await served.remove();
  });
});

describe('A shop that asks for keys', () => {
  let served: ServedShop;
  let key: string;
  let blind: string;

  beforeAll(async () => {
    const shop = await handMadeShop();
    key = shop.run('keys', 'create', 'dashboard').stdout.trim();
    blind = shop.run('keys', 'create', 'blind', '--scope', 'metrics').stdout.trim();
    served = await ServedShop.start(shop);
  });

  afterAll(() => served.remove());

  test('asks the page for one, and this tab alone keeps it', async () => {
    const { page, requests } = await watchedPage(browser, served.url);
    await page.goto('/dashboard');
    await page.waitForSelector('h2:has-text("API key required")');
    await expectAccessible(page);
    await screenshot(page, 'dashboard-key');

    await page.locator('#key').fill('wrong');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[role=alert]:has-text("not valid")');
    await page.locator('#key').fill(blind);
    await page.keyboard.press('Enter');
    await page.waitForSelector('h2:has-text("has no access")');
    await page.locator('#key').fill(key);
    await page.getByRole('button', { name: 'Show the figures' }).click();
    await untilShown(page);

    expect(page.url()).toBe(`${served.url}/dashboard`);
    expect(requests.join('\n')).not.toContain(key);
    expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain(key);
    expect(await page.context().cookies()).toEqual([]);
    await page.reload();
    await untilShown(page);
    const other = await page.context().newPage();
    await other.goto('/dashboard');
    await other.waitForSelector('h2:has-text("API key required")');

    await page.getByRole('button', { name: 'Forget the API key' }).click();
    await page.waitForSelector('h2:has-text("API key required")');
    expect(await page.locator('#by-day').count()).toBe(0);
    await page.context().close();
  });
});
