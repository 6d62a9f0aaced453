/** Tables and files that no node of a project makes. `fixtures/outside` has what real dbt makes of them. */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openDuckDB } from '../../src/engine/duckdb/index.js';
import type { Row } from '../../src/engine/engine.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const fixture = join(import.meta.dirname, '../../fixtures/outside');
const program = join(import.meta.dirname, '../../bin/techstore.js');

interface Expected {
  readonly statuses: Readonly<Record<string, string>>;
  readonly tables: Readonly<
    Record<string, { readonly columns: readonly Row[]; readonly rows: readonly Row[] }>
  >;
  readonly files: readonly string[];
  readonly texts: Readonly<Record<string, string>>;
}
const expected = JSON.parse(readFileSync(join(fixture, 'expected.json'), 'utf8')) as Expected;

let dir: string;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'techstore-outside-'));
  cpSync(join(fixture, 'project'), dir, { recursive: true });
  const setup = readFileSync(join(fixture, 'setup.sql'), 'utf8');
  await load(setup.replace("'other.duckdb'", `'${join(dir, 'other.duckdb')}'`));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function load(sql: string): Promise<void> {
  const engine = await openDuckDB({ path: join(dir, 'shop.duckdb') });
  try {
    await (await engine.connect()).run(sql);
  } finally {
    await engine.close();
  }
}

async function rows(sql: string): Promise<readonly Row[]> {
  const engine = await openDuckDB({
    path: join(dir, 'shop.duckdb'),
    readOnly: true,
    searchPath: dir,
  });
  try {
    return (await (await engine.connect()).query(sql)).rows;
  } finally {
    await engine.close();
  }
}

function run(...args: string[]): { code: number | null; all: string } {
  const done = spawnSync(process.execPath, [program, ...args], { cwd: dir, encoding: 'utf8' });
  return { code: done.status, all: done.stdout + done.stderr };
}

function build(...args: string[]): string {
  const { code, all } = run('build', ...args);
  expect(code, all).toBe(0);
  return all;
}

function write(file: string, text: string): void {
  writeFileSync(join(dir, file), text);
}

const out = (file: string): string => readFileSync(join(dir, 'out', file), 'utf8');

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

