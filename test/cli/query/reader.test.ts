/** A connection for SQL that somebody else wrote: what it may do, and that nothing else happens. */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDuckDB, type DuckDBEngine } from '../../../src/engine/duckdb/index.js';

const folder = mkdtempSync(join(tmpdir(), 'techstore-reader-'));
const path = join(folder, 'shop.duckdb');
const outside = join(folder, 'outside.csv');
let engine: DuckDBEngine;
let files: readonly string[];

beforeAll(async () => {
  const writer = await openDuckDB({ path });
  const connection = await writer.connect();
  await connection.run("CREATE TABLE t AS SELECT 1 AS id, 'Ada' AS name");
  await writer.close();
  writeFileSync(outside, 'secret\nroot:x\n');
  engine = await openDuckDB({ path, readOnly: true });
  files = readdirSync(folder);
});

afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

async function ask(sql: string): Promise<readonly (readonly unknown[])[]> {
  const reader = await engine.connectReader('main');
  try {
    return (await reader.query(sql)).rows;
  } finally {
    await reader.release();
  }
}

describe('A reader answers', () => {
  test.each([
    ['select name from t', 'Ada'],
    ['from t select name', 'Ada'],
    ["with x as (select 'Ada') from x", 'Ada'],
    ["values ('Ada')", 'Ada'],
    ['show tables', 't'],
    ['describe t', 'id'],
    ['select name from t;', 'Ada'],
    ["select name /* ; drop table t */ from t -- ; 'x", 'Ada'],
    ["select 'a;b'", 'a;b'],
    ['pivot t on name using sum(id)', '1'],
    ['explain select 1', 'physical_plan'],
    ["select 'enable_logging()'", 'enable_logging()'],
    ['select name as enable_logging from t', 'Ada'],
    ["from query_table('t')", '1'],
    ['explain analyze select 1', 'analyzed_plan'],
  ])('%s', async (sql, first) => {
    expect(String((await ask(sql))[0]?.[0])).toBe(first);
  });
});

describe('A reader refuses', () => {
  test.each([
    'create table mine as select 1',
    'create temp table mine as select 1',
    'create or replace temp view v as select 1',
    'create temp macro m() as 1',
    'create table memory.main.mine as select 1',
    "insert into t values (2, 'Eve')",
    'update t set id = 2',
    'delete from t',
    'drop table t',
    'alter table t rename to u',
    "comment on table t is 'x'",
    'truncate t',
    'set threads = 1',
    'set variable x = 1',
    'reset threads',
    'set lock_configuration = false',
    'use memory',
    "attach ':memory:' as other",
    'detach shop',
    'load json',
    'install httpfs',
    "pragma enable_profiling = 'json'",
    "pragma memory_limit = '1GB'",
    'call enable_logging()',
    'checkpoint',
    'vacuum',
    'begin',
    'commit',
    'rollback',
    'prepare p as select 1',
    'create secret s (type http)',
    'select 1; select 2',
    'commit; create temp table mine as select 1',
    'select 1; drop table t',
    'pivot t on name using sum(id); drop table t',
    'explain analyze create table mine as select 1',
    'explain analyze insert into t select * from t',
  ])('to write or to set: %s', async (sql) => {
    await expect(ask(sql)).rejects.toMatchObject({ code: 'database', exitCode: 2 });
  });

  test.each([
    `select * from read_csv('${outside}')`,
    `from '${outside}'`,
    `from read_text('${outside}')`,
    `from read_blob('${outside}')`,
    `from sniff_csv('${outside}')`,
    `from glob('${folder}/*')`,
    `from query('select * from read_csv(''${outside}'')')`,
    `copy t to '${join(folder, 'stolen.csv')}'`,
    `copy t from '${outside}'`,
    `explain analyze copy t to '${join(folder, 'stolen.csv')}'`,
    `export database '${join(folder, 'stolen')}'`,
    `attach '${join(folder, 'new.duckdb')}' as other`,
    `attach '${outside}' as other (read_only)`,
  ])('other files: %s', async (sql) => {
    await expect(ask(sql)).rejects.toMatchObject({ code: 'database', exitCode: 2 });
    expect(readdirSync(folder)).toEqual(files);
  });

  test.each([
    "from enable_logging('QueryLog')",
    'from enable_logging()',
    'from disable_logging()',
    'select * from enable_profiling()',
    'select * from system.main.disable_profiling()',
    'from "enable_logging"()',
    'from ENABLE_LOGGING ()',
    'from enable_logging/* */()',
    'with x as (from enable_logging()) select 1',
    'select (select count(*) from truncate_duckdb_logs())',
    'select id from t where id in (select 1 from checkpoint())',
    'from force_checkpoint()',
    'from enable_peg_parser()',
    "select write_log('x')",
    "values (write_log('x'))",
    'describe select * from enable_logging()',
    'summarize from enable_logging()',
    'explain analyze from enable_logging()',
    'explain analyze select * from enable_logging -- what\n ()',
    'pivot (from enable_logging()) on name using sum(id)',
    "from query('from enable_logging()')",
    "from query('from en' || 'able_logging()')",
    "from json_execute_serialized_sql(json_serialize_sql('from t'))",
    'select 1 union all from enable_logging()',
  ])('a call that changes how the database works: %s', async (sql) => {
    await expect(ask(sql)).rejects.toMatchObject({ code: 'database', kind: 'permission' });
  });

  test('every function of the database that changes something', async () => {
    const rows = await ask(
      "select distinct function_name from duckdb_functions() where function_type = 'table' order by 1",
    );
    const names = rows.map(([name]) => String(name));
    expect(names.length).toBeGreaterThan(80);
    const refused: string[] = [];
    for (const name of names) {
      const said = await ask(`from ${name}()`).then(() => '', String);
      if (said.includes('Only queries can run here')) refused.push(name);
    }
    // By hand from the list of DuckDB 1.5.6: all others read.
    expect(refused).toEqual([
      'check_peg_parser',
      'checkpoint',
      'disable_logging',
      'disable_peg_parser',
      'disable_profiling',
      'enable_logging',
      'enable_peg_parser',
      'enable_profiling',
      'force_checkpoint',
      'json_execute_serialized_sql',
      'query',
      'truncate_duckdb_logs',
    ]);
  });

  test('and after all of that, the table is what it was', async () => {
    expect(await ask('from t')).toEqual([[1, 'Ada']]);
    expect(existsSync(`${path}.wal`)).toBe(false);
  });
});

describe('The parameters of a statement', () => {
  test('have the names that the SQL writes', async () => {
    const reader = await engine.connectReader('main');
    expect(await reader.parameterNames("select $city, $Min, '$no' -- $neither")).toEqual([
      'city',
      'Min',
    ]);
    expect(await reader.parameterNames('select ?, ?')).toEqual(['1', '2']);
    expect(await reader.parameterNames('select 1')).toEqual([]);
    await reader.release();
  });
});
