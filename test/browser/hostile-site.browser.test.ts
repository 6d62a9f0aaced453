/** Names and descriptions that would take over a page which trusted them. */
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SmallProject } from '../helpers/small-project.js';
import { runWarm } from '../helpers/warm-program.js';
import { bareEnvironment } from '../helpers/shop.js';
import { startBrowser, watchedPage } from './watched-page.js';

const attack = '</script><script>window.hacked = 1</script><img src=x onerror="window.hacked = 2">';
const link =
  '[press](javascript:window.hacked=3) ![picture](https://elsewhere.example/x.png) <b onclick=hacked=4>bold</b>';

let browser: Browser;
let project: SmallProject;
let file: string;

beforeAll(async () => {
  const text = JSON.stringify(`${attack} ${link}`);
  project = new SmallProject({
    'models/orders.sql': `-- ${attack}\nselect 1 as "<b>id</b>", '${attack.replaceAll('"', '')}' as payload`,
    'models/models.yml': `
models:
  - name: orders
    description: ${text}
    config:
      tags: [${JSON.stringify(attack)}]
      meta: {${JSON.stringify(attack)}: ${text}, owner: ${text}}
    columns:
      - name: payload
        description: ${text}
exposures:
  - name: report
    type: dashboard
    label: ${text}
    url: "javascript:window.hacked=5"
    owner: {name: ${text}, email: a@shop.example}
    description: ${text}
    depends_on: [ref('orders')]
`,
    'overview.md': '',
    'models/overview.md': `{% docs __overview__ %}\n${attack}\n\n${link}\n{% enddocs %}`,
  });
  for (const args of [['build'], ['docs', 'generate', '--with-samples']]) {
    const done = runWarm({ args, cwd: project.dir, env: bareEnvironment() });
    expect(done.code, done.stdout + done.stderr).toBe(0);
  }
  file = pathToFileURL(join(project.dir, 'target', 'docs', 'index.html')).href;
  browser = await startBrowser();
});

afterAll(async () => {
  await browser.close();
  project.remove();
});

test.each([
  '#/',
  '#/model/model.shop.orders',
  '#/list/model',
  '#/column/model.shop.orders/payload',
  '#/column/model.shop.orders/%3Cb%3Eid%3C%2Fb%3E',
  '#/exposure/exposure.shop.report',
  '#/lineage?focus=model.shop.orders',
  '#/search?q=script',
  `#/model/${encodeURIComponent(attack)}`,
  `#/list/${encodeURIComponent(attack)}`,
  `#/search?q=${encodeURIComponent(attack)}`,
  '#/model/%E0%A4%A',
  '#/constructor/constructor',
])('Nothing of the project runs at %s', async (hash) => {
  const { page, complaints, requests } = await watchedPage(browser, file);
  await page.goto(file + hash);
  await page.waitForSelector('main h1');
  await page.waitForTimeout(300);
  expect(await page.evaluate('window.hacked')).toBeUndefined();
  expect(await page.locator('main img, main b, main script, main [onclick]').count()).toBe(0);
  expect(await page.locator('a[href^="javascript:"]').count()).toBe(0);
  expect(complaints).toEqual([]);
  expect(requests).toEqual([new URL(file).pathname]);
  await page.context().close();
});
