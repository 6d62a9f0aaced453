import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDuckDB, type DuckDBEngine } from '../../src/engine/duckdb/index.js';
import type { Connection } from '../../src/engine/engine.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

let dir: string;
let engine: DuckDBEngine;
let connection: Connection;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'techstore-kept-'));
  engine = await openDuckDB({ path: join(dir, 'shop.duckdb'), catalog: 'shop', threads: 1 });
  connection = await engine.connect();
  await connection.run('CREATE TABLE orders AS SELECT range AS id FROM range(1, 11)');
  connection.keepStatements?.(3);
});
afterEach(async () => {
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

const below = 'SELECT count(*) FROM orders WHERE id < $1';
const heavy = 'SELECT count(*) FROM range(4000000000) a WHERE range % $1 = 3';

/** The same question, one after the other. */
async function countBelow(...limits: readonly number[]): Promise<unknown[]> {
  const answers = [];
  for (const limit of limits) answers.push((await connection.query(below, [limit])).rows[0]?.[0]);
  return answers;
}

describe('A statement that stays prepared', () => {
  test('answers each value that is bound to it', async () => {
    expect(await countBelow(3, 1, 11, 3)).toEqual(['2', '0', '10', '2']);
  });

  test('takes values of other types than the first', async () => {
    const sql = 'SELECT $1 AS value, typeof($1) AS type';
    const answers = [];
    for (const value of [1, 'one', 2 ** 40, null, true, 1.5, 2]) {
      answers.push((await connection.query(sql, [value])).rows[0]);
    }

    expect(answers).toEqual([
      [1, 'INTEGER'],
      ['one', 'VARCHAR'],
      ['1099511627776', 'BIGINT'],
      [null, '"NULL"'],
      [true, 'BOOLEAN'],
      [1.5, 'DOUBLE'],
      [2, 'INTEGER'],
    ]);
  });

  test('takes values by name', async () => {
    const sql = 'SELECT $first - $second AS difference';

    expect((await connection.query(sql, { first: 5, second: 3 })).rows).toEqual([[2]]);
    expect((await connection.query(sql, { second: 5, first: 3 })).rows).toEqual([[-2]]);
  });

  test('is not shared by questions that are asked at once', async () => {
    await countBelow(1);
    const answers = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((limit) => connection.query(below, [limit])),
    );

    expect(answers.map(({ rows }) => rows[0]?.[0])).toEqual(['0', '1', '2', '3', '4', '5']);
  });

  test('sees what became of its table', async () => {
    await countBelow(100);
    await connection.run('INSERT INTO orders VALUES (11)');
    const inserted = await countBelow(100);
    await connection.run('DROP TABLE orders; CREATE TABLE orders AS SELECT 1.5 AS id');
    const made = await countBelow(100);
    await connection.run('DROP TABLE orders');

    expect([...inserted, ...made]).toEqual(['11', '1']);
    await expect(connection.query(below, [100])).rejects.toMatchObject({ kind: 'catalog' });
  });

  test('is one of a bounded number, and what has to go is prepared again', async () => {
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < 10; i++) {
        const { rows } = await connection.query(`SELECT ${i} + $1`, [round]);
        expect(rows).toEqual([[i + round]]);
      }
    }
  });

  test('that failed does not fail again', async () => {
    const sql = 'SELECT CAST($1 AS INTEGER) AS i';
    await expect(connection.query(sql, ['one'])).rejects.toMatchObject({ kind: 'conversion' });

    expect((await connection.query(sql, ['1'])).rows).toEqual([[1]]);
  });

  test('refuses too few and too many values each time', async () => {
    await countBelow(1);
    await expect(connection.query(below, [])).rejects.toMatchObject({ kind: 'invalid-input' });
    await expect(connection.query(below, [1, 2])).rejects.toMatchObject({ kind: 'invalid-input' });

    expect(await countBelow(2)).toEqual(['1']);
  });

  test('can be interrupted, and asked again', async () => {
    const running = connection.query(heavy, [7]);
    setTimeout(() => connection.interrupt(), 30);
    await expect(running).rejects.toMatchObject({ code: 'interrupted' });

    const again = connection.query(heavy, [9]);
    setTimeout(() => connection.interrupt(), 30);
    await expect(again).rejects.toMatchObject({ code: 'interrupted' });
    expect(await countBelow(3)).toEqual(['2']);
  });

  test('may be the last of several', async () => {
    const sql = 'CREATE OR REPLACE TEMP TABLE t AS SELECT 5 AS i; SELECT i + $1 AS j FROM t';
    for (const more of [4, 6]) {
      expect((await connection.query(sql, [more])).rows).toEqual([[5 + more]]);
    }
  });

  test('lets go of the file with its connection', async () => {
    await countBelow(3);
    await engine.close();

    expect(await openElsewhere(join(dir, 'shop.duckdb'))).toBe('opened');
  });
});

/** What another process is told when it opens the file to write: "opened" or the driver's error. */
function openElsewhere(path: string): Promise<string> {
  const script = `require('@duckdb/node-api').DuckDBInstance.create(${JSON.stringify(path)})
    .then(() => 'opened', (error) => error.message).then((text) => process.stdout.write(text))`;
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ['-e', script], { cwd: root }, (error, out) => {
      if (error === null) resolve(out);
      else reject(new Error('The child failed.', { cause: error }));
    });
  });
}
