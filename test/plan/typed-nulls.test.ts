/** Models bound by a database itself, over common table expressions in place of tables that it does not have. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Compiled } from '../../src/dbt/compile.js';
import { DatabaseError } from '../../src/engine/database-error.js';
import { openDuckDB, type DuckDBEngine } from '../../src/engine/duckdb/index.js';
import type { Manifest, ModelNode } from '../../src/manifest/nodes.js';
import { NotBindable } from '../../src/plan/binding-database.js';
import { TypedNulls } from '../../src/plan/typed-nulls.js';

let engine: DuckDBEngine;
let nulls: TypedNulls;

/** Only what is asked of nodes here. */
const node = (name: string, reads: readonly string[] = []): ModelNode =>
  ({
    uniqueId: name,
    resourceType: 'model',
    database: 'shop',
    schema: 'main',
    alias: name,
    config: { materialized: name.startsWith('eph') ? 'ephemeral' : 'table' },
    dependsOn: { nodes: reads, macros: [] },
  }) as unknown as ModelNode;

const orders = node('orders');
const ephemeral = node('eph', ['orders']);
const reader = node('reader', ['orders']);

beforeEach(async () => {
  engine = await openDuckDB({ path: null, catalog: 'shop' });
  const nodes = [orders, ephemeral, reader].map((one) => [one.uniqueId, one] as const);
  const manifest = { nodes: new Map(nodes) } as unknown as Manifest;
  nulls = new TypedNulls(engine, manifest, { threads: 2 });
  await nulls.make(orders, [
    { name: 'id', type: 'BIGINT' },
    { name: 'amount', type: 'DECIMAL(18,2)' },
  ]);
});
afterEach(async () => {
  await nulls.release();
  await engine.close();
});

const columns = async (sql: string, model = reader): Promise<string> => {
  const found = await nulls.columnsOf(model, { sql } as unknown as Compiled);
  return found.map(({ name, type }) => `${name} ${type}`).join(', ');
};

it('A table that is not there has its columns, by its name and by its whole name', async () => {
  expect(await columns('select orders.id, amount from "shop"."main"."orders"')).toBe(
    'id BIGINT, amount DECIMAL(18,2)',
  );
  expect(await columns('select "shop"."main"."orders".id from "shop"."main"."orders";\n')).toBe(
    'id BIGINT',
  );
});

it('A name that the query gives to something of its own does not hide it', async () => {
  const sql = `with a as (select 1 as one), orders as (select one from a), b as (select id from "shop"."main"."orders")
select b.id, orders.one from b cross join orders`;
  expect(await columns(sql)).toBe('id BIGINT, one INTEGER');
});

it('It is read through ephemeral models too', async () => {
  const sql =
    'with __dbt__cte__eph as (select id from "shop"."main"."orders") select * from __dbt__cte__eph';
  expect(await columns(sql, node('far', ['eph']))).toBe('id BIGINT');
});

it('An error has its place in the SQL of the model', async () => {
  const wrong = columns('select id,\n  nope\nfrom "shop"."main"."orders"');
  await expect(wrong).rejects.toMatchObject({ kind: 'binder', sqlLine: 2, sqlColumn: 3 });
  // What stands behind the name on its line keeps its column.
  const behind = columns('select id from "shop"."main"."orders" where nope');
  await expect(behind).rejects.toMatchObject({ sqlLine: 1, sqlColumn: 45 });
});

it('Two columns of one name are an error', async () => {
  const twice = columns('select 1 as id, 2 as ID');
  await expect(twice).rejects.toThrow("The query gives two columns with the name 'ID'");
});

it('Nothing is said of SQL that names the table in its own way', async () => {
  await expect(columns('select id from "main"."orders"')).rejects.toBeInstanceOf(NotBindable);
  // Not read at all.
  expect(await columns('select 1 as one')).toBe('one INTEGER');
});

it('A type that is not spelled out makes no table', async () => {
  for (const type of ['STRUCT<a:INT,... 2 more fields>', 'STRUCT<a b:INT>', '']) {
    await expect(nulls.make(orders, [{ name: 's', type }])).rejects.toBeInstanceOf(DatabaseError);
  }
});
