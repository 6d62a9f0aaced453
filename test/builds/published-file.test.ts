import {
  copyFileSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openDuckDB } from '../../src/engine/duckdb/index.js';
import { FileBuilds } from '../../src/builds/file/file-builds.js';
import { compileForChildren, startChild } from './compiled.js';
import { details, figureIn, fill, publishFigure, rowsIn, temporaryFolder } from './details.js';

// Children take their time to start on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

let code: ReturnType<typeof compileForChildren>;
let folder: string;
let path: string;
let store: FileBuilds;

beforeAll(() => {
  code = compileForChildren();
});
afterAll(() => code.remove());
beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder, 'shop.duckdb');
  store = new FileBuilds({ path });
});

/** A database as dbt leaves one. */
async function foreignDatabase(figure: number): Promise<void> {
  const engine = await openDuckDB({ path });
  await fill(engine, figure);
  await engine.close();
}

const command = 'techstore build';

describe('A database that another program made', () => {
  test('is kept as a build by the first publish over it', async () => {
    await foreignDatabase(77);
    const id = await publishFigure(store, 1);

    const [published, imported] = store.listBuilds();
    expect(published).toMatchObject({ id, published: true });
    expect(imported).toMatchObject({
      published: false,
      record: { state: 'imported', command: 'import' },
    });
    expect(await figureIn(imported?.path ?? '')).toBe(77);
  });

  test('is what a rollback goes back to, as it was', async () => {
    await foreignDatabase(77);
    const id = await publishFigure(store, 1);

    expect((await store.rollback({ command })).record.state).toBe('imported');
    expect(await figureIn(path)).toBe(77);
    await store.rollback({ command, to: id });
    expect(await figureIn(path)).toBe(1);
    expect(store.listBuilds()).toHaveLength(2);
  });

  test('is no previous build to carry tables over from', async () => {
    await foreignDatabase(77);
    const candidate = await store.openCandidate({ command });

    expect(await candidate.attachPrevious()).toEqual({ state: 'none' });
    await store.abandon(candidate);
    expect(await figureIn(path)).toBe(77);
  });

  test('is kept with what a killed program had only in its log', async () => {
    await foreignDatabase(77);
    const other = startChild(code.folder, 'hold-writer', [path]);
    await other.line('writing');
    other.process.kill('SIGKILL');
    await other.ended;
    expect(readdirSync(folder)).toContain('shop.duckdb.wal');
    await publishFigure(store, 1);

    expect(readdirSync(folder).sort()).toEqual(['shop.builds', 'shop.duckdb']);
    await store.rollback({ command });
    const engine = await openDuckDB({ path, readOnly: true });
    const connection = await engine.connect();
    expect((await connection.query('SELECT note FROM notes')).rows).toEqual([[42]]);
    await engine.close();
  });
});

describe('A program that has the published file open for writing', () => {
  test('is named; the build is kept and can be published once it is closed', async () => {
    await publishFigure(store, 1);
    const other = startChild(code.folder, 'hold-writer', [path]);
    await other.line('writing');
    const candidate = await store.openCandidate({ command });
    // The kept build is a file of its own, which nobody else has open.
    expect((await candidate.attachPrevious()).state).toBe('attached');
    await fill(candidate.engine, 2);

    await expect(store.publish(candidate, details)).rejects.toMatchObject({
      code: 'lock',
      message: expect.stringMatching(
        new RegExp(`is open for writing in .*node.* \\(process ${other.process.pid}\\)`),
      ) as string,
    });
    other.process.stdin?.end();
    await other.ended;
    expect(await figureIn(path)).toBe(1);
    expect(store.showBuild('latest').record.state).toBe('unpublished');
    await store.rollback({ command, to: candidate.id });
    expect(await figureIn(path)).toBe(2);
  });

  test('and was killed leaves a log: what it made itself is published, what it did to our tables is not', async () => {
    await publishFigure(store, 1);
    const other = startChild(code.folder, 'hold-writer', [
      path,
      'UPDATE shop.gold.sales SET figure = 99',
    ]);
    await other.line('writing');
    other.process.kill('SIGKILL');
    await other.ended;
    await publishFigure(store, 2);

    expect(await rowsIn(path, 'SELECT note FROM main.notes')).toEqual([[42]]);
    expect(await figureIn(path)).toBe(2);
    expect(readdirSync(folder)).not.toContain('shop.duckdb.wal');
  });

  test('and left a log that nobody can read: the log is laid aside, and told of', async () => {
    await publishFigure(store, 1);
    writeFileSync(`${path}.wal`, 'no log of DuckDB, whatever it was meant to be');
    const candidate = await store.openCandidate({ command });
    await fill(candidate.engine, 2);
    const { warnings } = await store.publish(candidate, details);

    expect(await figureIn(path)).toBe(2);
    const aside = readdirSync(folder).filter((name) => name.startsWith('shop.duckdb.wal'));
    expect(aside).toEqual([expect.stringMatching(/^shop\.duckdb\.wal\.\d{8}T\d{9}Z$/)]);
    expect(warnings).toEqual([
      `DuckDB could not replay the log of ${path}. The log was moved to ${join(folder, aside[0] ?? '')}.`,
    ]);
  });
});

