/** `builds diff` on a table of 1,000,000 rows, beside a bare script that asks DuckDB by EXCEPT. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inTurns, report, root, techstore, timeProcess } from './measure.mjs';

const rows = 1_000_000;
const dir = mkdtempSync(join(tmpdir(), 'techstore-bench-'));
const files = {
  'dbt_project.yml': 'name: bench\nprofile: bench\n',
  'profiles.yml':
    'bench:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: techstore.duckdb, schema: main}\n',
  // One row in a thousand changes, one in ten thousand goes, as many come.
  'models/customers.sql': `{{ config(materialized='table') }}
select range as customer_id, 'Customer ' || range as name, 'customer' || range || '@example.com' as email,
  case when range % 10 = 0 then null else 'City ' || range % 100 end as city, range % 7 as total_orders,
  (range * 7919 % 1000000 + case when range % 1000 = 0 then {{ var('shift') }} else 0 end)::decimal(18,2) as total_revenue,
  date '2020-01-01' + (range % 1000)::int as first_order_date, timestamp '2024-01-01' + interval (range % 500000) minute as last_order_date,
  range % 5 as r_score, range % 2 = 0 as is_active
from range({{ var('shift') }} * 100, ${rows} + {{ var('shift') }} * 100)
`,
  'models/models.yml':
    'models:\n  - name: customers\n    columns:\n      - {name: customer_id, data_tests: [unique, not_null]}\n',
};
const bare = `
import { DuckDBInstance } from '@duckdb/node-api';
const [from, to] = process.argv.slice(2);
const connection = await (await DuckDBInstance.create(':memory:')).connect();
await connection.run(\`attach '\${from}' as a (read_only); attach '\${to}' as b (read_only)\`);
const count = async (sql) => (await connection.runAndReadAll(sql)).getRowsJson()[0][0];
console.log(
  await count('select count(*) from (from a.main.customers except from b.main.customers)'),
  await count('select count(*) from (from b.main.customers except from a.main.customers)'),
);
`;
// Beside the dependencies, where the script finds the driver.
const script = join(root, '.cache', 'bare-diff.mjs');
try {
  mkdirSync(join(dir, 'models'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  mkdirSync(join(root, '.cache'), { recursive: true });
  writeFileSync(script, bare);
  for (const shift of [0, 1])
    await timeProcess([...techstore, 'build', '--vars', `{shift: ${shift}}`], { cwd: dir });
  const builds = readdirSync(join(dir, 'techstore.builds'))
    .filter((name) => /Z-.*\.duckdb$/.test(name))
    .sort()
    .map((name) => join(dir, 'techstore.builds', name));
  const seconds = await inTurns(3, {
    'techstore builds diff': () =>
      timeProcess([...techstore, 'builds', 'diff', '--vars', '{shift: 1}'], { cwd: dir }),
    'DuckDB alone, EXCEPT both ways': () => timeProcess([process.execPath, script, ...builds]),
  });
  report(
    `Comparing ${rows.toLocaleString('en')} rows of 10 columns`,
    seconds,
    'techstore builds diff',
    'DuckDB alone, EXCEPT both ways',
    'goal: seconds',
  );
} finally {
  rmSync(script, { force: true });
  rmSync(dir, { recursive: true, force: true });
}
