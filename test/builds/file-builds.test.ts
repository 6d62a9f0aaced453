import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { FileBuilds } from '../../src/builds/file/file-builds.js';
import { details, failFigure, figureIn, fill, publishFigure, temporaryFolder } from './details.js';

let folder: string;
let path: string;
let store: FileBuilds;

beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder, 'shop.duckdb');
  store = new FileBuilds({ path });
});

const states = () => store.listBuilds().map((b) => [b.id, b.record.state, b.published]);
const everyFile = () => readdirSync(store.buildsFolder).sort();

describe('A build', () => {
  test('is one ordinary file at the published path, and another with the same bytes among the kept builds', async () => {
    const id = await publishFigure(store, 1);

    expect(await figureIn(path)).toBe(1);
    expect(readdirSync(folder).sort()).toEqual(['shop.builds', 'shop.duckdb']);
    expect(everyFile()).toEqual([`${id}.duckdb`, `${id}.json`, 'lock.duckdb']);
    // What a program writes to the one must not get into the other.
    const kept = join(store.buildsFolder, `${id}.duckdb`);
    expect(statSync(path).ino).not.toBe(statSync(kept).ino);
    expect(readFileSync(path).equals(readFileSync(kept))).toBe(true);
  });

  test('has an id that sorts by its UTC time', async () => {
    const candidate = await store.openCandidate({ command: 'techstore build' });
    await store.abandon(candidate);

    expect(candidate.id).toMatch(/^\d{8}T\d{6}Z-[0-9a-f]{4}$/);
    const { startedAt } = candidate;
    expect(candidate.id.slice(0, 16)).toBe(
      startedAt.toISOString().slice(0, 19).replace(/[-:]/g, '') + 'Z',
    );
  });

  test('names its catalog like the published file while it is made', async () => {
    const candidate = await store.openCandidate({ command: 'techstore build' });
    const connection = await candidate.engine.connect();
    const { rows } = await connection.query('SELECT current_database(), current_schema()');
    await store.abandon(candidate);

    expect(rows).toEqual([['shop', 'main']]);
  });

  test('is written down with what the caller told of it', async () => {
    const id = await publishFigure(store, 1);
    const { record } = store.showBuild(id);

    expect(record).toMatchObject({
      format: 1,
      id,
      command: 'techstore build',
      state: 'published',
      asOf: '2024-12-31',
      codeVersion: 'abc123',
      techstoreVersion: '0.1.0',
      duckdbVersion: '1.5.6',
      rows: { 'gold.sales': 1 },
      nodes: { 'model.shop.sales': { fingerprint: 'f1' } },
      message: null,
      rolledBackAt: null,
      copy: { ino: String(statSync(path).ino), size: statSync(path).size, foreign: 0 },
      objects: [
        { kind: 'schema', schema: 'gold', name: 'gold' },
        { kind: 'table', schema: 'gold', name: 'sales' },
      ],
    });
    expect(record.file.size).toBe(statSync(path).size);
  });

  test('keeps its lineage beside it for as long as it is kept itself', async () => {
    const small = new FileBuilds({ path, keep: 2 });
    const ids: string[] = [];
    for (const figure of [1, 2, 3]) {
      const candidate = await small.openCandidate({ command: 'techstore build' });
      await fill(candidate.engine, figure);
      await small.publish(candidate, { ...details, lineage: { nodes: [figure], edges: [] } });
      ids.push(candidate.id);
    }

    expect(ids.map((id) => small.lineage(id))).toEqual([
      null,
      { nodes: [2], edges: [] },
      { nodes: [3], edges: [] },
    ]);
    expect(everyFile().filter((name) => name.startsWith(ids[0] ?? ''))).toEqual([]);
    expect(small.showBuild('published').record).not.toHaveProperty('lineage');
  });

  test('has no lineage where none was told, or where the file of it holds something else', async () => {
    const id = await publishFigure(store, 1);
    expect(store.lineage(id)).toBeNull();

    writeFileSync(join(store.buildsFolder, `${id}.lineage.json`), '{"nodes": [');
    expect(store.lineage(id)).toBeNull();
  });

  test('that was killed leaves a lineage that the next one removes', async () => {
    const id = await publishFigure(store, 1);
    const killed = `${id.slice(0, -4)}ffff`;
    for (const name of [
      `${killed}.lineage.json`,
      `${killed}.lineage.json.a1b2c3.tmp`,
      `${id}.lineage.json.a1b2c3.tmp`,
    ]) {
      writeFileSync(join(store.buildsFolder, name), '{}');
    }
    await store.abandon(await store.openCandidate({ command: 'techstore build' }));

    expect(everyFile()).toEqual([`${id}.duckdb`, `${id}.json`, 'lock.duckdb']);
  });

  test('leaves the published file alone until it is published', async () => {
    await publishFigure(store, 1);
    const candidate = await store.openCandidate({ command: 'techstore build' });
    await fill(candidate.engine, 2);

    expect(await figureIn(path)).toBe(1);
    const { build, warnings } = await store.publish(candidate, details);
    expect(await figureIn(path)).toBe(2);
    expect(build.published).toBe(true);
    expect(warnings).toEqual([]);
  });

  test('that fails is kept for inspection and not published', async () => {
    await publishFigure(store, 1);
    const failed = await failFigure(store, 2);

    expect(await figureIn(path)).toBe(1);
    expect(await figureIn(store.showBuild('failed').path)).toBe(2);
    expect(store.showBuild('failed').record).toMatchObject({
      id: failed,
      message: 'A test failed.',
    });
  });

  test('that fails takes the place of one that failed earlier', async () => {
    const first = await failFigure(store, 1);
    const second = await failFigure(store, 2);

    expect(states()).toEqual([[second, 'failed', false]]);
    expect(everyFile().filter((name) => name.startsWith(first))).toEqual([]);
  });

  test('that succeeds removes the one that failed', async () => {
    await failFigure(store, 1);
    const good = await publishFigure(store, 2);

    expect(states()).toEqual([[good, 'published', true]]);
  });

  test('that is abandoned leaves nothing', async () => {
    const candidate = await store.openCandidate({ command: 'techstore build' });
    await fill(candidate.engine, 1);
    await store.abandon(candidate);

    expect(everyFile()).toEqual(['lock.duckdb']);
    expect(existsSync(path)).toBe(false);
  });

  test('that was cancelled can still be ended', async () => {
    const candidate = await store.openCandidate({ command: 'techstore build' });
    const connection = await candidate.engine.connect();
    const running = connection.query('SELECT count(*) FROM range(1000000) a, range(1000000) b');
    setTimeout(() => candidate.engine.interruptAll(), 20);

    await expect(running).rejects.toMatchObject({ code: 'interrupted', exitCode: 130 });
    await store.abandon(candidate);
    await publishFigure(store, 3);
    expect(await figureIn(path)).toBe(3);
  });

  test('can go on from a failed one, which stays until the new one ends', async () => {
    const failed = await failFigure(store, 1);
    const candidate = await store.openCandidate({ command: 'techstore retry', resume: 'failed' });
    const connection = await candidate.engine.connect();
    await connection.run('UPDATE gold.sales SET figure = figure + 10');

    expect(store.showBuild(failed).record.state).toBe('failed');
    await store.publish(candidate, details);
    expect(await figureIn(path)).toBe(11);
    expect(states()).toEqual([[candidate.id, 'published', true]]);
  });
});

