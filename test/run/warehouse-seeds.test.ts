/** Seeds of a warehouse are read on the machine by the same rules; types are named as Databricks names them. */
import { afterAll, expect, test } from 'vitest';
import type { SeedNode } from '../../src/manifest/nodes.js';
import { SeedReader } from '../../src/run/seeds/seed-reader.js';
import { SmallProject } from '../helpers/small-project.js';

const project = new SmallProject({
  'seeds/s.csv':
    'id;huge;ratio;day;ok;code;tags;at;text\n1;10000000000000000001;1.5;2024-01-05;true;007;[1];2024-01-05 10:00:00Z;yes\n',
  'seeds/s.yml':
    'seeds: [{name: s, config: {delimiter: ";", column_types: {code: "varchar(36)", tags: "array<int>", at: timestamptz, nothing: int}}}]\n',
});
afterAll(() => {
  project.remove();
});

test('A seed has the types that dbt-databricks gives, and its declared ones', async () => {
  const { manifest } = project.load();
  const seed = [...manifest.nodes.values()].find((node): node is SeedNode => node.name === 's')!;
  const reader = await SeedReader.open(seed.database);
  const warnings: string[] = [];
  try {
    const { rows, types } = await reader.load(seed, { warn: (text) => warnings.push(text) });
    const relation = { schema: seed.schema, identifier: seed.alias };
    const { columns, batches } = await reader.rows(relation, types);
    expect(rows).toBe(1);
    expect(columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'id bigint',
      'huge decimal(38,0)',
      'ratio double',
      'day date',
      'ok boolean',
      'code varchar(36)',
      'tags array<int>',
      'at timestamp',
      'text string',
    ]);
    for await (const batch of batches) expect(batch[0]?.[1]).toBe('10000000000000000001');
    expect(warnings).toEqual([
      'seeds/s.csv: column_types names the column nothing, which the file does not have.',
    ]);
  } finally {
    await reader.close();
  }
});
