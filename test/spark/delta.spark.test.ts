/** What dbt's settings make of a Delta table, and that a contract holds on the server. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { catalog, standIn, type StandIn } from './support.js';
import { TinyShop } from './tiny-shop.js';

let place: StandIn;
let shop: TinyShop;
beforeAll(async () => {
  place = await standIn();
  shop = await TinyShop.make(place, 'delta');
  shop.delete('models/counted.sql');
  shop.write(
    'models/properties.yml',
    `sources:
  - name: raw
    schema: "{{ target.schema }}"
    tables: [{ name: places }]
models:
  - name: cities
    description: "All of the shop's cities"
    config:
      materialized: table
      contract: { enforced: true }
      partition_by: city
      persist_docs: { relation: true, columns: true }
      tblproperties: { delta.logRetentionDuration: interval 3 days }
    columns:
      - name: id
        data_type: bigint
        description: "Its 'id'"
        constraints:
          - { type: not_null }
          - { type: check, name: id_is_positive, expression: id > 0 }
      - { name: city, data_type: string }
  - name: clustered
    config: { materialized: table, liquid_clustered_by: [id], persist_docs: { columns: true } }
    columns: [{ name: id, description: of no contract }]
`,
  );
  shop.write('models/clustered.sql', "select id, city from {{ ref('cities') }}\n");
  const built = await shop.run('build');
  expect(built, built.stdout + built.stderr).toMatchObject({ code: 0 });
}, 300_000);
afterAll(async () => {
  shop.remove();
  await place.close();
});

async function described(table: string): Promise<string> {
  const [schema] = await shop.schemas();
  const rows = await shop.sql(`DESCRIBE TABLE EXTENDED ${catalog}.${schema}.${table}`);
  return rows.map((row) => (row as readonly string[]).join(' | ')).join('\n');
}

it('has format, partitions, properties and comments', async () => {
  const text = await described('cities');
  expect(text).toMatch(/^Provider \| delta/m);
  expect(text).toMatch(/^id \| bigint \| Its 'id'$/m);
  expect(text).toMatch(/^# Partition Information[^]*^city \| string/m);
  expect(text).toMatch(/^Comment \| All of the shop's cities/m);
  expect(text).toContain('delta.logRetentionDuration=interval 3 days');
  expect(text).toContain('delta.constraints.id_is_positive=id > 0');
});

it('is clustered, and its columns have comments without a contract too', async () => {
  const text = await described('clustered');
  expect(text).toMatch(/^id \| bigint \| of no contract$/m);
  expect(text).toMatch(/clusteringColumns=\[\["id"\]\]/);
});

it('gives its published view the comment of the model', async () => {
  const rows = await shop.sql(`DESCRIBE TABLE EXTENDED ${shop.name('cities')}`);
  expect(rows.map((row) => (row as readonly string[]).join(' | ')).join('\n')).toContain(
    "Comment | All of the shop's cities",
  );
});

it.each([
  ['a CHECK', "(-1, 'nowhere')", 'id_is_positive'],
  ['NOT NULL', "(NULL, 'nowhere')", 'id'],
])('refuses rows against %s, and nothing is published', async (_, row, says) => {
  await shop.sql(`INSERT INTO ${shop.name('places')} VALUES ${row}`);
  const ran = await shop.run('build');
  await shop.sql(`DELETE FROM ${shop.name('places')} WHERE city = 'nowhere'`);
  expect(ran.code).toBe(1);
  expect(ran.stdout + ran.stderr).toContain(says);
  expect(await shop.states()).toEqual(['published', 'failed']);
});
