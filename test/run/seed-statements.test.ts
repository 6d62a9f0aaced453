import { expect, it } from 'vitest';
import { dialect } from '../../src/engine/databricks/dialect.js';
import type { Row } from '../../src/engine/engine.js';
import { seedStatements, type SeedStatement } from '../../src/run/seeds/seed-statements.js';

const columns = [
  { name: 'id', type: 'bigint' },
  { name: 'name', type: 'string' },
];

async function statements(batches: readonly (readonly Row[])[]): Promise<SeedStatement[]> {
  const stream = (async function* () {
    yield* batches;
  })();
  const all: SeedStatement[] = [];
  for await (const one of seedStatements('t', columns, stream, dialect)) all.push(one);
  return all;
}

it('a small seed is one statement, each value cast to the type of its column', async () => {
  expect(await statements([[['1', "it's"]], [['2', null]]])).toEqual([
    {
      sql: "create or replace table t\nusing delta\nas\nselect cast(c0 as bigint) as `id`, cast(c1 as string) as `name`\nfrom values\n('1', 'it\\'s'),\n('2', null)\nas seed(c0, c1)",
      rows: 2,
    },
  ]);
});

it('a seed without rows is a table with its columns', async () => {
  const [only, ...more] = await statements([]);
  expect(only?.sql).toMatch(/from values\n\(null, null\)\nas seed\(c0, c1\)\nwhere false$/);
  expect(only?.rows).toBe(0);
  expect(more).toEqual([]);
});

it('a large seed goes in batches, and no row is lost between them', async () => {
  const rows = Array.from({ length: 4500 }, (_, i): Row => [String(i), 'x']);
  const all = await statements([rows.slice(0, 1999), rows.slice(1999)]);
  expect(all.map((one) => one.rows)).toEqual([2000, 2000, 500]);
  expect(all[1]?.sql).toMatch(/^insert into t\nselect/);
});
