/** A loader that keeps its tables in the file that the project is published as. */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openDuckDB } from '../../src/engine/duckdb/index.js';
import type { Row } from '../../src/engine/engine.js';
import type { Shop } from '../helpers/shop.js';
import { add, smallShop } from './support.js';

vi.setConfig({ testTimeout: 60_000 });

let shop: Shop;
beforeEach(() => {
  shop = smallShop();
});
afterEach(() => shop.remove());

async function load(sql: string): Promise<void> {
  const engine = await openDuckDB({ path: shop.path('techstore.duckdb') });
  try {
    await (await engine.connect()).run(sql);
  } finally {
    await engine.close();
  }
}

async function rows(sql: string): Promise<readonly Row[]> {
  const engine = await openDuckDB({ path: shop.path('techstore.duckdb'), readOnly: true });
  try {
    return (await (await engine.connect()).query(sql)).rows;
  } finally {
    await engine.close();
  }
}

function run(...args: string[]): string {
  const done = shop.run(...args);
  expect(done.code, done.all).toBe(0);
  return done.all;
}

interface Listed {
  readonly build: string;
  readonly state: string;
  readonly foreign: number | null;
}

function listed(): readonly Listed[] {
  const done = shop.run('builds', 'list', '--json');
  expect(done.code, done.all).toBe(0);
  return (JSON.parse(done.stdout) as Listed[]).map(({ build, state, foreign }) => ({
    build,
    state,
    foreign: foreign === null ? null : Number(foreign),
  }));
}

const orders = `CREATE SCHEMA IF NOT EXISTS raw; CREATE SEQUENCE raw.ids; CREATE VIEW raw.none AS SELECT 1 AS n WHERE false;
  CREATE TABLE raw.orders AS SELECT range AS id FROM range(3)`;
const countOrders = 'SELECT count(*) FROM raw.orders';

describe('Tables that a loader made', () => {
  test('are there after every kind of command, and are told of', async () => {
    await load(orders);
    run('build');
    expect(await rows(countOrders)).toEqual([['3']]);
    await load('INSERT INTO raw.orders VALUES (3)');
    const again = run('build');
    expect(again).toContain('Nothing changed');
    expect(await rows(countOrders)).toEqual([['4']]);
    for (const args of [
      ['build', '--full-refresh'],
      ['build', '--select', 'apart', '--full-refresh'],
      ['run'],
      ['seed'],
      ['test'],
      ['builds', 'rollback'],
      ['builds', 'prune', '--keep', '1'],
    ]) {
      run(...args);
      expect(await rows(countOrders), args.join(' ')).toEqual([['4']]);
    }

    const told =
      'The published file contains 3 objects from other programs, which every build keeps: raw.ids (sequence), raw.orders (table), raw.none (view)';
    expect(listed().find(({ state }) => state === 'published')?.foreign).toBe(3);
    expect(shop.run('builds', 'list').stderr).toContain(told);
    expect(run('debug')).toContain(told);
  });

  test('are there after a failed build and its retry', async () => {
    await load(orders);
    run('build');
    shop.write('models/apart.sql', 'select 1 / nothing as answer');
    expect(shop.run('build').code).toBe(1);
    expect(await rows(countOrders)).toEqual([['3']]);
    await load('DELETE FROM raw.orders WHERE id = 0');
    shop.write('models/apart.sql', 'select 43 as answer');
    run('retry');

    expect(await rows(countOrders)).toEqual([['2']]);
    expect(await rows('SELECT answer FROM apart')).toEqual([[43]]);
  });

  test('and wrote to are no reason to build anything anew', async () => {
    run('build');
    await load(orders);
    expect(listed()[0]).toMatchObject({ state: 'published', foreign: 3 });
    const published = readFileSync(shop.path('techstore.duckdb'));
    expect(run('build')).toContain('Nothing changed');
    // Nothing is written either, and the next build need not look.
    expect(readFileSync(shop.path('techstore.duckdb')).equals(published)).toBe(true);
    expect(run('build')).toContain('Nothing changed');
    shop.edit('models/apart.sql', '42', '43');
    const changed = run('build');

    expect(changed).not.toContain('All models are rebuilt');
    expect(await rows(countOrders)).toEqual([['3']]);
    run('builds', 'rollback');
    expect(await rows('SELECT answer FROM apart')).toEqual([[42]]);
    expect(await rows(countOrders)).toEqual([['3']]);
  });

  test('have the name of a model: told before anything is built, and nothing is replaced', async () => {
    run('build');
    await load('CREATE TABLE fresh AS SELECT 1 AS n');
    add(shop, 'models/fresh.sql', 'select 2 as n');
    const done = shop.run('build');

    expect(done.code, done.all).toBe(2);
    expect(done.stderr).toContain(
      'contains objects of another program under names of the project: main.fresh (table)',
    );
    expect(done.stderr).not.toContain('unpublished');
    expect(listed().map(({ state }) => state)).toEqual(['published']);
    expect(await rows('SELECT n FROM fresh')).toEqual([[1]]);
  });

  test('stay where a model leaves the project, whose table goes', async () => {
    await load(orders);
    run('build');
    const { rmSync } = await import('node:fs');
    rmSync(shop.path('models/apart.sql'));
    run('build');

    const names = `SELECT table_name FROM duckdb_tables() WHERE database_name = 'techstore' ORDER BY ALL`;
    expect((await rows(names)).flat()).toEqual(['clean', 'orders', 'people', 'spenders']);
  });
});

describe('Tables of the project that another program changed', () => {
  test('are told of, and are as they were built after the next build', async () => {
    run('build');
    await load(`${orders}; DELETE FROM spenders; INSERT INTO clean VALUES (9, 'Eve', NULL, NULL)`);
    expect(listed()[0]).toMatchObject({ state: 'published, changed from outside', foreign: 3 });
    expect(run('debug')).toContain('another program changed tables of the project');
    const done = run('build');

    expect(done).toContain('Another program changed tables of the project in');
    expect(await rows('SELECT count(*) FROM spenders')).toEqual([['2']]);
    expect(await rows('SELECT count(*) FROM clean')).toEqual([['3']]);
    expect(await rows(countOrders)).toEqual([['3']]);
    expect(listed()).toEqual([
      { build: expect.any(String) as string, state: 'published', foreign: 3 },
    ]);
  });
});
