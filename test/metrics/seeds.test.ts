/** Answers on the seeds beside those that fixtures/metrics/expected.py works out from the source files. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDuckDB, type DuckDBEngine } from '../../src/engine/duckdb/index.js';
import type { Value } from '../../src/engine/engine.js';
import { metrics, queried } from '../../src/metrics/metrics.js';
import { built } from '../cli/support.js';
import { root, Shop } from '../helpers/shop.js';
import { Asking } from './asking.js';
import { onTerminal } from './on-terminal.js';

interface Case {
  readonly metric: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly rows: readonly (readonly (string | boolean | null)[])[];
}

const cases = JSON.parse(
  readFileSync(join(root, 'fixtures', 'metrics', 'answers.json'), 'utf8'),
) as Case[];

let shop: Shop;
let engine: DuckDBEngine;
let asking: Asking;

beforeAll(async () => {
  shop = built(new Shop());
  engine = await openDuckDB({ path: shop.path('techstore.duckdb'), readOnly: true });
  asking = new Asking(await engine.connect(), 'techstore');
});

afterAll(async () => {
  await engine.close();
  shop.remove();
});

test.each(cases.map((one) => [one.metric, JSON.stringify(one.values), one] as const))(
  '%s %s',
  async (name, _values, { values, rows }) => {
    const found = await asking.rows(name, values);

    expect(found.map((row) => row.map(asText))).toEqual(rows);
  },
);

/** Scores and years are numbers, wider integers text: the same digits. */
function asText(value: Value): Value {
  return typeof value === 'number' ? String(value) : value;
}

test('every metric is among the cases', () => {
  const asked = new Set(cases.map(({ metric }) => metric));

  expect(metrics.filter(({ name }) => !asked.has(name))).toEqual([]);
  expect(queried.length - asked.size, 'the two profiles and the date').toBe(3);
});

test('the head says which build, as of when and from which target', async () => {
  const id = (JSON.parse(shop.run('builds', 'list', '--json').stdout) as { build: string }[])[0];
  const { screen } = await onTerminal(shop, 120, ['customers', 'segments']);

  expect(screen).toMatch(
    new RegExp(
      `^Customers by segment +build ${id?.build ?? '-'} · as of 2025-06-30 · target dev\n`,
    ),
  );
});

test('an earlier build is read where it is named', () => {
  const [first] = shop.run('builds', 'list', '--json').stdout.match(/\d{8}T\d{6}Z-\w{4}/) ?? [];
  const done = shop.run('sales', 'summary', '--build', first ?? '-', '--json');

  expect(JSON.parse(done.stdout)).toEqual(
    JSON.parse(shop.run('sales', 'summary', '--json').stdout),
  );
});
