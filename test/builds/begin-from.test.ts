/** Builds that begin as a copy of the published one. */
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { Candidate } from '../../src/builds/file/candidate.js';
import { FileBuilds } from '../../src/builds/file/file-builds.js';
import { nodeState } from '../helpers/node-state.js';
import { details, rowsIn, temporaryFolder } from './details.js';

let store: FileBuilds;
let base: string;
beforeEach(async () => {
  store = new FileBuilds({ path: join(temporaryFolder(), 'shop.duckdb') });
  base = await publish(
    `CREATE SCHEMA gold; CREATE SCHEMA silver; CREATE MACRO one() AS 1; CREATE SEQUENCE ids;
     CREATE TABLE gold.big AS SELECT range AS id, hash(range) AS h FROM range(300000);
     CREATE VIEW gold.seen AS SELECT count(*) AS n FROM gold.big; COMMENT ON TABLE gold.big IS 'all';
     CREATE TABLE silver.small AS SELECT 1 AS id;`,
    { 'gold.big': 300000, 'silver.small': 1 },
  );
});

/** @param rows of the tables that the project has */
async function publish(sql: string, rows: Readonly<Record<string, number>>): Promise<string> {
  const candidate = await store.openCandidate({ command: 'techstore build' });
  await (await candidate.engine.connect()).run(sql);
  const nodes = Object.entries(rows).map(([name, count]) => {
    const [schema = '', identifier = ''] = name.split('.');
    const relation = { schema, identifier };
    return [name, nodeState({ relationType: 'table', relation, rows: count })] as const;
  });
  await store.publish(candidate, { ...details, nodes: Object.fromEntries(nodes) });
  return candidate.id;
}

function begin(...keep: string[]): Promise<Candidate> {
  const places = keep.map((name) => {
    const [schema = '', identifier = ''] = name.split('.');
    return { schema, identifier };
  });
  return store.openCandidate({ command: 'techstore build', from: { build: base, keep: places } });
}

async function objects(candidate: Candidate): Promise<string[]> {
  return (await candidate.objects()).map(({ kind, schema, name }) => `${kind} ${schema}.${name}`);
}

test('have what they keep, with comments, and nothing else', async () => {
  const candidate = await begin('gold.big', 'Gold.SEEN');
  expect([candidate.isCopy, candidate.refusal]).toEqual([true, null]);
  expect(await objects(candidate)).toEqual([
    'schema gold.gold',
    'table gold.big',
    'view gold.seen',
  ]);
  const connection = await candidate.engine.connect();
  await connection.run('CREATE SCHEMA silver; CREATE TABLE silver.small AS SELECT 2 AS id');
  await store.publish(candidate, details);

  expect(await rowsIn(store.publishedPath, 'SELECT n, id FROM gold.seen, silver.small')).toEqual([
    ['300000', 2],
  ]);
  expect(
    await rowsIn(
      store.publishedPath,
      "SELECT comment FROM duckdb_tables() WHERE table_name = 'big'",
    ),
  ).toEqual([['all']]);
  // The build before is what it was.
  expect(await rowsIn(store.showBuild(base).path, 'SELECT id FROM silver.small')).toEqual([[1]]);
});

test('begin empty if they keep the smaller part, nothing, or parts of another build', async () => {
  for (const keep of [['silver.small'], [], ['gold.gone']]) {
    const candidate = await begin(...keep);
    expect(candidate.isCopy, String(keep)).toBe(false);
    expect(await objects(candidate)).toEqual([]);
    await store.abandon(candidate);
  }
  const candidate = await store.openCandidate({
    command: 'techstore build',
    from: { build: `${base}0`, keep: [{ schema: 'gold', identifier: 'big' }] },
  });
  expect(candidate.isCopy).toBe(false);
  await store.abandon(candidate);
});

test('begin empty if what is kept refers to what is not', async () => {
  base = await publish(
    `CREATE TABLE parent (id INTEGER PRIMARY KEY); INSERT INTO parent VALUES (1);
     CREATE TABLE child AS SELECT 1 AS id; DROP TABLE child;
     CREATE TABLE child (id INTEGER REFERENCES parent (id)); INSERT INTO child VALUES (1)`,
    { 'main.child': 1, 'main.parent': 1 },
  );
  const candidate = await begin('main.child');
  expect([candidate.isCopy, candidate.refusal]).toEqual([false, null]);
  expect(await objects(candidate)).toEqual([]);
  await store.abandon(candidate);
  const whole = await begin('main.child', 'main.parent');
  expect(whole.isCopy).toBe(true);
  await store.abandon(whole);
});

test('do not begin as a copy of a damaged file, whose size and times say nothing', async () => {
  const { path } = store.showBuild(base);
  execFileSync('cp', ['-p', path, `${path}.as-built`]);
  const file = openSync(path, 'r+');
  // In the first block, behind three headers of 4 KiB.
  const byte = Buffer.alloc(1);
  readSync(file, byte, 0, 1, 12288 + 4096);
  writeSync(file, Buffer.from([(byte[0] ?? 0) ^ 1]), 0, 1, 12288 + 4096);
  closeSync(file);
  // To the nanosecond.
  execFileSync('touch', ['-r', `${path}.as-built`, path]);

  const candidate = await begin('gold.big', 'gold.seen');
  expect(candidate.isCopy).toBe(false);
  expect(candidate.refusal).toMatch(
    new RegExp(`^The published build ${base} is damaged: block \\d+ of \\d+\\.$`),
  );
  expect(await objects(candidate)).toEqual([]);
  await store.abandon(candidate);
});

test('do not stay half empty for ever: a file that is mostly free space is written afresh', async () => {
  base = await publish(
    `CREATE TABLE gone AS SELECT range AS id, hash(range) AS h FROM range(1000000);
     CREATE TABLE kept AS SELECT 1 AS id; CHECKPOINT; DROP TABLE gone; CHECKPOINT`,
    { 'main.kept': 1 },
  );
  const candidate = await begin('main.kept');
  expect([candidate.isCopy, candidate.refusal]).toEqual([false, null]);
  await store.abandon(candidate);
});
