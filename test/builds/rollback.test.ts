import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { FileBuilds } from '../../src/builds/file/file-builds.js';
import { failFigure, figureIn, publishFigure, temporaryFolder } from './details.js';

let path: string;
let store: FileBuilds;

async function inOrder(figures: readonly number[]): Promise<string[]> {
  const ids: string[] = [];
  for (const figure of figures) ids.push(await publishFigure(store, figure));
  return ids;
}

beforeEach(() => {
  path = join(temporaryFolder(), 'shop.duckdb');
  store = new FileBuilds({ path });
});

const command = 'techstore builds rollback';

describe('A rollback', () => {
  test('goes to the build before, then further back, and forward only by name', async () => {
    const [first, second, third] = await inOrder([1, 2, 3]);

    expect((await store.rollback({ command })).id).toBe(second);
    expect(await figureIn(path)).toBe(2);
    expect((await store.rollback({ command })).id).toBe(first);
    expect(await figureIn(path)).toBe(1);
    await expect(store.rollback({ command })).rejects.toMatchObject({
      code: 'publish',
      message: 'There is no build before the published one.',
    });
    expect((await store.rollback({ command, to: third ?? '' })).published).toBe(true);
    expect(await figureIn(path)).toBe(3);
    expect(store.listBuilds().map((b) => b.id)).toEqual([third, second, first]);
  });

  test('never goes by default to a build that was rolled back', async () => {
    const [, second] = await inOrder([1, 2, 3]);
    await store.rollback({ command });
    await publishFigure(store, 4);

    expect((await store.rollback({ command })).id).toBe(second);
    expect(await figureIn(path)).toBe(2);
  });

  test('is what later builds compare with', async () => {
    const [first] = await inOrder([1, 2]);
    await store.rollback({ command });
    const candidate = await store.openCandidate({ command: 'techstore build' });
    const previous = await candidate.attachPrevious();
    await store.abandon(candidate);

    expect(previous).toMatchObject({ state: 'attached', build: { id: first } });
  });

  test('does nothing when the build is published already', async () => {
    const id = await publishFigure(store, 1);

    expect((await store.rollback({ command, to: 'published' })).id).toBe(id);
    expect(await figureIn(path)).toBe(1);
  });

  test('refuses a failed build', async () => {
    await publishFigure(store, 1);
    const failed = await failFigure(store, 2);

    await expect(store.rollback({ command, to: failed })).rejects.toMatchObject({
      code: 'publish',
      message: `Build ${failed} failed and cannot be published.`,
    });
    expect(await figureIn(path)).toBe(1);
  });

  test('brings a build back when the published file was deleted', async () => {
    const id = await publishFigure(store, 5);
    const { rmSync } = await import('node:fs');
    rmSync(path);

    expect((await store.rollback({ command })).id).toBe(id);
    expect(await figureIn(path)).toBe(5);
  });
});

describe('A build is found', () => {
  test('by its id, the beginning of it, and by what it is', async () => {
    const id = await publishFigure(store, 1);

    for (const name of [id, id.slice(0, 8), 'latest', 'published']) {
      expect(store.showBuild(name).id).toBe(id);
    }
  });

  test('or not, with a hint', async () => {
    expect(() => store.showBuild('latest')).toThrow('There are no builds yet.');
    expect(() => store.showBuild('2019')).toThrow('There is no build 2019.');
    expect(() => store.showBuild('published')).toThrow('No kept build is published.');
    expect(() => store.showBuild('')).toThrow('There is no build .');
  });

  test('only when the beginning means one', async () => {
    const one = await publishFigure(store, 1);
    const two = await publishFigure(store, 2);

    expect(() => store.showBuild('2')).toThrow(`Several builds begin with 2: ${two}, ${one}.`);
  });
});

describe('Pruning', () => {
  test('after a publish keeps as many builds as the store is told to', async () => {
    store = new FileBuilds({ path, keep: 2 });
    const [first, second, third] = await inOrder([1, 2, 3]);

    expect(store.listBuilds().map((b) => b.id)).toEqual([third, second]);
    expect(existsSync(join(store.buildsFolder, `${first}.duckdb`))).toBe(false);
  });

  test('never removes the published build nor the one a rollback goes to', async () => {
    const [first, second] = await inOrder([1, 2, 3, 4]);
    await store.rollback({ command, to: second ?? '' });
    const removed = await store.prune({ command: 'techstore builds prune', keep: 2 });

    expect(removed).toHaveLength(2);
    expect(store.listBuilds().map((b) => [b.id, b.published])).toEqual([
      [second, true],
      [first, false],
    ]);
  });

  test('with 1 keeps the published build alone, and the failed one', async () => {
    await publishFigure(store, 1);
    const good = await publishFigure(store, 2);
    const failed = await failFigure(store, 3);
    await store.prune({ command: 'techstore builds prune', keep: 0 });

    expect(new Set(store.listBuilds().map((b) => b.id))).toEqual(new Set([good, failed]));
    expect(await figureIn(path)).toBe(2);
  });

  test('by age removes only what is older and more than is to be kept', async () => {
    await inOrder([1, 2, 3]);
    const prune = (olderThan: Date) => store.prune({ command: 'prune', keep: 1, olderThan });

    expect(await prune(new Date('2000-01-01T00:00:00Z'))).toEqual([]);
    expect(await prune(new Date(Date.now() + 60_000))).toHaveLength(2);
  });
});
