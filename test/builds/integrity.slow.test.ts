/** Is a kept file still what was built, and who wrote to the published one? */
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { FileBuilds } from '../../src/builds/file/file-builds.js';
import type { FileBuild } from '../../src/builds/file/builds.js';
import { figureIn, publishFigure, temporaryFolder } from './details.js';

const command = 'techstore builds rollback';
let folder: string;
let store: FileBuilds;
let first: string;
let second: string;

beforeEach(async () => {
  folder = temporaryFolder();
  store = new FileBuilds({ path: join(folder, 'shop.duckdb') });
  first = await publishFigure(store, 1);
  second = await publishFigure(store, 2);
});

const fileOf = (id: string, of = store): string => join(of.buildsFolder, `${id}.duckdb`);
const recordOf = (id: string): string => join(store.buildsFolder, `${id}.json`);

/** As `cp -r` makes one: no inode and no time is what it was. */
function copied(): FileBuilds {
  const to = temporaryFolder();
  cpSync(folder, to, { recursive: true });
  return new FileBuilds({ path: join(to, 'shop.duckdb') });
}

function states(of: FileBuilds): Record<string, unknown> {
  return Object.fromEntries(
    of
      .listBuilds()
      .map((b) => [b.id, { published: b.published, modified: b.modified, touched: b.touched }]),
  );
}

/** Flips a bit of the table's block. */
function flip(path: string): void {
  const at = 12288 + 4096;
  const file = openSync(path, 'r+');
  const byte = Buffer.alloc(1);
  readSync(file, byte, 0, 1, at);
  byte[0] = (byte[0] ?? 0) ^ 4;
  writeSync(file, byte, 0, 1, at);
  closeSync(file);
}

function flipWithTimeKept(path: string): void {
  const { atime, mtime } = statSync(path);
  flip(path);
  utimesSync(path, atime, mtime);
}

describe('A copied project', () => {
  test('has the builds that it had, and can be rolled back', async () => {
    const copy = copied();
    expect(states(copy)).toEqual(states(store));
    expect(copy.published()?.id).toBe(second);

    expect((await copy.rollback({ command })).id).toBe(first);
    expect(await figureIn(copy.publishedPath)).toBe(1);
    expect(copy.published()?.id).toBe(first);
    expect(await figureIn(store.publishedPath)).toBe(2);
  });

  test('is known by its times again once a command had the lock', async () => {
    const copy = copied();
    await copy.prune({ command });
    const { record } = copy.showBuild(second);
    expect(record.file.mtimeNs).toBe(
      String(statSync(fileOf(second, copy), { bigint: true }).mtimeNs),
    );
    expect(record.copy?.ino).toBe(String(statSync(copy.publishedPath).ino));
    expect(states(copy)).toEqual(states(store));
  });

  test('shows a build that was damaged on the way, and does not publish it', async () => {
    const copy = copied();
    flip(fileOf(first, copy));
    expect(copy.showBuild(first)).toMatchObject({ modified: true, published: false });
    expect(copy.showBuild(first).damage).toMatch(/^its file is damaged: block \d+ of \d+$/);
    expect(states(copy)[second]).toEqual({ published: true, modified: false, touched: false });
    await expect(copy.rollback({ command })).rejects.toMatchObject({
      code: 'publish',
      message: expect.stringMatching(
        `Build ${first} cannot be published: its file is damaged`,
      ) as string,
    });
  });

  test('tells nothing of builds whose content an earlier version did not note', () => {
    const text = JSON.parse(readFileSync(recordOf(first), 'utf8')) as Record<string, unknown>;
    delete text['content'];
    writeFileSync(recordOf(first), JSON.stringify(text));
    expect(states(store)[first]).toMatchObject({ modified: false });
    expect(states(copied())[first]).toMatchObject({ modified: true });
  });
});

describe('A kept file', () => {
  test('that was written to is changed, also with the time that it had', async () => {
    const other = fileOf(second);
    writeFileSync(fileOf(first), readFileSync(other));
    expect(states(store)[first]).toMatchObject({ modified: true });
    await expect(store.rollback({ command, to: first })).rejects.toMatchObject({
      message: `The file of build ${first} was changed after it was built.`,
    });
  });

  test('with flipped bytes and its time kept is found before it is published, and by verify', async () => {
    flipWithTimeKept(fileOf(first));
    const found = await store.verify();
    expect(found.map(({ id, file, state }) => [id, file, state])).toEqual([
      [second, 'kept', 'whole'],
      [second, 'published', 'whole'],
      [first, 'kept', 'damaged'],
    ]);
    await expect(store.rollback({ command, to: first })).rejects.toMatchObject({ code: 'publish' });
    expect(await figureIn(store.publishedPath)).toBe(2);
  });

  test('that was cut short, or is no database, is damaged', async () => {
    truncateSync(fileOf(first), 5000);
    expect(await store.verify(first)).toMatchObject([
      { state: 'damaged', problem: 'its file is damaged: it ends within its headers' },
    ]);
    writeFileSync(fileOf(first), 'no database'.repeat(5000));
    expect(await store.verify(first)).toMatchObject([{ state: 'damaged' }]);
    expect(store.showBuild(first).damage).not.toBeNull();
  });

  test('beside which a log lies counts as changed', () => {
    writeFileSync(`${fileOf(first)}.wal`, 'x');
    expect(states(store)).toMatchObject({
      [first]: { modified: true },
      [second]: { modified: false },
    });
  });
});

