import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/engine/engine.js';
import { compareEngines } from './both-engines.js';
import { sparkShop, type Ran, type SparkShop } from './shop.js';
import { statementsOfNodes } from './statements-of-nodes.js';
import { catalog, standIn, type StandIn } from './support.js';
import { models } from './tables.js';

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

  it('makes the same rows as on DuckDB in every table, and every metric answers the same', async () => {
    const compared = await compareEngines(place, shop, schema, asOf);
    expect(compared).toMatchObject({ rows: [], empty: [], answers: [] });
    expect(compared.questions).toBeGreaterThan(30);
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
