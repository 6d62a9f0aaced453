import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDuckDB } from '../../src/engine/duckdb/index.js';
import type { Connection } from '../../src/engine/engine.js';
import { program, sparkShop, type Ran, type SparkShop } from './shop.js';
import { statementsOfNodes } from './statements-of-nodes.js';
import { catalog, standIn, type StandIn } from './support.js';
import { comparedColumns, differences, models, rowsOf } from './tables.js';

const schema = 'shop_of_builds';
const asOf = '2025-06-30';

let place: StandIn;
let shop: SparkShop;
let spark: Connection;
let built: Ran;
let sent: string;
let count: number;
let recordedErrors: readonly string[];

beforeAll(async () => {
  place = await standIn();
  shop = sparkShop(place, schema);
  const seeded = await shop.run('seed');
  expect(seeded, seeded.stdout).toMatchObject({ code: 0 });
  const { recording } = place.gateway;
  recording.clear();
  built = await shop.run('build', '--as-of', asOf);
  sent = statementsOfNodes(recording.statements);
  count = recording.statements.length;
  recordedErrors = [...recording.errors];
  spark = await (await place.open()).connect();
}, 900_000);
afterAll(async () => {
  shop.remove();
  await place.close();
});

describe('a build of the project on Spark', () => {
  it('runs every model and every test, and none fails', () => {
    expect(built, built.stdout).toMatchObject({ code: 0 });
    expect(recordedErrors).toEqual([]);
    const bad = resultsOf(shop).filter(({ status }) =>
      ['error', 'fail', 'skipped'].includes(status),
    );
    expect(bad).toEqual([]);
  });

  it('publishes every table as a view on the table of the build', async () => {
    const { rows } = await spark.query(`SHOW VIEWS IN ${catalog}.${schema}`);
    expect(rows.map((row) => row[1]).sort()).toEqual([...models].sort());
  });

  it('sends at most three statements a model, one a test and ten', () => {
    const results = resultsOf(shop);
    const ofModels = results.filter(({ unique_id: id }) => id.startsWith('model.')).length;
    const ofTests = results.filter(({ unique_id: id }) => id.startsWith('test.')).length;
    expect(ofModels).toBe(models.length);
    expect(count).toBeLessThanOrEqual(3 * ofModels + ofTests + 10);
  });

  it('sends these statements for each node', async () => {
    await expect(sent).toMatchFileSnapshot('build-statements.txt');
  });

  it('makes the same rows as on DuckDB, in every table', async () => {
    const here = await program(shop.dir, [
      'build',
      '--select',
      'resource_type:model',
      'resource_type:seed',
      '--as-of',
      asOf,
    ]);
    expect(here, here.stdout).toMatchObject({ code: 0 });
    const engine = await openDuckDB({ path: join(shop.dir, 'techstore.duckdb'), readOnly: true });
    const duck = await engine.connect();
    const faults: string[] = [];
    for (const model of models) {
      const relation = {
        database: engine.database,
        schema: await schemaOf(duck, model),
        identifier: model,
      };
      const all = (await duck.columnsOf(relation)).map((column) => column.name);
      const columns = comparedColumns(all);
      const ours = await rowsOf(
        duck,
        engine.dialect.renderRelation(relation),
        columns,
        (n) => `"${n}"`,
      );
      const theirs = await rowsOf(
        spark,
        `${catalog}.${schema}.${model}`,
        columns,
        (n) => `\`${n}\``,
      );
      expect(ours.length).toBeGreaterThan(0);
      const different = differences(columns, ours, theirs);
      if (different.length > 0) faults.push(`${model}:`, ...different);
    }
    await engine.close();
    expect(faults).toEqual([]);
  });

  it('is tested again where it is published, without anything written', async () => {
    place.gateway.recording.clear();
    const tested = await shop.run('test', '--as-of', asOf, '--select', 'gold_sales_metrics');
    expect(tested, tested.stdout).toMatchObject({ code: 0 });
    expect(place.gateway.recording.sent(/^\s*(create|insert|drop|alter|merge)/i)).toBe(0);
  });
});

function resultsOf({ dir }: SparkShop): { unique_id: string; status: string }[] {
  const text = readFileSync(join(dir, 'target', 'run_results.json'), 'utf8');
  return (JSON.parse(text) as { results: { unique_id: string; status: string }[] }).results;
}

async function schemaOf(duck: Connection, table: string): Promise<string> {
  const { rows } = await duck.query(
    'SELECT schema_name FROM duckdb_tables() WHERE table_name = $1 AND database_name = current_database()',
    [table],
  );
  return rows[0]?.[0] as string;
}
