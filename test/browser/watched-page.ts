/** Pages of a real browser whose every complaint is kept. */
import axe from 'axe-core';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { root } from '../helpers/shop.js';

export const themes = ['light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export function startBrowser(): Promise<Browser> {
  const path = process.env['CHROMIUM'];
  if (path === undefined) throw new Error('Start these tests with npm run test:browser.');
  return chromium.launch({ executablePath: path, args: ['--no-sandbox'] });
}

export interface WatchedPage {
  readonly page: Page;
  /** Console errors and warnings, faults of scripts, breaches of the policy, requests to other hosts. */
  readonly complaints: string[];
  /** Path and query of each request, in their order. */
  readonly requests: string[];
}

export async function watchedPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({
    baseURL: url,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) {
      complaints.push(`console: ${message.text()} (${message.location().url})`);
    }
  });
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`));
  page.on('request', (request) => {
    const asked = new URL(request.url());
    if (asked.protocol === 'data:' || asked.protocol === 'blob:') return;
    if (asked.origin !== new URL(url).origin) complaints.push(`another host: ${request.url()}`);
    requests.push(asked.pathname + asked.search);
  });
  await page.exposeFunction('complain', (text: string) => complaints.push(text));
  await page.addInitScript(`
    addEventListener('securitypolicyviolation', (event) =>
      complain('policy: ' + event.violatedDirective + ' ' + event.blockedURI));
  `);
  return { page, complaints, requests };
}

/** The figures are there and drawn. */
export async function untilShown(page: Page): Promise<void> {
  await page.waitForSelector('main[aria-busy=false] #by-day canvas');
  await page.waitForSelector('#by-month canvas');
}

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds, a line each. */
export async function findingsOf(
  page: Page,
  { bestPractice = true }: { readonly bestPractice?: boolean } = {},
): Promise<string[]> {
  const tags = [...standards, ...(bestPractice ? ['best-practice'] : [])];
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>(
    `axe.run(document, { runOnly: ${JSON.stringify(tags)} })`,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, any }) => `${id}: ${target.join(' ')}: ${any[0]?.message ?? ''}`),
  );
}

export async function expectAccessible(page: Page): Promise<void> {
  expect(await findingsOf(page)).toEqual([]);
}

/** Kept as output of the build. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = join(root, 'target', 'screenshots');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
