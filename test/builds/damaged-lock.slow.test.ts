/** A damaged lock file stops no build, and is never taken from somebody who holds it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { FileBuilds } from '../../src/builds/file/file-builds.js';
import { compileForChildren, startChild } from './compiled.js';
import { figureIn, publishFigure, temporaryFolder } from './details.js';

let compiled: ReturnType<typeof compileForChildren>;
beforeAll(() => {
  compiled = compileForChildren();
});
afterAll(() => compiled.remove());

let store: FileBuilds;
let lock: string;
beforeEach(async () => {
  store = new FileBuilds({ path: join(temporaryFolder(), 'shop.duckdb') });
  await publishFigure(store, 1);
  lock = join(store.buildsFolder, 'lock.duckdb');
});

test.each([
  ['is empty', () => truncateSync(lock, 0)],
  ['is cut short', () => truncateSync(lock, 5000)],
  ['holds something else', () => writeFileSync(lock, 'x'.repeat(20_000))],
  [
    'has a wrong checksum',
    () => {
      const bytes = readFileSync(lock);
      bytes[100] = (bytes[100] ?? 0) ^ 1;
      writeFileSync(lock, bytes);
    },
  ],
])('A lock file that %s is made anew', async (_, damage) => {
  damage();
  await publishFigure(store, 2);
  expect(await figureIn(store.publishedPath)).toBe(2);
  await publishFigure(store, 3);
  expect(await figureIn(store.publishedPath)).toBe(3);
});

test.each(['a folder', 'a named pipe'])(
  '%s in its place is told, with the way out',
  async (kind) => {
    rmSync(lock);
    if (kind === 'a folder') mkdirSync(lock);
    else execFileSync('mkfifo', [lock]);
    await expect(publishFigure(store, 2)).rejects.toMatchObject({
      code: 'publish',
      message: `The build lock cannot be taken: ${lock} is ${kind}, not a file.`,
      hint: `Move ${lock} away while no build runs. The next build creates it again.`,
    });
    expect(await figureIn(store.publishedPath)).toBe(1);
  },
);

test('A lock that somebody holds stays theirs, whatever is written over it', async () => {
  const holder = startChild(compiled.folder, 'hold-lock', [store.publishedPath]);
  await holder.line('locked');
  writeFileSync(lock, 'x'.repeat(20_000));
  await expect(publishFigure(store, 2)).rejects.toMatchObject({ code: 'lock' });
  holder.process.stdin?.end();
  await holder.ended;
  await publishFigure(store, 3);
  expect(await figureIn(store.publishedPath)).toBe(3);
});
