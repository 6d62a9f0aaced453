import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { FileBuilds } from '../../src/builds/file/file-builds.js';
import { compileForChildren, startChild } from './compiled.js';
import { figureIn, publishFigure, temporaryFolder } from './details.js';

// Children take their time to start on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

let code: ReturnType<typeof compileForChildren>;
beforeAll(() => {
  code = compileForChildren();
});
afterAll(() => code.remove());

interface Failure {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

/** Runs one build in a child and gives its error. */
async function failureOf(args: readonly string[], shell?: string): Promise<Failure> {
  const child = startChild(code.folder, 'build', args, shell === undefined ? {} : { shell });
  return JSON.parse((await child.line('error')).slice('error '.length)) as Failure;
}

/** Root in a container may still not be allowed to. */
function mount(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const isRoot = process.getuid?.() === 0;
const NOBODY = 65534;

describe('A disk that is full', () => {
  // A limit on the size of a file needs no rights and hits wherever DuckDB writes.
  test.each([
    // Units of 1024 bytes: DuckDB's first blocks fit, the tables do not.
    [1024, 100_000],
    [3000, 100_000],
    // Not even an empty database fits.
    [8, 10],
  ])('at %i KiB fails the build, and leaves the published file', async (limit, rows) => {
    const path = join(temporaryFolder(), 'shop.duckdb');
    const store = new FileBuilds({ path });
    await publishFigure(store, 1);
    // The signal that comes with the limit is ignored; the write then fails with EFBIG.
    const failure = await failureOf([path, '2', String(rows)], `trap '' XFSZ; ulimit -f ${limit};`);

    expect(failure.code).toMatch(/^(database|publish)$/);
    expect(failure.message).toMatch(/disk is full/);
    expect(await figureIn(path)).toBe(1);
    expect(store.listBuilds()).toHaveLength(1);
    expect(readdirSync(store.buildsFolder)).toHaveLength(3);
  });

  test('only when the build is written down removes the build, which is not published', async () => {
    const path = join(temporaryFolder(), 'shop.duckdb');
    const store = new FileBuilds({ path });
    await publishFigure(store, 1);
    const failure = await failureOf(
      [path, '2', '10', '', '9000000'],
      `trap '' XFSZ; ulimit -f 3000;`,
    );

    expect(failure.message).toMatch(/^Build .* cannot be published: the disk is full/);
    expect(await figureIn(path)).toBe(1);
    expect(readdirSync(store.buildsFolder)).toHaveLength(3);
  });

  test('as a small file system of its own does the same, where one can be mounted', async () => {
    const disk = temporaryFolder();
    const mounted = isRoot && mount(disk);
    try {
      const path = join(disk, 'shop.duckdb');
      const store = new FileBuilds({ path });
      await publishFigure(store, 1);
      const failure = await failureOf(
        [path, '2', '400000'],
        mounted ? undefined : `trap '' XFSZ; ulimit -f 6000;`,
      );

      expect(failure.message).toMatch(/disk is full/);
      expect(await figureIn(path)).toBe(1);
      // There is room again for a build that fits.
      const id = await publishFigure(store, 3);
      expect(store.listBuilds().map((b) => b.id)[0]).toBe(id);
    } finally {
      if (mounted) execFileSync('umount', ['-l', disk]);
    }
  });
});

describe('A folder that can not be written', () => {
  test('is named before anything is built', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'shop.duckdb');
    chmodSync(folder, 0o555);
    const failure = await failureOf([path, '1', '1', ...(isRoot ? [String(NOBODY)] : [])]);
    chmodSync(folder, 0o755);

    expect(failure.code).toBe('publish');
    expect(failure.message).toContain('permission denied');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is named when the builds are there and the published file can not be replaced', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'shop.duckdb');
    mkdirSync(join(folder, 'shop.builds'));
    chmodSync(join(folder, 'shop.builds'), 0o777);
    chmodSync(folder, 0o555);
    const failure = await failureOf([path, '1', '1', ...(isRoot ? [String(NOBODY)] : [])]);
    chmodSync(folder, 0o755);

    expect(failure.code).toBe('publish');
    expect(failure.message).toContain(`Nothing can be published to ${path}: permission denied`);
    expect(new FileBuilds({ path }).showBuild('latest').record.state).toBe('unpublished');
  });
});