describe('What is not a DuckDB database', () => {
  test.each([
    ['text', 'id,name\n1,Ann and Bob\n'],
    ['empty', ''],
  ])('is refused before anything is built, and left alone (%s)', async (_, content) => {
    writeFileSync(path, content);

    await expect(store.openCandidate({ command })).rejects.toMatchObject({
      code: 'publish',
      message: `${path} is not a DuckDB database. It was not changed.`,
    });
    expect(readFileSync(path, 'utf8')).toBe(content);
    expect(readdirSync(folder)).toEqual(['shop.duckdb']);
  });

  test('is refused when it is a folder', async () => {
    mkdirSync(path);

    expect(() => store.check()).toThrow(`${path} is a folder, not a file. It was not changed.`);
  });

  test('is refused when it came while the build ran', async () => {
    const candidate = await store.openCandidate({ command });
    await fill(candidate.engine, 1);
    writeFileSync(path, 'a letter to a friend');

    await expect(store.publish(candidate, details)).rejects.toMatchObject({ code: 'publish' });
    expect(readFileSync(path, 'utf8')).toBe('a letter to a friend');
    expect(store.showBuild('latest').record.state).toBe('unpublished');
  });
});

describe('The published path', () => {
  test('may be a link: its target is replaced, the link stays', async () => {
    const target = join(folder, 'data', 'store.db');
    mkdirSync(join(folder, 'data'));
    symlinkSync(join('data', 'store.db'), path);
    store = new FileBuilds({ path });
    await publishFigure(store, 1);
    await publishFigure(store, 2);

    expect(lstatSync(path).isSymbolicLink()).toBe(true);
    expect(await figureIn(target)).toBe(2);
    expect(store.publishedPath).toBe(target);
    expect(readdirSync(join(folder, 'data')).sort()).toEqual(['store.builds', 'store.db']);
  });

  test('is refused where the builds of another file are kept in its folder', async () => {
    await publishFigure(store, 1);
    const other = new FileBuilds({ path: join(folder, 'shop.db') });
    await expect(publishFigure(other, 2)).rejects.toMatchObject({
      code: 'publish',
      message: `${join(folder, 'shop.db')} cannot keep its builds in shop.builds: the builds of shop.duckdb are there.`,
    });

    // What only looks like it, a copy of one's own, is in nobody's way; nor is a file that was renamed.
    copyFileSync(path, join(folder, 'shop.backup'));
    const second = await publishFigure(store, 2);
    renameSync(path, join(folder, 'shop.db'));
    expect(other.published()?.id).toBe(second);
    await publishFigure(other, 3);
    expect(await figureIn(join(folder, 'shop.db'))).toBe(3);
  });

  test('may lie in a folder that does not exist yet', async () => {
    store = new FileBuilds({ path: join(folder, 'deep', 'down', 'shop.duckdb') });
    await publishFigure(store, 1);

    expect(await figureIn(join(folder, 'deep', 'down', 'shop.duckdb'))).toBe(1);
  });

  test('may have a name that SQL and shells stumble over', async () => {
    path = join(folder, `it's "the" shop; -- ünï.duckdb`);
    store = new FileBuilds({ path });
    await publishFigure(store, 4);

    expect(await figureIn(path)).toBe(4);
  });

  test('gets a copy when the builds lie on another disk', async () => {
    const elsewhere = '/dev/shm';
    // Without a second file system the folder is an ordinary link to the same one.
    const otherDisk = statSync(elsewhere, { throwIfNoEntry: false });
    const builds = join(otherDisk === undefined ? folder : elsewhere, `builds-${process.pid}`);
    mkdirSync(builds);
    try {
      symlinkSync(builds, join(folder, 'shop.builds'));
      const first = await publishFigure(store, 1);
      const second = await publishFigure(store, 2);

      expect(await figureIn(path)).toBe(2);
      expect(store.listBuilds().map((b) => [b.id, b.published])).toEqual([
        [second, true],
        [first, false],
      ]);
      await store.rollback({ command });
      expect(store.showBuild('published').id).toBe(first);
      expect(await figureIn(path)).toBe(1);
    } finally {
      rmSync(builds, { recursive: true });
    }
  });
});

describe('A crash', () => {
  /** Rewrites a record as it is at one of the instants of a publish. */
  function set(id: string, change: object): void {
    const file = join(store.buildsFolder, `${id}.json`);
    const record = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...record, ...change }));
  }

  test('before the rename leaves the old build published; the new one is removed', async () => {
    await publishFigure(store, 1);
    const candidate = await store.openCandidate({ command });
    await fill(candidate.engine, 2);
    await store.fail(candidate, details);
    set(candidate.id, { state: 'finished' });
    writeFileSync(`${path}.${candidate.id}.new`, 'a second name of the candidate');
    writeFileSync(`${path}.backup.new`, 'of the user');
    await store.prune({ command });

    expect(await figureIn(path)).toBe(1);
    expect(store.listBuilds()).toHaveLength(1);
    expect(readdirSync(folder).sort()).toEqual([
      'shop.builds',
      'shop.duckdb',
      'shop.duckdb.backup.new',
    ]);
  });

  test('behind the rename leaves the new build published, and the next start writes that down', async () => {
    const id = await publishFigure(store, 1);
    set(id, { state: 'finished', publishedAt: null });

    expect(store.showBuild('published').id).toBe(id);
    await store.prune({ command });
    expect(store.showBuild('published').record.state).toBe('published');
    expect(store.showBuild('published').record.publishedAt).not.toBeNull();
  });

  test('while a record is written leaves the whole old record', async () => {
    const id = await publishFigure(store, 1);
    writeFileSync(join(store.buildsFolder, `${id}.json.abc123.tmp`), '{"format": 1, "id"');
    writeFileSync(join(store.buildsFolder, 'notes.txt'), 'of the user');
    await store.prune({ command });

    expect(store.showBuild('published').id).toBe(id);
    expect(readdirSync(store.buildsFolder).sort()).toEqual(
      [`${id}.duckdb`, `${id}.json`, 'lock.duckdb', 'notes.txt'].sort(),
    );
  });
});
