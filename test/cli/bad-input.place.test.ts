/** Where a build cannot be written: a foreign file at its path, a full disk, a folder without rights. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bareEnvironment, program, type Finished, type Shop } from '../helpers/shop.js';
import { buildFiles, built, copyOf, refused, smallShop, succeeds } from './support.js';

let published: Shop;
let shop: Shop;
beforeAll(() => {
  published = built();
});
afterAll(() => published.remove());
beforeEach(() => {
  shop = copyOf(published);
});
afterEach(() => shop.remove());

/** DuckDB's checksum of a block: 8 bytes at a time. */
function checksum(bytes: Buffer): bigint {
  let result = 5381n;
  for (let i = 0; i < bytes.length; i += 8) {
    result ^= (bytes.readBigUInt64LE(i) * 0xbf58476d1ce4e5b9n) & 0xffffffffffffffffn;
  }
  return result;
}

/** What lies at the path is a file of its own, with no build beside it. */
function putAtPath(bytes: Buffer | string): void {
  rmSync(shop.path('techstore.builds'), { recursive: true });
  rmSync(shop.path('techstore.duckdb'));
  shop.write('techstore.duckdb', bytes);
}

function refusesAtPath(args: readonly string[], says: readonly (string | RegExp)[]): void {
  const before = shop.publishedHash();
  refused(shop.run(...args), { code: 2, says });
  expect(shop.publishedHash()).toBe(before);
}

describe('The published path', () => {
  test.each([
    ['text', 'id,name\n'.repeat(3000)],
    ['an empty file', ''],
  ])('that is %s is left as it is', (_name, bytes) => {
    putAtPath(bytes);
    const says = [shop.path('techstore.duckdb'), /is not a DuckDB database/, /What to do: .*path/];
    refusesAtPath(['build'], says);
    refusesAtPath(['query', 'select 1'], says);
  });

  test('that is a folder is left as it is', () => {
    rmSync(shop.path('techstore.builds'), { recursive: true });
    rmSync(shop.path('techstore.duckdb'));
    mkdirSync(shop.path('techstore.duckdb'));
    refused(shop.run('build'), { code: 2, says: ['techstore.duckdb', /folder/] });
  });

  test('that a newer DuckDB wrote can not be read, and no build takes the place of what is in it', () => {
    const bytes = readFileSync(shop.path('techstore.duckdb'));
    bytes.writeBigUInt64LE(999n, 12);
    bytes.writeBigUInt64LE(checksum(bytes.subarray(8, 4096)), 0);
    putAtPath(bytes);
    refusesAtPath(
      ['query', 'select 1'],
      [shop.path('techstore.duckdb'), 'written by a newer DuckDB', /What to do: /],
    );
    refusesAtPath(['build'], [shop.path('techstore.duckdb'), 'written by a newer DuckDB']);
    expect(readFileSync(shop.path('techstore.duckdb')).equals(bytes)).toBe(true);
  });

  test('that has an unknown folder above it is named', () => {
    shop.edit('profiles.yml', 'path: techstore.duckdb', 'path: /proc/nowhere/techstore.duckdb');
    refused(shop.run('build'), { code: 2, says: ['/proc/nowhere', /What to do: /] });
  });
});

const big = `{{ config(materialized='table') }}
select range as id, md5(range::varchar) as text from range(200000)
`;

/** A limit on the size of files hits wherever DuckDB writes, and needs no rights. */
function runOnSmallDisk(kib: number, ...args: string[]): Finished {
  const done = spawnSync(
    'bash',
    ['-c', `trap '' XFSZ; ulimit -f ${kib}; exec "$0" "$@"`, process.execPath, program, ...args],
    { cwd: shop.dir, encoding: 'utf8', env: bareEnvironment() },
  );
  return {
    code: done.status,
    stdout: done.stdout,
    stderr: done.stderr,
    all: done.stdout + done.stderr,
  };
}

describe('A disk that is full', () => {
  test.each([
    ['while a table is made', 3000],
    ['before the first table', 8],
  ])('%s fails the build, removes it, and leaves what is published', (_when, kib) => {
    shop.write('models/apart.sql', big);
    const before = shop.publishedHash();
    const files = buildFiles(shop);
    refused(runOnSmallDisk(kib, 'build'), { code: 2, says: [/disk is full/, /What to do: /] });
    expect(shop.publishedHash()).toBe(before);
    expect(buildFiles(shop)).toEqual(files);
    succeeds(shop.run('build'));
  });
});

const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;

/** Root may write anywhere: then the program runs as a user who may not. */
function runWithoutRights(...args: string[]): Finished {
  const done = spawnSync(process.execPath, [program, ...args], {
    cwd: shop.dir,
    encoding: 'utf8',
    env: bareEnvironment(),
    ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
  });
  return {
    code: done.status,
    stdout: done.stdout,
    stderr: done.stderr,
    all: done.stdout + done.stderr,
  };
}

describe('A folder that can not be written', () => {
  afterEach(() => {
    chmodSync(shop.dir, 0o755);
    chmodSync(shop.path('techstore.builds'), 0o755);
  });

  test('stops a build before anything runs; reading goes on', () => {
    shop.write('models/apart.sql', 'select 43 as answer');
    chmodSync(shop.path('techstore.builds'), 0o555);
    chmodSync(shop.dir, 0o555);
    const before = shop.publishedHash();
    const files = buildFiles(shop);
    refused(runWithoutRights('build'), {
      code: 2,
      says: [/permission to write is missing/i, 'techstore.builds', /What to do: /],
    });
    expect(shop.publishedHash()).toBe(before);
    expect(buildFiles(shop)).toEqual(files);
    expect(succeeds(runWithoutRights('query', 'from apart', '--csv')).stdout).toMatch(/42/);
  });

  test('is told by debug', () => {
    chmodSync(shop.dir, 0o555);
    const done = runWithoutRights('debug');
    expect(done.code, done.all).toBe(2);
    expect(done.stdout).toMatch(/FAIL rights/);
  });

  test('for its target folder alone is named, and nothing is published', () => {
    shop.write('models/apart.sql', 'select 43 as answer');
    rmSync(shop.path('target'), { recursive: true, force: true });
    writeFileSync(shop.path('target'), 'a file where the folder should be');
    const before = shop.publishedHash();
    refused(shop.run('build'), { code: 2, says: ['target', /What to do: /] });
    expect(shop.publishedHash()).toBe(before);
  });
});

test('A file where the folder of builds should be is named', () => {
  const fresh = smallShop();
  fresh.write('techstore.builds', 'mine');
  refused(fresh.run('build'), { code: 2, says: ['techstore.builds', /What to do: /] });
  expect(fresh.read('techstore.builds')).toBe('mine');
  expect(fresh.publishedHash()).toBeNull();
  fresh.remove();
});
