/** The rows and the answers of both engines from hard data, and as of other dates. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareEngines, withoutTests } from './both-engines.js';
import { sparkShop, type SparkShop } from './shop.js';
import { standIn, type StandIn } from './support.js';

const hard = fileURLToPath(new URL('../../fixtures/hard', import.meta.url));

let place: StandIn;
beforeAll(async () => {
  place = await standIn();
});
afterAll(() => place.close());

/**
 * `fixtures/hard` has ties in rounding of both signs, unicode, nulls, leap days, big money, ids
 * past 2^53, items that come late, and months without sales.
 */
describe.each([
  { data: 'the seeds', schema: 'shop_of_seeds', seeds: null, dates: ['2024-02-29', '2025-12-31'] },
  {
    data: 'hard data',
    schema: 'shop_of_hard_data',
    seeds: hard,
    dates: ['2024-02-29', '2025-03-31', '2025-06-30'],
  },
])('from $data', ({ schema, seeds, dates }) => {
  let shop: SparkShop;
  beforeAll(async () => {
    shop = sparkShop(place, schema);
    if (seeds !== null) cpSync(seeds, join(shop.dir, 'seeds'), { recursive: true });
    const seeded = await shop.run('seed');
    expect(seeded, seeded.stdout + seeded.stderr).toMatchObject({ code: 0 });
  });
  afterAll(() => {
    shop.remove();
  });

  it.each(dates)('both engines have the same rows and answers as of %s', async (asOf) => {
    const built = await shop.run('build', ...withoutTests, '--as-of', asOf);
    expect(built, built.stdout + built.stderr).toMatchObject({ code: 0 });
    const compared = await compareEngines(place, shop, schema, asOf);
    expect(compared).toMatchObject({ rows: [], answers: [] });
    expect(compared.questions).toBeGreaterThan(30);
  });
});