describe('Tables and files that are there', () => {
  test('are read as dbt reads them, and external models write the same files', async () => {
    build();
    const run_ = JSON.parse(readFileSync(join(dir, 'target/run_results.json'), 'utf8')) as {
      results: { unique_id: string; status: string }[];
    };
    const statuses = Object.fromEntries(
      run_.results.map(
        ({ unique_id: id, status }) => [id.split('.').at(-1) ?? '', status] as const,
      ),
    );
    expect(statuses).toEqual(expected.statuses);
    const found: Record<string, unknown> = {};
    for (const [name, { columns }] of Object.entries(expected.tables)) {
      const described = await rows(`describe select * from dev.${name}`);
      found[name] = {
        columns: columns.map((_, i) => described[i]?.slice(0, 2)),
        rows: await rows(`select columns(*)::varchar from dev.${name} order by all`),
      };
    }
    expect(found).toEqual(expected.tables);
    expect(filesBelow(join(dir, 'out'))).toEqual(expected.files);
    for (const [file, text] of Object.entries(expected.texts)) expect(out(file)).toBe(text);
  });

  test('stay as they are, and what is made of them follows them', async () => {
    build();
    expect(build('--select', 'orders', 'named', 'parts')).toContain('Nothing changed');
    await load(
      "insert into raw.customers values (2, 'Cy'); insert into raw.orders values (9, 2, 1)",
    );
    write('data/parts_3.csv', 'code,n\n009,3\n');
    const again = build();
    expect(await rows('select name from dev.named order by all')).toContainEqual(['Cy']);
    expect(await rows('select code from dev.parts order by all')).toEqual([
      ['007'],
      ['008'],
      ['009'],
    ]);
    expect(again).not.toContain('model old');
    expect(await rows('select count(*) from raw.orders')).toEqual([['7']]);
    // Constraints of the loader's own are there still.
    await expect(load("insert into raw.customers values (2, 'Di')")).rejects.toThrow(/constraint/i);
  });

  test('are untouched by a build that fails, and so are the files of the published one', async () => {
    build();
    const before = { files: filesBelow(join(dir, 'out')), text: out('named.csv') };
    write('data/events.csv', 'id,happened,amount,ok\n5,2024-05-05 10:00:00,9,true\n');
    write('models/bad.sql', "select error('no') as x from {{ ref('reads_out') }}");
    expect(run('build').code).toBe(1);
    expect(out('named.csv')).toBe(before.text);
    expect(await rows('select count(*) from dev.out_csv')).toEqual([['2']]);
    expect(await rows('select count(*) from raw.orders')).toEqual([['6']]);
    // The failed build can be looked at, with its own files and the tables of the other program.
    expect(run('query', '--build', 'failed', 'select id from dev.out_csv').all).toMatch(/ 5 /);
    expect(run('query', '--build', 'failed', 'select count(*) as n from dev.big').all).toMatch(
      / 3 /,
    );
    rmSync(join(dir, 'models/bad.sql'));
    build();
    expect(out('named.csv')).toContain('5|2024-05-05');
    // Partitions of before stay with overwrite_or_ignore, as in dbt.
    expect(filesBelow(join(dir, 'out')).length).toBe(before.files.length + 1);
    expect(filesBelow(join(dir, 'out')).filter((name) => /\.(?:new|old)\b/.test(name))).toEqual([]);
  });

  test('after a kill around the rename, files and database belong to one build', async () => {
    build();
    const text = out('named.csv');
    const [id] = readdirSync(join(dir, 'shop.builds')).filter((name) => name.endsWith('.json'));
    // As a build leaves it that was killed after it moved its file into place, and before it published.
    const killed = `${id?.slice(0, 15)}Z-ffff`;
    const location = join(dir, 'out/named.csv');
    cpSync(location, `${location}.${killed}.old`);
    writeFileSync(location, 'id\n99\n');
    const file = {
      ...{ location, stays: 'others', ending: '.csv', view: '' },
      ...{ staged: `${location}.${killed}.new`, old: `${location}.${killed}.old` },
    };
    writeFileSync(
      join(dir, 'shop.builds', `${killed}.external.json`),
      JSON.stringify({ swapped: true, files: [file] }),
    );
    expect(run('builds', 'prune', '--keep', '5').code).toBe(0);
    expect(out('named.csv')).toBe(text);
    expect(existsSync(`${location}.${killed}.new`)).toBe(false);
    expect(existsSync(`${location}.${killed}.old`)).toBe(false);
  });

  test('a source that is nowhere is an error before anything runs', () => {
    write('models/lost.sql', "select * from {{ source('raw', 'lost') }}");
    write('models/more.yml', 'sources: [{name: more, schema: raw, tables: [{name: lost}]}]');
    write('models/lost.sql', "select * from {{ source('more', 'lost') }}");
    const { code, all } = run('build');
    expect(code).toBe(2);
    expect(all).toContain('lost reads lost, which is not built');
  });

  test('plugins are told of, and stop only what needs them', () => {
    const profile = readFileSync(join(dir, 'profiles.yml'), 'utf8');
    write('profiles.yml', `${profile}      plugins: [{module: excel}]\n`);
    const all = build('--select', 'parts');
    expect(all).toContain("'plugins' of the target has no effect");
  });

  test('without a path the builds are in the target folder', () => {
    write('profiles.yml', 'outside: {target: dev, outputs: {dev: {type: duckdb}}}\n');
    expect(build('--select', 'parts')).toContain('to target/memory.duckdb');
    expect(run('query', 'select code from parts').all).toContain('007');
  });

  test('an attached database that is not there, and one of another kind, are refused', () => {
    const profile = (entry: string): string =>
      `outside: {target: dev, outputs: {dev: {type: duckdb, path: shop.duckdb, attach: [${entry}]}}}\n`;
    write('profiles.yml', profile('{path: nowhere.duckdb, alias: x, read_only: true}'));
    expect(run('build', '--select', 'parts').all).toContain("The database 'x' cannot be attached");
    write('profiles.yml', profile("{path: 'postgres://a', alias: x, type: postgres}"));
    expect(run('build').all).toContain("The database 'postgres://a' is not a file on this machine");
    write('profiles.yml', profile('{path: other.duckdb, alias: shop}'));
    expect(run('build').all).toContain("Two databases have the name 'shop'");
  });
});
