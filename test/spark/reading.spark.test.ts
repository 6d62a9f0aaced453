/** What reads the tables of a build: every kind of value, to the last digit, and nothing that writes. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDuckDB } from '../../src/engine/duckdb/index.js';
import { standIn, type StandIn } from './support.js';
import type { Ran } from './shop.js';
import { TinyShop } from './tiny-shop.js';

let place: StandIn;
let shop: TinyShop;
let folder: string;

beforeAll(async () => {
  place = await standIn();
  shop = await TinyShop.make(place, 'reading');
  shop.write(
    'models/kinds.sql',
    `{{ config(materialized='table') }}
select 9007199254740993 as big, cast(-0.10 as decimal(38, 2)) as money, 'Zoë "Q" 🎉' as name,
  date '2024-02-29' as day, timestamp '2024-02-29 23:59:59.123456' as moment, true as yes,
  cast(0.1 as double) as inexact, array(1, null, 3) as list, cast(null as string) as nothing
`,
  );
  folder = mkdtempSync(join(tmpdir(), 'techstore-reading-'));
  const built = await shop.run('build');
  expect(built, built.stdout + built.stderr).toMatchObject({ code: 0 });
}, 300_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  shop.remove();
  await place.close();
});

const exact = {
  big: '9007199254740993',
  money: '-0.10',
  name: 'Zoë "Q" 🎉',
  day: '2024-02-29',
  moment: '2024-02-29 23:59:59.123456',
  yes: true,
  inexact: 0.1,
  list: [1, null, 3],
  nothing: null,
};

async function exported(format: string): Promise<string> {
  const ran = await shop.run('export', 'kinds', '--to', folder, '--as', format, '--force');
  expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 });
  return join(folder, `kinds.${format}`);
}

describe('export', () => {
  it('writes Parquet with the types of DuckDB', async () => {
    const file = await exported('parquet');
    const engine = await openDuckDB({ path: null });
    const connection = await engine.connect();
    const { columns, rows } = await connection.query(`SELECT * FROM '${file}'`);
    await engine.close();
    expect(columns.map(({ name, type }) => [name, type])).toEqual([
      ['big', 'BIGINT'],
      ['money', 'DECIMAL(38,2)'],
      ['name', 'VARCHAR'],
      ['day', 'DATE'],
      ['moment', 'TIMESTAMP'],
      ['yes', 'BOOLEAN'],
      ['inexact', 'DOUBLE'],
      ['list', 'JSON'],
      ['nothing', 'VARCHAR'],
    ]);
    expect(rows).toEqual([Object.values({ ...exact, list: '[1,null,3]' })]);
  });

  it('writes CSV', async () => {
    expect(readFileSync(await exported('csv'), 'utf8')).toBe(
      'big,money,name,day,moment,yes,inexact,list,nothing\r\n' +
        '9007199254740993,-0.10,"Zoë ""Q"" 🎉",2024-02-29,2024-02-29 23:59:59.123456,true,0.1,"[1,null,3]",\r\n',
    );
  });

  it('writes NDJSON, with whole numbers past 2^53 as texts', async () => {
    expect(JSON.parse(readFileSync(await exported('ndjson'), 'utf8'))).toEqual({
      ...exact,
      money: -0.1,
      moment: '2024-02-29T23:59:59.123456',
    });
  });

  it('leaves nothing behind when it fails', async () => {
    place.gateway.faults.add({
      fault: { kind: 'statement-fails', message: '[OUT_OF_MEMORY] no' },
      sql: /kinds/,
    });
    const to = join(folder, 'failed');
    const ran = await shop.run('export', 'kinds', '--to', to);
    place.gateway.faults.clear();
    expect(ran.code).toBe(2);
    expect(ran.stderr).not.toMatch(/^\s+at /m);
    expect(existsSync(to) ? readdirSync(to) : []).toEqual([]);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('techstore-export-'))).toEqual(
      [],
    );
  });
});

describe('query', () => {
  const query = (...args: readonly string[]): Promise<Ran> => shop.run('query', ...args);

  it('binds parameters by name and by position', async () => {
    const injected = "x'; DROP TABLE cities; --";
    place.gateway.recording.clear();
    const ran = await query(
      ...['select $name as name, upper($name) as upper', '--param', `name=${injected}`, '--json'],
    );
    expect(JSON.parse(ran.stdout)).toEqual([{ name: injected, upper: injected.toUpperCase() }]);
    expect(place.gateway.recording.sent(/DROP TABLE/)).toBe(0);
    const by = await query('select ? as a, ? as b', '--param', '1=x', '--param', '2=y', '--json');
    expect(JSON.parse(by.stdout)).toEqual([{ a: 'x', b: 'y' }]);
  });

  it.each([
    ["insert into cities values (1, 'x')", 'this is an INSERT'],
    ['drop table cities', 'this is a DROP'],
    ['select 1; drop table cities', 'has 2 statements'],
    ['set spark.sql.ansi.enabled = false', 'this is a SET'],
  ])('does not send %j', async (sql, says) => {
    place.gateway.recording.clear();
    const ran = await query(sql);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(says);
    expect(place.gateway.recording.sent(/insert|drop|set /i)).toBe(0);
  });

  it('shows where the SQL is wrong, and which table was meant', async () => {
    const wrong = await query('select\n  1 +\nfrom cities');
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toMatch(/in the SQL:3/);
    const missing = await query('select * from citys');
    expect(missing.stderr).toContain("Did you mean 'cities'?");
  });

  it('keeps the lines of a plan', async () => {
    const ran = await query('explain select count(*) from cities');
    expect(ran.stdout).toMatch(/^== Physical Plan ==$/m);
  });
});

describe('templates', () => {
  it('ask the published build, and can not write', async () => {
    const ran = await shop.run(
      ...[
        'show',
        '--inline',
        "select {{ run_query('select max(id) from ' ~ ref('cities')).columns[0].values()[0] }} as m",
      ],
      '--json',
    );
    expect(JSON.parse(ran.stdout)).toEqual([{ m: 2 }]);
    const writes = await shop.run(
      ...['compile', '--inline', "{{ run_query('drop table ' ~ ref('cities')) }}"],
    );
    expect(writes.code).toBe(2);
    expect(writes.stderr).toContain('Only queries can run here');
    expect(await shop.published()).toEqual([2, 2]);
  });
});
