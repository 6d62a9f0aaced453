import { execFile } from 'node:child_process';
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { isOpenHere, openDuckDB } from '../../src/engine/duckdb/index.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
// Children take their time to start on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'engine-'));
  path = join(folder, 'shop.duckdb');
});

async function make(at = path): Promise<void> {
  const engine = await openDuckDB({ path: at, catalog: 'shop' });
  const connection = await engine.connect();
  await connection.run('CREATE TABLE t AS SELECT 1 AS i');
  await engine.close();
}

/** What another process is told when it opens the file: "opened" or the driver's error. */
function openElsewhere(mode: 'READ_ONLY' | 'READ_WRITE'): Promise<string> {
  const script = `
    const { DuckDBInstance } = require('@duckdb/node-api');
    DuckDBInstance.create(${JSON.stringify(path)}, { access_mode: '${mode}' })
      .then(() => console.log('opened'), (e) => console.log(e.message));`;
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ['-e', script], { cwd: root }, (error, out) => {
      if (error === null) resolve(out.trim());
      else reject(new Error('The child failed.', { cause: error }));
    });
  });
}

describe('An open database', () => {
  test('is called by its catalog, whatever its file is called', async () => {
    const engine = await openDuckDB({
      path: join(folder, '20261125T021539Z-3f9a.duckdb'),
      catalog: 'techstore',
    });
    const connection = await engine.connect();
    await connection.run('CREATE SCHEMA gold; CREATE VIEW techstore.gold.v AS SELECT 1 AS one');

    expect(engine.database).toBe('techstore');
    expect((await connection.query('SELECT current_database(), one FROM gold.v')).rows).toEqual([
      ['techstore', 1],
    ]);
    await engine.close();
  });

  test('is called like its file when no name is given', async () => {
    const engine = await openDuckDB({ path });
    expect(engine.database).toBe('shop');
    await engine.close();
  });

  test('may be called memory, which is DuckDB’s own name for one without a file', async () => {
    await make(join(folder, 'memory.duckdb'));
    const engine = await openDuckDB({ path: join(folder, 'memory.duckdb') });
    const connection = await engine.connect();
    expect((await connection.query('FROM memory.main.t')).rows).toEqual([[1]]);
    await engine.close();
  });

  test('can not have a name that DuckDB keeps for itself', async () => {
    await expect(
      openDuckDB({ path: join(folder, 'temp.duckdb'), catalog: 'temp' }),
    ).rejects.toMatchObject({
      code: 'database',
      message: expect.stringContaining(
        '"temp" cannot be used because it is a reserved name',
      ) as string,
    });
  });

  test('works in UTC, fetches nothing, and has the settings that were asked for', async () => {
    const engine = await openDuckDB({
      path,
      threads: 3,
      memoryLimit: '512MB',
      settings: { default_null_order: 'nulls_last', preserve_insertion_order: false },
    });
    const connection = await engine.connect();
    const { rows } = await connection.query(`
      SELECT current_setting('TimeZone'), current_setting('autoinstall_known_extensions'),
        current_setting('autoload_known_extensions'), current_setting('allow_community_extensions'),
        current_setting('threads'), current_setting('memory_limit'), current_setting('temp_directory'),
        current_setting('default_null_order'), current_setting('preserve_insertion_order')`);
    await engine.close();

    expect(rows).toEqual([
      ['UTC', false, false, false, '3', '488.2 MiB', `${path}.tmp`, 'NULLS_LAST', false],
    ]);
  });

  test('refuses a setting that does not exist', async () => {
    await expect(
      openDuckDB({ path, settings: { 'speed" = 1; --': 'high' } }),
    ).rejects.toMatchObject({
      code: 'profile',
      message: expect.stringContaining('unrecognized configuration parameter') as string,
    });
    expect(isOpenHere(path)).toBe(false);
  });

  test('is one file without a log after it was closed', async () => {
    await make();
    expect(readdirSync(folder)).toEqual(['shop.duckdb']);
  });

  test('can be closed twice, and used by nobody after', async () => {
    const engine = await openDuckDB({ path });
    const connection = await engine.connect();
    await engine.close();
    await engine.close();
    await connection.release();

    await expect(connection.query('SELECT 1')).rejects.toMatchObject({ code: 'interrupted' });
  });

  test('can be read only: reading works, writing does not', async () => {
    await make();
    const engine = await openDuckDB({ path, readOnly: true });
    const connection = await engine.connect();

    expect((await connection.query('FROM t')).rows).toEqual([[1]]);
    await expect(connection.run('DROP TABLE t')).rejects.toMatchObject({ code: 'database' });
    await engine.close();
  });

  test('in memory needs no file and can have any name', async () => {
    const one = await openDuckDB({ path: null, catalog: 'shop' });
    const two = await openDuckDB({ path: null, catalog: 'shop' });
    await (await one.connect()).run('CREATE TABLE shop.main.t AS SELECT 1 AS i');

    expect(await (await two.connect()).listRelations({ database: 'shop', schema: 'main' })).toEqual(
      [],
    );
    await one.close();
    await two.close();
  });
});

