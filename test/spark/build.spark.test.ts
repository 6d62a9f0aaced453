import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sparkShop, type SparkShop } from './shop.js';
import { standIn, type StandIn } from './support.js';

let place: StandIn;
let shop: SparkShop;

beforeAll(async () => {
  place = await standIn();
  shop = sparkShop(place, 'shop_build');
});
afterAll(async () => {
  shop.remove();
  await place.close();
});

describe('a build on Spark', () => {
  it('loads the seeds', async () => {
    const ran = await shop.run('seed');
    console.log(ran.stdout, ran.stderr);
    expect(ran.code).toBe(0);
  });
  it('builds, tests and publishes', async () => {
    place.gateway.recording.clear();
    const ran = await shop.run('build', '--as-of', '2025-06-30');
    console.log(ran.stdout, ran.stderr, place.gateway.recording.errors);
    console.log(place.gateway.recording.statements.length);
    expect(ran.code).toBe(0);
  });
});