describe('The previous build', () => {
  test('is there to carry tables over from', async () => {
    const id = await publishFigure(store, 7);
    const candidate = await store.openCandidate({ command: 'techstore build' });
    const previous = await candidate.attachPrevious('last_build');
    const connection = await candidate.engine.connect();
    await connection.run(
      'CREATE SCHEMA gold; CREATE TABLE gold.sales AS FROM last_build.gold.sales',
    );
    await store.publish(candidate, details);

    expect(previous).toMatchObject({ state: 'attached', catalog: 'last_build', build: { id } });
    expect(await figureIn(path)).toBe(7);
  });

  test('is none before the first one', async () => {
    const candidate = await store.openCandidate({ command: 'techstore build' });
    const previous = await candidate.attachPrevious();
    await store.abandon(candidate);

    expect(previous).toEqual({ state: 'none' });
  });

  test('can not be used after another program wrote to its kept file', async () => {
    const id = await publishFigure(store, 1);
    const { openDuckDB } = await import('../../src/engine/duckdb/index.js');
    const other = await openDuckDB({ path: store.showBuild(id).path });
    const connection = await other.connect();
    await connection.run('UPDATE gold.sales SET figure = 99');
    await other.close();

    const candidate = await store.openCandidate({ command: 'techstore build' });
    expect(await candidate.attachPrevious()).toMatchObject({
      state: 'unusable',
      message: `The published build ${id} was changed by another program.`,
    });
    await store.abandon(candidate);
  });

  test('can not be used when it is damaged, and a full build replaces it', async () => {
    const id = await publishFigure(store, 1);
    const { utimesSync } = await import('node:fs');
    for (const file of [path, store.showBuild(id).path]) {
      const before = statSync(file);
      writeFileSync(
        file,
        Buffer.concat([readFileSync(file).subarray(0, 5000), Buffer.alloc(before.size - 5000)]),
      );
      utimesSync(file, before.atime, before.mtime);
    }

    const candidate = await store.openCandidate({ command: 'techstore build' });
    expect((await candidate.attachPrevious()).state).toBe('unusable');
    await fill(candidate.engine, 2);
    await store.publish(candidate, details);
    expect(await figureIn(path)).toBe(2);
  });
});
