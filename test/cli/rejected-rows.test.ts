import { afterAll, expect, test } from 'vitest';
import { smallShop, succeeds } from './support.js';

const described = (table: string, reason: string): string => `models:
  - name: left_out
    meta: {techstore: {rejected_rows: {table: ${table}, reason: ${reason}}}}
`;
const shop = smallShop({
  // The name that this repository's own project uses is one like any other.
  'models/silver_rejected_rows.sql': "select 'here' as source_table, 'no reason' as reason",
  'models/left_out.sql': `select 'raw.people' as origin, case id when 1 then 'first' else 'late' end as "order"
from {{ ref('clean') }}
`,
});
afterAll(() => shop.remove());

test('Without meta no rows were set aside, whatever models are called', () => {
  expect(succeeds(shop.run('build')).all).not.toContain('set aside');
});

test('The rows of the model that meta names are counted, by expressions over its columns', () => {
  shop.write('models/left_out.yml', described("lower(origin) || '!'", '\'"order"\''));
  const { all } = succeeds(shop.run('build'));
  expect(all).toContain('3 rows set aside\n  raw.people!      3  late 2, first 1\n');
});

test('A column that is not there is told with the file, and the build is published', () => {
  shop.write('models/left_out.yml', described('source_table', '\'"order"\''));
  const { all, stdout } = succeeds(shop.run('build'));
  expect(all.replace(/\s+/g, ' ')).toMatch(
    /warning: .*meta\.techstore\.rejected_rows of left_out \(models\/left_out\.yml\) does not match the columns of left_out: .*source_table/i,
  );
  expect(stdout).not.toContain('rows set aside\n');
  expect(stdout).toMatch(/published/i);
});
