/** `docs generate` and `docs serve` as a user meets them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SiteData, SiteNode } from '../../src/docs/page/site/site-data.js';
import { bareEnvironment, program, type Finished } from '../helpers/shop.js';
import { SmallProject } from '../helpers/small-project.js';
import { runWarm } from '../helpers/warm-program.js';

const secret = 'hunter2-hunter2';
let project: SmallProject;

beforeAll(() => {
  project = new SmallProject({
    'seeds/raw_orders.csv': 'id,amount,email\n1,5,ada@shop.example\n2,7,eve@shop.example\n',
    'models/orders.sql': "select id, amount * 2 as double from {{ ref('raw_orders') }}",
    'models/counted.sql':
      "-- depends_on: {{ ref('orders') }}\nselect {{ run_query('select count(*) from ' ~ ref('orders')).columns[0].values()[0] if execute else 0 }} as n",
    'models/models.yml': `
models:
  - name: orders
    description: All **orders** of ${secret}.
    config: {materialized: table, meta: {owner: Ada}}
    columns:
      - name: id
        description: Its number.
        data_tests: [unique, {accepted_values: {arguments: {values: [1], quote: false}, config: {severity: warn}}}]
      - name: gone
        description: It is not there.
exposures:
  - name: report
    type: dashboard
    owner: {name: Eve, email: eve@shop.example}
    depends_on: [ref('orders')]
`,
  });
});

afterAll(() => {
  project.remove();
});

function run(...args: string[]): Finished {
  const env = bareEnvironment({ SHOP_PASSWORD: secret });
  const done = runWarm({ args, cwd: project.dir, env });
  return { ...done, all: done.stdout + done.stderr };
}

function html(): string {
  return readFileSync(join(project.dir, 'target', 'docs', 'index.html'), 'utf8');
}

function site(): SiteData {
  const text = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html())?.[1];
  return JSON.parse(text ?? '') as SiteData;
}

function node(id: string): SiteNode {
  const found = site().nodes.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
}

const target = (): string[] =>
  readdirSync(join(project.dir, 'target')).filter((name) => /\.json$/.test(name));

describe('docs generate', () => {
  test('works before the first build, and says what is not known', () => {
    const done = run('docs', 'generate');
    expect(done.code, done.all).toBe(0);
    expect(done.stderr).toContain('Nothing is published yet');
    expect(site().project.notes.join(' ')).toContain('no rows or sizes are known');
    const orders = node('model.shop.orders');
    expect(orders.rows).toBeUndefined();
    expect(orders.columns?.map(({ name }) => name)).toEqual(['id', 'double', 'gone']);
    expect(orders.compiled).toContain('amount * 2');
    expect(node('model.shop.counted').notCompiled).toContain('nothing is published yet');
    expect(target()).toEqual(
      expect.arrayContaining(['catalog.json', 'manifest.json', 'run_results.json', 'sources.json']),
    );
  });

  test('shows rows, types, where columns come from and results after a build', () => {
    expect(run('build').code).toBe(0);
    const before = readFileSync(join(project.dir, 'target', 'run_results.json'), 'utf8');
    expect(run('docs', 'generate').code).toBe(0);
    // `retry` and the page itself need the results of the build.
    expect(readFileSync(join(project.dir, 'target', 'run_results.json'), 'utf8')).toBe(before);
    const orders = node('model.shop.orders');
    expect(orders).toMatchObject({ rows: 2, owner: 'Ada', layer: 'model', materialized: 'table' });
    expect(orders.columns?.[1]).toMatchObject({
      name: 'double',
      sources: [{ node: 'seed.shop.raw_orders', column: 'amount', how: 'transformed' }],
    });
    expect(orders.result?.status).toBe('success');
    expect(node('model.shop.counted').compiled).toContain('select 2 as n');
    const accepted = site().nodes.find(({ test: own }) => own?.kind === 'accepted_values');
    expect(accepted).toMatchObject({
      test: { node: 'model.shop.orders', column: 'id', severity: 'warn' },
      result: { status: 'warn', failures: 1 },
    });
    expect(site().run?.command).toBe('build');
    expect(node('exposure.shop.report')).toMatchObject({
      owner: 'Eve',
      parents: ['model.shop.orders'],
    });
  });

  test('holds rows only when they are asked for, and never a secret', () => {
    expect(html()).not.toContain('ada@shop.example');
    const accepted = (): SiteNode | undefined =>
      site().nodes.find(({ test: own }) => own?.kind === 'accepted_values');
    expect(accepted()?.result?.sample).toBeUndefined();
    expect(run('docs', 'generate', '--with-samples', '1').code).toBe(0);
    expect(node('seed.shop.raw_orders').sample?.rows).toEqual([['1', '5', 'ada@shop.example']]);
    expect(accepted()?.result?.sample).toMatchObject({ rows: [['2', '1']] });
    expect(html()).not.toContain(secret);
    expect(node('model.shop.orders').description).toBe('All **orders** of *****.');
  });

  test('is the same page but for its times when nothing changed', () => {
    const bare = (): unknown => {
      const { project: about, nodes } = site();
      return [nodes, about.build];
    };
    run('docs', 'generate');
    const first = bare();
    run('docs', 'generate');
    expect(bare()).toEqual(first);
  });

  test('leaves out what it is told to', () => {
    expect(run('docs', 'generate', '--empty-catalog', '--no-compile').code).toBe(0);
    expect(node('model.shop.orders')).not.toHaveProperty('rows');
    expect(node('model.shop.orders')).not.toHaveProperty('compiled');
    expect(site().project.notes.join(' ')).toContain('--empty-catalog');
    const both = run('docs', 'generate', '--empty-catalog', '--with-samples');
    expect(both.code).toBe(2);
    expect(both.stderr).toContain('cannot be combined');
  });

  test('says what is in the way of its file, and leaves nothing half written', () => {
    const docs = join(project.dir, 'target', 'docs');
    rmSync(docs, { recursive: true });
    mkdirSync(join(docs, 'index.html', 'x'), { recursive: true });
    const folder = run('docs', 'generate');
    expect(folder.code).toBe(2);
    expect(folder.stderr).toMatch(/index\.html cannot be written: a folder/);
    expect(readdirSync(docs)).toEqual(['index.html']);
    rmSync(docs, { recursive: true });
    writeFileSync(docs, 'a file');
    const file = run('docs', 'generate');
    expect(file.code).toBe(2);
    expect(file.stderr).toMatch(/cannot be written: .*file/);
    rmSync(docs);
  });
});

describe('docs serve', () => {
  test('says that there is nothing to serve yet', () => {
    rmSync(join(project.dir, 'target', 'docs'), { recursive: true, force: true });
    const done = run('docs', 'serve', '--port', '0');
    expect(done.code).toBe(2);
    expect(done.stderr).toContain('Run: techstore docs generate');
  });

  test('refuses other hosts, a port that is none and one that is in use', async () => {
    run('docs', 'generate');
    expect(run('docs', 'serve', '--host', '0.0.0.0').stderr).toContain('this machine alone');
    expect(run('docs', 'serve', '--port', 'x').code).toBe(2);
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const busy = spawn(process.execPath, [program, 'docs', 'serve', '--port', String(port)], {
      cwd: project.dir,
      env: bareEnvironment(),
    });
    let said = '';
    busy.stderr.on('data', (text: Buffer) => (said += text.toString()));
    const [code] = (await once(busy, 'exit')) as [number];
    other.close();
    expect(code).toBe(2);
    expect(said).toContain('it is in use');
  });

  test('serves the page and the artifacts to this machine, and ends on Ctrl-C', async () => {
    const server = spawn(process.execPath, [program, 'docs', 'serve', '--port', '0'], {
      cwd: project.dir,
      env: bareEnvironment(),
    });
    const [first] = (await once(server.stdout, 'data')) as [Buffer];
    const url = first.toString().trim();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const page = await fetch(url);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await page.text()).toBe(html());
    expect((await fetch(`${url}/catalog.json`)).status).toBe(200);
    for (const path of ['/shop.duckdb', '/..%2fprofiles.yml', '/unchanged_build.json', '/docs/']) {
      expect((await fetch(url + path)).status, path).toBe(404);
    }
    const ended = once(server, 'exit');
    server.kill('SIGINT');
    expect(await ended).toEqual([130, null]);
  });
});