describe('One file', () => {
  test('is opened once in a process: the same options share it until the last is closed', async () => {
    const one = await openDuckDB({ path });
    const two = await openDuckDB({ path });
    await (await one.connect()).run('CREATE TABLE t AS SELECT 1 AS i');
    await one.close();

    expect((await (await two.connect()).query('FROM t')).rows).toEqual([[1]]);
    expect(await openElsewhere('READ_ONLY')).toContain('Could not set lock');
    await two.close();
    expect(await openElsewhere('READ_WRITE')).toBe('opened');
  });

  test('is known by any of its names', async () => {
    await make();
    linkSync(path, join(folder, 'hard.duckdb'));
    symlinkSync(path, join(folder, 'soft.duckdb'));
    mkdirSync(join(folder, 'sub'));
    const engine = await openDuckDB({ path });

    for (const name of ['hard.duckdb', 'soft.duckdb', 'sub/../shop.duckdb']) {
      expect(isOpenHere(join(folder, name))).toBe(true);
      await expect(openDuckDB({ path: join(folder, name), readOnly: true })).rejects.toMatchObject({
        code: 'lock',
        pid: process.pid,
      });
      await expect(
        engine.attach({ path: join(folder, name), catalog: 'other', readOnly: true }),
      ).rejects.toMatchObject({ code: 'lock' });
    }
    // None of that dropped the lock of this process.
    expect(await openElsewhere('READ_WRITE')).toContain(`(PID ${process.pid})`);
    await engine.close();
  });

  test('that another process writes to is in use, and the process is named', async () => {
    const script = `
      require('@duckdb/node-api').DuckDBInstance.create(${JSON.stringify(path)}).then(() => {
        console.log('open'); setInterval(() => {}, 1000); });`;
    const child = execFile(process.execPath, ['-e', script], { cwd: root });
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    const error: unknown = await openDuckDB({ path, readOnly: true }).catch((e: unknown) => e);
    child.kill();

    expect(error).toMatchObject({ code: 'lock', exitCode: 2, pid: child.pid, path });
    expect((error as Error).message).toMatch(
      /shop\.duckdb is in use by .*node.* \(process \d+\)\.$/,
    );
  });

  test('can be read by several processes', async () => {
    await make();
    const engine = await openDuckDB({ path, readOnly: true });

    expect(await openElsewhere('READ_ONLY')).toBe('opened');
    await engine.close();
  });

  test('can be attached to another database and detached', async () => {
    const other = join(folder, 'other.duckdb');
    await make(other);
    const engine = await openDuckDB({ path });
    const connection = await engine.connect();
    await engine.attach({ path: other, catalog: 'last', readOnly: true });
    await connection.run('CREATE TABLE copy AS FROM last.main.t');
    await engine.detach('last');

    expect(isOpenHere(other)).toBe(false);
    expect((await connection.query('FROM copy')).rows).toEqual([[1]]);
    await engine.close();
  });
});

describe('A file that can not be opened says why:', () => {
  test('text', async () => {
    writeFileSync(path, 'id,name\n'.repeat(3000));
    await expect(openDuckDB({ path })).rejects.toMatchObject({
      code: 'database',
      kind: 'not-a-database',
      message: `${path} is not a DuckDB database file.`,
    });
  });

  test('missing, when it is only to be read', async () => {
    await expect(openDuckDB({ path, readOnly: true })).rejects.toMatchObject({
      kind: 'io',
      message: `There is no database file ${path}.`,
      hint: 'Run `techstore build` first.',
    });
    expect(existsSync(path)).toBe(false);
  });

  test('in a folder that does not exist, or a folder itself', async () => {
    await expect(openDuckDB({ path: join(folder, 'no', 'shop.duckdb') })).rejects.toMatchObject({
      kind: 'io',
    });
    await expect(openDuckDB({ path: folder, catalog: 'shop' })).rejects.toMatchObject({
      kind: 'not-a-database',
      message: expect.stringContaining('is a folder') as string,
    });
  });

  test('damaged', async () => {
    await make();
    const bytes = readFileSync(path);
    bytes.fill(0xff, 4096, 12288);
    writeFileSync(path, bytes);
    await expect(openDuckDB({ path })).rejects.toMatchObject({ kind: 'corrupt' });
  });

  test('written by a newer DuckDB', async () => {
    await make();
    const bytes = readFileSync(path);
    bytes.writeBigUInt64LE(999n, 12);
    bytes.writeBigUInt64LE(checksum(bytes.subarray(8, 4096)), 0);
    writeFileSync(path, bytes);
    await expect(openDuckDB({ path })).rejects.toMatchObject({
      kind: 'newer-storage',
      message: expect.stringContaining('was written by a newer DuckDB') as string,
    });
  });
});

/** DuckDB's checksum of a block: 8 bytes at a time. */
function checksum(bytes: Buffer): bigint {
  let result = 5381n;
  for (let i = 0; i < bytes.length; i += 8) {
    result ^= (bytes.readBigUInt64LE(i) * 0xbf58476d1ce4e5b9n) & 0xffffffffffffffffn;
  }
  return result;
}
