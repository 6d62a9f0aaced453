/**
 * `npm run test:dbt`: real dbt builds and tests the same project, and everything is
 * compared: rows of all tables, outcomes of all tests, artifacts, the Jinja corpus,
 * templates that ask relations, columns and the adapter, and an oracle in Python that
 * computes the tables from the contract.
 */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { edits } from '../test/oracle/dbt/edits.mjs';
import { compareState } from './lib/compare-state.mjs';
import { projectCopy } from './lib/project-copy.mjs';
import { pythonEnvironment } from './lib/python-environment.mjs';
import { compile, install, root } from './lib/setup.mjs';

install();
compile();

const bin = pythonEnvironment('dbt-venv', join(root, 'test', 'oracle', 'dbt', 'requirements.txt'));
if (bin === null) {
  console.log('0 passed, 1 failed');
  process.exit(1);
}
const python = join(bin, 'python');
const dbtProgram = join(bin, 'dbt');

let passed = 0;
let failed = 0;

/** @typedef {{ name: string, ok: boolean, output: string }} Step */

/**
 * Runs a program; its output is shown when it fails.
 * @param {string} name
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnSyncOptions} options
 * @returns {Step}
 */
function run(name, command, args, options = {}) {
  const done = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  });
  return {
    name,
    ok: done.status === 0,
    output: `${done.stdout ?? ''}${done.stderr ?? ''}${done.error ?? ''}`,
  };
}

/**
 * A step that counts as one test.
 * @param {Step} step
 */
function check(step) {
  count(step.name, step.ok ? 1 : 0, step.ok ? 0 : 1, step.ok ? '' : step.output);
  return step.ok;
}

/**
 * A step whose last line tells how many passed and failed.
 * @param {Step} step
 */
function suite(step) {
  const match = /(\d+) passed, (\d+) failed\s*$/.exec(step.output);
  const good = Number(match?.[1] ?? 0);
  const bad = Number(match?.[2] ?? 0);
  const broken = (!step.ok || match === null) && bad === 0 ? 1 : 0;
  count(step.name, good, bad + broken, step.ok ? '' : step.output);
}

/**
 * @param {string} name
 * @param {number} good
 * @param {number} bad
 * @param {string} output
 */
function count(name, good, bad, output) {
  passed += good;
  failed += bad;
  console.log(`${bad === 0 ? 'ok  ' : 'FAIL'} ${name}: ${good} passed, ${bad} failed`);
  if (output !== '') console.log(output.trimEnd());
}

/**
 * Our tables of some sources beside those that the oracle computes from the contract.
 * @param {string} name
 * @param {string} sources
 * @param {string} asOf
 * @param {Record<string, unknown>} vars
 */
