/**
 * The lineage page of 1,000 tables and 10,000 columns in a browser: how long it takes to open, and from a click on a
 * table or a column until the browser has drawn what it leads to.
 *
 *     node bench/lineage-page.mjs [TABLES] [COLUMNS]
 */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { lineageHtml } from '../dist/docs/lineage-page.js';
import { findChromium } from '../scripts/lib/chromium.mjs';
import { median } from './measure.mjs';

const [tables = 1000, columnsEach = 10] = process.argv.slice(2).map(Number);
const ranks = 8;
const rounds = 20;
/** From a click to what is drawn of it. */
const goal = 500;

const browserPath = findChromium();
if (browserPath === undefined) {
  console.error('There is no Chromium here: CHROMIUM=/path/to/chromium names one.');
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'techstore-lineage-page-'));
const file = join(folder, 'lineage.html');
writeFileSync(file, await lineageHtml(large(), { project: 'large' }));
console.log(
  `\n${tables} tables of ${columnsEach} columns, ${(statSync(file).size / 1e6).toFixed(1)} MB`,
);
const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const tools = await page.context().newCDPSession(page);
  // What the page's own thread worked: a busy machine makes it wait, not work.
  await tools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const worked = async () => {
    const { metrics } = await tools.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
  };
  const both = async (act) => {
    const before = await worked();
    const wall = await act();
    return { wall, work: (await worked()) - before };
  };
  const timed = (selector) => both(() => clicked(page, selector));
  const opened = await both(async () => {
    const start = performance.now();
    await page.goto(pathToFileURL(file).href);
    await page.waitForSelector('.box');
    return performance.now() - start;
  });
  show('open, until all tables are drawn', [opened]);
  const found = { table: [], another: [], column: [], all: [] };
  for (let round = 0; round < rounds; round += 1) {
    const which = Math.floor((tables / rounds) * (round + 0.5));
    found.table.push(await timed(`.lineage-panel li:nth-child(${which + 1}) button`));
    found.column.push(await timed('.box.focus .row:last-of-type'));
    found.another.push(await timed('.box:not(.focus) .name, .box .name'));
    found.all.push(await timed('.lineage-panel button'));
  }
  show('click on a table, all tables before', found.table);
  show('click on another table', found.another);
  show('click on a column', found.column);
  show('back to all tables', found.all);
  const clicks = [...found.table, ...found.another, ...found.column];
  const worst = Math.max(...clicks.map(({ wall }) => wall));
  console.log(`  the longest click on a table or column: ${worst.toFixed(0)} ms (at most ${goal})`);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}

/** Milliseconds from a click until the browser has painted what comes of it. */
function clicked(page, selector) {
  return page.evaluate(async (wanted) => {
    /* global document, MouseEvent, requestAnimationFrame */
    const element = document.querySelector(wanted);
    const start = performance.now();
    element.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    await new Promise((done) => setTimeout(done));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - start;
  }, selector);
}

function show(what, times) {
  const told = (name) => {
    const all = times.map((time) => time[name]);
    return `${median(all).toFixed(0)} ms, at most ${Math.max(...all).toFixed(0)} ms`;
  };
  const text = `${told('wall')} (work: ${told('work')})`;
  console.log(`  ${what.padEnd(44)} ${text}`);
}

/** Each table is made of one to three of the rank before, column by column; the same graph each time. */
function large() {
  let state = 1;
  const random = (below) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
  const perRank = Math.ceil(tables / ranks);
  const [nodes, edges, columns] = [[], [], []];
  for (let i = 0; i < tables; i += 1) {
    const rank = Math.floor(i / perRank);
    const parents = new Set(
      Array.from({ length: rank === 0 ? 0 : 1 + random(3) }, () => {
        return nodes[(rank - 1) * perRank + random(perRank)].id;
      }),
    );
    const id = `model.large.table_${i}`;
    nodes.push({
      id,
      name: `table_${i}`,
      type: 'model',
      layer: `rank ${rank}`,
      tags: [],
      materialized: 'table',
      description: '',
      path: `models/table_${i}.sql`,
    });
    for (const from of parents) edges.push({ from, to: id, direct: true });
    for (let c = 0; c < columnsEach; c += 1) {
      const column = `column_${c}`;
      const sources = [...parents].map((from) => ({ node: from, column, how: 'direct' }));
      columns.push({ node: id, column, type: 'INTEGER', sources });
    }
  }
  return { nodes, edges, columns, gaps: {} };
}
