/**
 * Documentation of a made project of 1,000 models and 10,000 columns: the tracing of all columns, `docs generate`,
 * the file, and how soon it can be used in a browser.
 *
 *     node bench/docs.mjs [MODELS]
 */
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { findChromium } from '../scripts/lib/chromium.mjs';
import { median, techstore, timeProcess } from './measure.mjs';

const models = Number(process.argv[2] ?? 1000);
const COLUMNS = 10;
const rounds = 3;

const dir = mkdtempSync(join(tmpdir(), 'techstore-docs-'));
try {
  makeProject();
  const run = (...args) => timeProcess([...techstore, ...args], { cwd: dir });
  const show = (what, seconds) => console.log(`  ${what.padEnd(52)} ${seconds.toFixed(2)} s`);
  console.log(`${models} models of ${COLUMNS} columns`);
  show('parse', await run('parse'));
  show('lineage --columns, from nothing', await run('lineage', '--columns', '--json'));
  show('lineage --columns, from the cache', await run('lineage', '--columns', '--json'));
  show('docs generate, before the first build', await run('docs', 'generate'));
  show('build', await run('build'));
  const again = [];
  for (let round = 0; round < rounds; round += 1) again.push(await run('docs', 'generate'));
  show('docs generate, after it', median(again));
  const page = join(dir, 'target', 'docs', 'index.html');
  console.log(`  ${'the page'.padEnd(52)} ${(statSync(page).size / 1e6).toFixed(2)} MB`);
  await measurePage(page, show);
} finally {
  rmSync(dir, { recursive: true, force: true });
}

/** Layers of a fifth each; a model joins two of the layer before, with computed, aggregated and copied columns. */
function makeProject() {
  writeFileSync(
    join(dir, 'dbt_project.yml'),
    'name: large\nprofile: large\nmodels:\n  large:\n    +materialized: table\n',
  );
  writeFileSync(
    join(dir, 'profiles.yml'),
    'large:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: large.duckdb, schema: main, threads: 2}\n',
  );
  mkdirSync(join(dir, 'seeds'));
  const names = Array.from({ length: COLUMNS }, (_, i) => (i === 0 ? 'id' : `figure_${i}`));
  writeFileSync(
    join(dir, 'seeds', 'start.csv'),
    `${names.join(',')}\n${names.map((_, i) => i).join(',')}\n`,
  );
  const size = Math.ceil(models / 5);
  for (let layer = 0; layer < 5; layer += 1) {
    const folder = join(dir, 'models', `layer_${layer}`);
    mkdirSync(folder, { recursive: true });
    const described = [];
    for (let n = 0; n < size && layer * size + n < models; n += 1) {
      const parent = (step) =>
        layer === 0 ? 'start' : `model_${layer - 1}_${(n * 7 + step) % size}`;
      const name = `model_${layer}_${n}`;
      writeFileSync(join(folder, `${name}.sql`), sqlOf(parent(0), parent(1), names));
      described.push(yamlOf(name, names, layer));
    }
    writeFileSync(join(folder, '_models.yml'), `models:\n${described.join('')}`);
  }
}

function sqlOf(first, second, names) {
  const figures = names.slice(1);
  return `with base as (
    select * from {{ ref('${first}') }}
),
totals as (
    select id, ${figures.map((name) => `sum(${name}) as ${name}`).join(', ')}
    from {{ ref('${second}') }}
    where figure_1 is not null
    group by id
)
select
    base.id,
${figures
  .map((name, i) =>
    i % 3 === 0
      ? `    base.${name}`
      : i % 3 === 1
        ? `    coalesce(base.${name}, 0) + coalesce(totals.${name}, 0) as ${name}`
        : `    totals.${name}`,
  )
  .join(',\n')}
from base
left join totals on base.id = totals.id
`;
}

function yamlOf(name, names, layer) {
  const columns = names.map(
    (column) =>
      `      - name: ${column}\n        description: The ${column} of ${name}, as the shop counts it.\n${
        column === 'id' ? '        data_tests: [not_null]\n' : ''
      }`,
  );
  return `  - name: ${name}\n    description: Model ${name} of layer ${layer}, made to be **measured**.\n    config: {tags: [layer_${layer}]}\n    columns:\n${columns.join('')}`;
}

/** From the navigation until the heading, until a model's page, and until the search finds a word of SQL. */
async function measurePage(page, show) {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    console.log('  There is no Chromium here: the page is not opened.');
    return;
  }
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const times = { usable: [], model: [], search: [], list: [] };
    for (let round = 0; round < rounds; round += 1) {
      const tab = await browser.newPage();
      const since = (start) => (performance.now() - start) / 1000;
      let start = performance.now();
      await tab.goto(pathToFileURL(page).href);
      await tab.waitForSelector('main h1');
      await tab.fill('#search', 'model_3_5');
      await tab.waitForSelector('.hits a');
      times.usable.push(since(start));
      start = performance.now();
      await tab.evaluate("location.hash = '#/model/model.large.model_4_3'");
      await tab.waitForSelector('main table.columns');
      times.model.push(since(start));
      start = performance.now();
      await tab.fill('#search', 'coalesce figure');
      await tab.waitForSelector('.hits .line');
      times.search.push(since(start));
      start = performance.now();
      await tab.evaluate("location.hash = '#/list/model'");
      await tab.waitForSelector('main table.list');
      times.list.push(since(start));
      await tab.close();
    }
    show('the page opens and finds a model by its name', median(times.usable));
    show("a model's page", median(times.model));
    show('a search in SQL', median(times.search));
    show('the list of all models', median(times.list));
  } finally {
    await browser.close();
  }
}
