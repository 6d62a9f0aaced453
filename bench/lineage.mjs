/** Lineage of all columns: this repository's models, a chain of star CTEs and wide models, from nothing and from the cache. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, report, techstore } from './measure.mjs';
import { projectCopy } from '../scripts/lib/project-copy.mjs';

const chained = 25;
const rounds = 3;

/** A seed, and a model that passes its five columns through so many CTEs, each a star of the one before. */
function chain() {
  const dir = mkdtempSync(join(tmpdir(), 'techstore-chain-'));
  mkdirSync(join(dir, 'models'));
  mkdirSync(join(dir, 'seeds'));
  writeFileSync(join(dir, 'dbt_project.yml'), 'name: chain\nprofile: chain\n');
  writeFileSync(
    join(dir, 'profiles.yml'),
    'chain:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: chain.duckdb, schema: main}\n',
  );
  writeFileSync(join(dir, 'seeds', 'start.csv'), 'a,b,c,d,e\n1,2,3,4,5\n');
  const ctes = Array.from(
    { length: chained },
    (_, i) => `c${i} as (select * from ${i === 0 ? "{{ ref('start') }}" : `c${i - 1}`})`,
  );
  writeFileSync(
    join(dir, 'models', 'last.sql'),
    `with ${ctes.join(',\n')}\nselect * from c${chained - 1}\n`,
  );
  return dir;
}

/** Three models of so many columns, the second and third made of the one before. */
function wide(columns) {
  const dir = mkdtempSync(join(tmpdir(), 'techstore-wide-'));
  mkdirSync(join(dir, 'models'));
  writeFileSync(join(dir, 'dbt_project.yml'), 'name: wide\nprofile: wide\n');
  writeFileSync(
    join(dir, 'profiles.yml'),
    'wide:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: wide.duckdb, schema: main}\n',
  );
  const list = (text) => Array.from({ length: columns }, (_, i) => text(i)).join(',\n');
  const models = {
    first: `select ${list((i) => `${i} as c${i}`)}`,
    second: "select * from {{ ref('first') }}",
    third: `with a as (select * from {{ ref('second') }})
select ${list((i) => `coalesce(c${i}, c0) as c${i}`)} from a`,
  };
  for (const [name, sql] of Object.entries(models)) {
    writeFileSync(join(dir, 'models', `${name}.sql`), `${sql}\n`);
  }
  return dir;
}

/** Seconds and, where the system tells it, the most memory that a run took. */
function run(args, cwd) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const [command, ...first] = techstore;
    const child = spawn(command, [...first, ...args], { cwd, stdio: 'ignore' });
    let megabytes = 0;
    const look = setInterval(() => {
      const file = `/proc/${child.pid}/status`;
      const peak = existsSync(file) ? /VmHWM:\s+(\d+) kB/.exec(readFileSync(file, 'utf8')) : null;
      if (peak !== null) megabytes = Number(peak[1]) / 1024;
    }, 20);
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(look);
      if (code === 0) resolve({ seconds: (performance.now() - start) / 1000, megabytes });
      else reject(new Error(`techstore ${args.join(' ')} ended with ${code}`));
    });
  });
}

for (const [title, dir] of [
  ['All columns of the 16 models of this repository', projectCopy('bench')],
  [`Five columns through ${chained} star CTEs`, chain()],
  ['Three models of 400 columns', wide(400)],
  ['Three models of 2,000 columns', wide(2_000)],
]) {
  try {
    const found = { nodes: [], cold: [], cached: [] };
    for (let round = 0; round < rounds; round += 1) {
      rmSync(join(dir, 'target'), { recursive: true, force: true });
      found.nodes.push(await run(['lineage', '--json'], dir));
      found.cold.push(await run(['lineage', '--columns', '--json'], dir));
      found.cached.push(await run(['lineage', '--columns', '--json'], dir));
    }
    const seconds = Object.fromEntries(
      Object.entries(found).map(([name, runs]) => [name, median(runs.map((r) => r.seconds))]),
    );
    report(title, seconds, 'cached', 'nodes', 'the cache leaves little to do');
    for (const [name, runs] of Object.entries(found)) {
      console.log(`  memory, ${name}: ${Math.max(...runs.map((r) => r.megabytes)).toFixed(0)} MB`);
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