describe('The published file', () => {
  test('with flipped bytes is found by verify', async () => {
    flipWithTimeKept(store.publishedPath);
    expect(await store.verify('published')).toMatchObject([
      { file: 'kept', state: 'whole' },
      { file: 'published', state: 'damaged' },
    ]);
  });

  test.each(['.wal', '.wal.checkpoint', '.wal.recovery'])(
    'beside which another program left a log (%s) is read as it was built',
    (ending) => {
      writeFileSync(`${store.publishedPath}${ending}`, 'x');
      const build = store.published() as FileBuild;
      expect(build).toMatchObject({ id: second, touched: true, modified: false });
      const { path, notice } = store.toRead(build);
      expect(path).toBe(build.path);
      expect(notice).toMatch(/left a log beside it/);
    },
  );

  test('beside which an empty log lies is as it was', () => {
    writeFileSync(`${store.publishedPath}.wal`, '');
    expect(store.published()).toMatchObject({ touched: false });
  });
});

describe('A damaged record', () => {
  const whole = () => JSON.parse(readFileSync(recordOf(first), 'utf8')) as Record<string, unknown>;
  const cases: readonly (readonly [string, string, () => void])[] = [
    ['is empty', 'its record is empty', () => writeFileSync(recordOf(first), '')],
    [
      'is not JSON',
      'its record is not JSON',
      () => writeFileSync(recordOf(first), '{"format": 1,'),
    ],
    ['is null', 'its record is not a build record', () => writeFileSync(recordOf(first), 'null')],
    [
      'lacks a field',
      'its record lacks command',
      () => writeFileSync(recordOf(first), '{"format":1,"id":"x","file":{"size":1,"mtimeNs":"1"}}'),
    ],
    [
      'has a wrong field',
      'its record has an invalid nodes',
      () => writeFileSync(recordOf(first), JSON.stringify({ ...whole(), nodes: { a: null } })),
    ],
    [
      'is of another build',
      'its record belongs to another build',
      () => writeFileSync(recordOf(first), JSON.stringify({ ...whole(), id: second })),
    ],
    [
      'is of a newer version',
      'its record was written by a newer techstore (format 2)',
      () => writeFileSync(recordOf(first), JSON.stringify({ ...whole(), format: 2 })),
    ],
    [
      'is a folder',
      'its record cannot be read: it is a folder',
      () => (rmSync(recordOf(first)), mkdirSync(recordOf(first))),
    ],
    [
      'is a pipe',
      'its record cannot be read: it is a named pipe',
      () => (rmSync(recordOf(first)), execFileSync('mkfifo', [recordOf(first)])),
    ],
    ['has no file', 'its file is missing', () => rmSync(fileOf(first))],
  ];

  test.each(cases)('that %s stops nothing else', async (_, damage, make) => {
    make();
    expect(store.damagedBuilds()).toMatchObject([{ id: first, damage }]);
    expect(store.listBuilds().map(({ id }) => id)).toEqual([second]);
    expect(() => store.showBuild(first)).toThrow(`The build ${first} is damaged: ${damage}.`);
    const third = await publishFigure(store, 3);
    expect((await store.rollback({ command })).id).toBe(second);
    expect(await figureIn(store.publishedPath)).toBe(2);
    expect(store.listBuilds().map(({ id }) => id)).toEqual([third, second]);
    if (damage !== 'its file is missing') expect(existsSync(fileOf(first))).toBe(true);
  });

  test('of the published build leaves the published file to be read and to be replaced', async () => {
    writeFileSync(recordOf(second), 'junk');
    expect(store.published()).toBeNull();
    expect(await figureIn(store.publishedPath)).toBe(2);
    const third = await publishFigure(store, 3);
    expect(store.published()?.id).toBe(third);
    expect(await figureIn(store.publishedPath)).toBe(3);
  });

  test.each(['a folder', 'a named pipe'])(
    'is no worse than %s in the place of the file',
    async (kind) => {
      rmSync(fileOf(first));
      if (kind === 'a folder') mkdirSync(fileOf(first));
      else execFileSync('mkfifo', [fileOf(first)]);
      expect(store.showBuild(first).damage).toBe(`its file is ${kind}`);
      expect(await store.verify(first)).toMatchObject([{ state: 'damaged' }]);
      await publishFigure(store, 3);
      expect(await figureIn(store.publishedPath)).toBe(3);
    },
  );
});
