/** What dbt says of the same sources in the same tables, recorded by fixtures/freshness/record.py. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentLogger } from '../../src/dbt/logger.js';
import { load } from '../../src/cli/load.js';
import { faultsBy } from '../artifacts/schemas.js';
import type { Finished, Shop } from '../helpers/shop.js';
import { SmallProject } from '../helpers/small-project.js';
import { dbt, foundIn, loadedShop, thresholds, type Found } from './support.js';

let shop: Shop;
let all: Finished;
let found: ReadonlyMap<string, Found>;

beforeAll(async () => {
  shop = await loadedShop();
  all = shop.run('source', 'freshness');
  found = new Map(foundIn(shop).map((one) => [one.unique_id, one]));
});

afterAll(() => shop.remove());

describe('Source freshness', () => {
  test('looks at the sources that dbt looks at, and ends as dbt does', () => {
    expect([...found.keys()].sort()).toEqual(Object.keys(dbt.results).sort());
    expect(all.code).toBe(dbt.exit);
  });

  test.each(Object.entries(dbt.results))('of %s', (id, expected) => {
    const one = found.get(id);
    expect(one?.status, all.all).toBe(expected.status);
    expect(thresholds(one?.criteria)).toEqual(thresholds(expected.criteria));
    if (expected.max_loaded_at != null) expect(one?.max_loaded_at).toBe(expected.max_loaded_at);
    if (expected.age != null) expect(one?.max_loaded_at_time_ago_in_s).toBe(expected.age);
  });

  test('is written down in the shape of sources.json', () => {
    expect(faultsBy('sources-v3')(JSON.parse(shop.read('target/sources.json')))).toEqual([]);
  });

  test('says why a source could not be asked, with its place', () => {
    expect(all.stderr).toContain(
      'models/sources.yml:120:9: values.wrong_column: Binder Error: Referenced column "nobody"',
    );
    expect(all.stderr).not.toContain('dbt/macros');
  });
});

describe('A selection of sources', () => {
  test.each(dbt.selections)('$args', ({ args, exit, results, written }) => {
    const done = shop.run('source', 'freshness', ...args, '--output', 'chosen.json');
    expect(written).toBe(true);
    const chosen = foundIn(shop, 'chosen.json');
    expect(Object.fromEntries(chosen.map((one) => [one.unique_id, one.status]))).toEqual(results);
    expect(done.code).toBe(exit);
  });
});

test('loaded_at_field of dbt_project.yml has no effect in dbt, which is told', () => {
  expect(all.stderr).toContain(
    "dbt_project.yml:15:25: The key 'loaded_at_field' has no effect here",
  );
});

test('Thresholds and fields are inherited as dbt inherits them', () => {
  const { manifest } = load('build', { projectDir: shop.dir }, silentLogger);
  const ours = Object.entries(dbt.configured).map(([id]) => {
    const node = manifest.nodes.get(id);
    if (node?.resourceType !== 'source') return [id, null];
    const { freshness, loadedAtField, loadedAtQuery } = node;
    const criteria =
      freshness === null
        ? null
        : {
            warn_after: freshness.warnAfter,
            error_after: freshness.errorAfter,
            filter: freshness.filter,
          };
    return [
      id,
      {
        freshness: thresholds(criteria),
        loaded_at_field: loadedAtField,
        loaded_at_query: loadedAtQuery,
      },
    ];
  });
  const theirs = Object.entries(dbt.configured).map(([id, one]) => [
    id,
    { ...one, freshness: thresholds(one.freshness) },
  ]);
  expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(theirs));
});

// dbt drops half a threshold and counts below zero without a word: here they are refused.
const stricter = ['no_period', 'no_count', 'negative'];

test.each(Object.entries(dbt.tables))(
  'An entry that dbt takes or refuses: %s',
  (name, { yaml, accepted, freshness }) => {
    const entry = yaml.replace(/^/gm, '        ');
    const project = new SmallProject({
      'dbt_project.yml': 'name: shop\nprofile: shop\nvars: {late: 2}\n',
      'models/s.yml': `sources:\n  - name: one\n    schema: raw\n    tables:\n      - name: one\n${entry}\n`,
    });
    const read = (): unknown => project.load().manifest.nodes.get('source.shop.one.one');
    try {
      if (!accepted || stricter.includes(name)) {
        expect(read).toThrow(/cannot have both|must|needs both/);
        return;
      }
      expect(read()).toMatchObject({
        freshness: { warnAfter: thresholds(freshness)?.warn_after ?? null },
      });
    } finally {
      project.remove();
    }
  },
);
