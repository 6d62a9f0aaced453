/**
 * 1,000,000 orders: `techstore build` beside the same compiled SQL run as one script
 * through the same DuckDB, files read by DuckDB's own reader.
 *
 *     node bench/large.mjs [ORDERS]
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inTurns, report, root, techstore, timeProcess } from './measure.mjs';
import { projectCopy } from '../scripts/lib/project-copy.mjs';

const orders = process.argv[2] ?? '1000000';
const dir = projectCopy('bench');
const data = mkdtempSync(join(tmpdir(), 'techstore-shop-'));
try {
  await timeProcess([process.execPath, join(root, 'bench', 'make-shop.mjs'), orders, data]);
  const build = [
    ...techstore,
    'build',
    '--sources',
    data,
    '--as-of',
    '2025-06-30',
    '--full-refresh',
  ];
  await timeProcess(build, { cwd: dir });
  writeScript();
  const seconds = await inTurns(3, {
    'techstore build': () => timeProcess(build, { cwd: dir }),
    'one script through DuckDB': () => {
      rmSync(join(dir, 'script.duckdb'), { force: true });
      return timeProcess([process.execPath, join(dir, 'script.mjs')], { cwd: root });
    },
  });
  report(
    `The pipeline with ${Number(orders).toLocaleString('en-US')} orders`,
    seconds,
    'techstore build',
    'one script through DuckDB',
    'goal: at most 1.10',
  );
} finally {
  rmSync(dir, { recursive: true, force: true });
  rmSync(data, { recursive: true, force: true });
}

/** The compiled SQL that the build left, in the order in which it ran, as a program of a few lines. */
function writeScript() {
  const manifest = JSON.parse(readFileSync(join(dir, 'target', 'manifest.json'), 'utf8'));
  const results = JSON.parse(readFileSync(join(dir, 'target', 'run_results.json'), 'utf8')).results;
  const statements = [];
  for (const source of Object.values(manifest.sources)) {
    const columns = Object.values(source.columns).map((c) => `'${c.name}': '${c.data_type}'`);
    statements.push(
      `create table "techstore"."${source.schema}"."${source.identifier}" as from read_csv('${join(data, `${source.name}.csv`)}', header = true, auto_detect = false, columns = {${columns.join(', ')}})`,
    );
  }
  for (const { unique_id: id, compiled_code: sql } of results) {
    if (!sql) continue;
    const node = manifest.nodes[id];
    if (id.startsWith('model.')) {
      statements.push(`create table "techstore"."${node.schema}"."${node.alias}" as (${sql}\n)`);
    } else if (id.startsWith('test.')) statements.push(`select count(*) from (${sql}\n)`);
    // The query of a unit test holds its own rows; the build reads all that it gives.
    else if (id.startsWith('unit_test.')) statements.push(sql);
  }
  writeFileSync(join(dir, 'statements.json'), JSON.stringify(statements));
  const api = join(
    root,
    'node_modules',
    '@duckdb',
    'node-api',
    readdirSync(join(root, 'node_modules', '@duckdb', 'node-api', 'lib')).includes('index.js')
      ? 'lib/index.js'
      : '',
  );
  writeFileSync(
    join(dir, 'script.mjs'),
    `import { readFileSync } from 'node:fs';
import { DuckDBInstance } from ${JSON.stringify(api)};
const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
await connection.run("attach '${join(dir, 'script.duckdb')}' as techstore");
await connection.run('create schema techstore.techstore');
for (const sql of JSON.parse(readFileSync(${JSON.stringify(join(dir, 'statements.json'))}, 'utf8'))) {
  await connection.runAndReadAll(sql);
}
await connection.run('checkpoint techstore');
connection.closeSync();
instance.closeSync();
`,
  );
}
