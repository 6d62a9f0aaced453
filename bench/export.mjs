/** `export` of 1,000,000 and 10,000,000 rows: peak memory, and time beside DuckDB's COPY alone. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, techstore, timeProcess } from './measure.mjs';

const files = {
  'dbt_project.yml': 'name: bench\nprofile: bench\n',
  'profiles.yml':
    'bench:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: techstore.duckdb, schema: main}\n',
  'models/orders.sql': `{{ config(materialized='table') }}
select range as id, range % 50000 as customer_id, timestamp '2024-01-01' + interval (range % 500000) minute as order_date,
  'Order ' || range as notes, (range * 7919 % 1000000)::decimal(18,2) as total_amount, range % 2 = 0 as has_discount
from range({{ var('rows') }})
`,
};
const copy = `
import { DuckDBInstance } from '@duckdb/node-api';
const [file, to, format] = process.argv.slice(2);
const connection = await (await DuckDBInstance.create(':memory:')).connect();
await connection.run(\`attach '\${file}' as b (read_only); copy b.main.orders to '\${to}' (format \${format})\`);
process.stderr.write(String(process.resourceUsage().maxRSS));
`;
// Says its peak when it ends, as the program itself does not.
const peak = `process.on('exit', () => process.stderr.write(String(process.resourceUsage().maxRSS)));\n`;

/** @returns seconds, and the peak of the process in MB */
function measured([command, ...args], cwd) {
  return new Promise((resolve, reject) => {
    const start = process.hrtime.bigint();
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (data) => (said += data));
    child.on('close', (code) => {
      if (code !== 0) reject(new Error(said));
      const seconds = Number(process.hrtime.bigint() - start) / 1e9;
      resolve({ seconds, megabytes: Math.round(Number(/\d+$/.exec(said)?.[0]) / 1024) });
    });
  });
}

const dir = mkdtempSync(join(tmpdir(), 'techstore-bench-'));
// Beside the dependencies, where the script finds the driver.
const script = join(root, '.cache', 'bare-copy.mjs');
try {
  mkdirSync(join(dir, 'models'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  mkdirSync(join(root, '.cache'), { recursive: true });
  writeFileSync(script, copy);
  writeFileSync(join(dir, 'peak.mjs'), peak);
  console.log('\nExport of 6 columns');
  for (const rows of [1_000_000, 10_000_000]) {
    await timeProcess([...techstore, 'build', '--vars', `{rows: ${rows}}`], { cwd: dir });
    for (const format of ['parquet', 'csv', 'ndjson']) {
      const [node, program] = techstore;
      const ours = await measured(
        [
          node,
          '--import',
          join(dir, 'peak.mjs'),
          program,
          'export',
          'orders',
          '--to',
          join(dir, 'out'),
          '--as',
          format,
          '--force',
        ],
        dir,
      );
      const bare = await measured(
        [
          node,
          script,
          join(dir, 'techstore.duckdb'),
          join(dir, `bare.${format}`),
          format === 'ndjson' ? 'json' : format,
        ],
        dir,
      );
      console.log(
        `  ${rows.toLocaleString('en').padStart(10)} rows ${format.padEnd(8)} ${ours.seconds.toFixed(2)} s, ${ours.megabytes} MB; COPY alone ${bare.seconds.toFixed(2)} s, ${bare.megabytes} MB; ratio ${(ours.seconds / bare.seconds).toFixed(2)}`,
      );
    }
  }
} finally {
  rmSync(script, { force: true });
  rmSync(dir, { recursive: true, force: true });
}