function compareWithOracle(name, sources, asOf, vars) {
  const dir = projectCopy('dbt');
  const out = join(dir, 'oracle');
  /** @param {string} file */
  const oracle = (file) => join(root, 'test', 'oracle', file);
  const given = Object.entries(vars).flatMap(([key, value]) => [
    '--var',
    `${key}=${JSON.stringify(value)}`,
  ]);
  try {
    const steps = [
      () =>
        run(
          `techstore build of ${name}, ${asOf}`,
          process.execPath,
          [
            join(root, 'bin', 'techstore.js'),
            'build',
            '--sources',
            sources,
            '--as-of',
            asOf,
            '--vars',
            JSON.stringify(vars),
          ],
          { cwd: dir },
        ),
      () =>
        run(`the oracle on ${name}, ${asOf}`, python, [
          oracle('oracle.py'),
          sources,
          out,
          '--as-of',
          asOf,
          ...given,
        ]),
      () =>
        run(`tables of ${name} are the oracle's, ${asOf}`, python, [
          oracle('compare.py'),
          join(dir, 'techstore.duckdb'),
          out,
        ]),
    ];
    for (const step of steps) if (!check(step())) return;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** @param {string | undefined} asOf */
async function compareWithDbt(asOf) {
  const title = asOf ?? 'the date of the seeds';
  const [ours, theirs] = [projectCopy('dbt'), projectCopy('dbt')];
  try {
    const techstore = run(
      `techstore build, ${title}`,
      process.execPath,
      [
        join(root, 'bin', 'techstore.js'),
        'build',
        ...(asOf === undefined ? [] : ['--as-of', asOf]),
      ],
      { cwd: ours },
    );
    if (!check(techstore)) return;
    /** @param {readonly string[]} args */
    const dbt = (...args) =>
      run(
        `dbt ${args[0]}, ${title}`,
        dbtProgram,
        ['--no-use-colors', ...args, ...(asOf === undefined ? [] : ['--vars', `{as_of: ${asOf}}`])],
        {
          cwd: theirs,
          env: {
            ...process.env,
            DBT_PROFILES_DIR: theirs,
            DBT_SEND_ANONYMOUS_USAGE_STATS: 'false',
          },
        },
      );
    if (!check(dbt('seed'))) return;
    if (!check(dbt('build', '--exclude', 'resource_type:seed'))) return;
    suite(
      run(`rows of all tables, ${title}`, python, [
        join(root, 'test', 'oracle', 'dbt', 'compare_builds.py'),
        join(ours, 'techstore.duckdb'),
        join(theirs, 'techstore.duckdb'),
      ]),
    );
    suite(
      run(`outcomes of all tests, ${title}`, python, [
        join(root, 'test', 'oracle', 'dbt', 'compare_results.py'),
        join(ours, 'target', 'run_results.json'),
        join(theirs, 'target', 'run_results.json'),
      ]),
    );
    if (asOf === undefined) {
      check(
        run('dbt reads our artifacts', python, [
          join(root, 'test', 'artifacts', 'check_artifacts.py'),
          join(ours, 'target'),
        ]),
      );
      if (!check(dbt('docs', 'generate'))) return;
      const writer = join(root, 'scripts', 'lib', 'write-catalog.mjs');
      if (!check(run('our catalog.json', process.execPath, [writer], { cwd: ours }))) return;
      suite(
        run("our artifacts beside dbt's", python, [
          join(root, 'test', 'oracle', 'dbt', 'compare_artifacts.py'),
          ours,
          theirs,
        ]),
      );
      const targets = { ours: join(ours, 'target'), dbt: join(theirs, 'target') };
      // Each edit takes some twenty seconds, most of them dbt's.
      const sampled = ['a row of a seed', 'a unit test'];
      const isAsked = process.argv.includes('--all-edits');
      const chosen = edits.filter(({ name }) => isAsked || sampled.includes(name));
      for (const step of await compareState(python, targets, chosen)) check(step);
    }
  } finally {
    rmSync(ours, { recursive: true, force: true });
    rmSync(theirs, { recursive: true, force: true });
  }
}

check(
  run('the Jinja corpus is what jinja2 gives', python, [
    join(root, 'fixtures', 'jinja', 'expected.py'),
    '--check',
  ]),
);
check(
  run('templates print what they print in dbt', python, [
    join(root, 'fixtures', 'dbt', 'record.py'),
    '--check',
  ]),
);
check(
  run('the flags of its commands are known', python, [
    join(root, 'fixtures', 'dbt-flags', 'record.py'),
    '--check',
  ]),
);
check(
  run('the answers of the metrics are what the seeds and the contract give', python, [
    join(root, 'fixtures', 'metrics', 'expected.py'),
    '--check',
  ]),
);
suite(
  run('seeds are what dbt makes of them', python, [
    join(root, 'fixtures', 'seeds', 'expected.py'),
    '--check',
  ]),
);
suite(
  run('tables and files that are there are what dbt reads', python, [
    join(root, 'fixtures', 'outside', 'record.py'),
    dbtProgram,
    '--check',
  ]),
);
for (const asOf of [undefined, '2023-08-01', '2024-02-29', '2024-12-31'])
  await compareWithDbt(asOf);
for (const asOf of ['2023-01-01', '2024-02-29', '2025-06-30']) {
  compareWithOracle('the seeds', join(root, 'seeds'), asOf, {});
}
for (const asOf of ['2022-12-30', '2024-02-29', '2024-06-30']) {
  // More than a fifth of these rows is dirty on purpose.
  compareWithOracle('the hard fixture', join(root, 'fixtures', 'hard'), asOf, {
    max_rejected_percent: 100,
  });
}

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
