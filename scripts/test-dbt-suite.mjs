/**
 * `npm run test:dbt-suite`: dbt's own functional tests, with techstore in the place of dbt.
 *
 * The tests are those of dbt-duckdb (its source on PyPI), a generated test of each base class of
 * dbt-tests-adapter that it leaves out, and with --core those of dbt-core, which no package has.
 *
 *   --core <folder>  a checkout of dbt-core 1.11 (its folder tests is enough): run its tests too
 *   --only <path>    tests of this file, folder or name alone
 *   --processes <n>  default 2
 *   --dbt            run real dbt, and record which tests pass with it
 *   --update         record which tests fail; those that are new have no reason yet
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { pythonEnvironment } from './lib/python-environment.mjs';
import { compile, install, root } from './lib/setup.mjs';
import {
  readNames,
  readReasons,
  reasonsAfter,
  writeNames,
  writeReasons,
} from './lib/suite-expectations.mjs';

const { values: asked } = parseArgs({
  options: {
    core: { type: 'string' },
    only: { type: 'string' },
    processes: { type: 'string', default: '2' },
    dbt: { type: 'boolean', default: false },
    update: { type: 'boolean', default: false },
  },
});

const ours = join(root, 'test', 'oracle', 'dbt-suite');
const passesFile = join(ours, 'passes-with-dbt.txt');
const failsFile = join(ours, 'fails-here.txt');
const passesComment =
  '# Tests that pass with real dbt on DuckDB and run a command of it. Written by: npm run test:dbt-suite -- --dbt';
const failsComment =
  '# Of the tests in passes-with-dbt.txt, those that fail with techstore, below the reason.\n' +
  '# Written by: npm run test:dbt-suite -- --update. The reasons are written by hand.';
const cache = join(root, '.cache', 'dbt-suite');
const version = /^dbt-duckdb==(.*)$/m.exec(
  readFileSync(join(ours, 'requirements.txt'), 'utf8'),
)?.[1];

install();
compile();
const bin = pythonEnvironment('dbt-suite-venv', join(ours, 'requirements.txt'));
if (bin === null) fail('The Python environment could not be made');
const python = join(/** @type {string} */ (bin), 'python');

/** @typedef {import('./lib/suite-expectations.mjs').Outcome} Outcome */

const started = Date.now();
/** @type {Outcome[]} */
const outcomes = run('duckdb', duckdbTests(), 'tests/functional/adapter', ['--profile=file']);
if (asked.core === undefined) {
  console.log("dbt-core's own tests are left out: pass a checkout of dbt-core as --core");
} else {
  outcomes.push(...run('core', coreTests(resolve(asked.core)), 'tests/functional', []));
}
const minutes = ((Date.now() - started) / 60_000).toFixed(1);
if (outcomes.length === 0) fail('No test was run');

if (asked.dbt) recordDbt();
else compareWithExpected();

function recordDbt() {
  const passes = readNames(passesFile);
  for (const { test, outcome, commands } of outcomes) {
    if (outcome === 'passed' && commands.length > 0) passes.add(test);
    else passes.delete(test);
  }
  writeNames(passesFile, passesComment, passes);
  console.log(`${passes.size} tests pass with dbt; ${minutes} min`);
}

function compareWithExpected() {
  const withDbt = readNames(passesFile);
  const expected = readReasons(failsFile);
  const counted = outcomes.filter(({ test }) => withDbt.has(test));
  if (asked.update) writeReasons(failsFile, failsComment, reasonsAfter(expected, counted, withDbt));
  let [passed, wrong, next] = [0, 0, 0];
  for (const { test, outcome, message } of counted) {
    const isExpected = expected.has(test);
    if (outcome === 'passed') passed++;
    else if (expected.get(test)?.startsWith('next issue') === true) next++;
    if (isExpected === (outcome !== 'passed')) continue;
    wrong++;
    console.log(
      isExpected
        ? `FAIL ${test} passes now: take it out of fails-here.txt, or pass --update`
        : `FAIL ${test}\n     ${message.replaceAll('\n', '\n     ')}`,
    );
  }
  if (asked.only === undefined) {
    const seen = new Set(counted.map(({ test }) => test));
    for (const test of withDbt) {
      const isAsked = test.startsWith('duckdb:') || asked.core !== undefined;
      if (!isAsked || seen.has(test)) continue;
      wrong++;
      console.log(`FAIL ${test} was not run`);
    }
  }
  const fair = counted.length - next;
  const share = fair === 0 ? 0 : (100 * passed) / fair;
  console.log(
    `${passed} of ${fair} tests of dbt's pass (${share.toFixed(1)} %), ` +
      `${next} more need what is not there yet; ${minutes} min`,
  );
  console.log(`${counted.length - wrong} passed, ${wrong} failed`);
  process.exitCode = wrong === 0 ? 0 : 1;
}

/**
 * Runs the tests below a folder.
 * @param {string} name of the suite
 * @param {string} folder
 * @param {string} below default of --only
 * @param {readonly string[]} more arguments
 * @returns {Outcome[]}
 */
function run(name, folder, below, more) {
  const file = join(cache, `${name}-outcomes.jsonl`);
  rmSync(file, { force: true });
  const [suite, only] = /^(duckdb|core):(.*)$/.exec(asked.only ?? '')?.slice(1) ?? [
    name,
    asked.only,
  ];
  if (
    suite !== name ||
    (only !== undefined && !existsSync(join(folder, only.split('::')[0] ?? '')))
  )
    return [];
  const temporary = join(cache, `${name}-tmp`);
  // What does not pass with dbt either says nothing about techstore.
  const names = join(cache, `${name}-names.txt`);
  const prefix = `${name}:`;
  const known = [...readNames(passesFile)].filter((test) => test.startsWith(prefix));
  writeFileSync(names, known.map((test) => `${test.slice(prefix.length)}\n`).join(''));
  const args = ['-m', 'pytest', '-p', 'suite_plugin', '-p', 'no:cacheprovider', '-q'];
  const done = spawnSync(
    python,
    [
      ...[...args, '--disable-warnings', '--tb=no', '--continue-on-collection-errors'],
      ...['-n', asked.processes, '--dist', 'loadscope', `--basetemp=${temporary}`],
      ...['-o', 'tmp_path_retention_policy=none', ...more, only ?? below],
    ],
    {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      env: {
        ...process.env,
        PYTHONPATH: ours,
        PYTHONDONTWRITEBYTECODE: '1',
        SUITE_PROGRAM: asked.dbt ? 'dbt' : join(root, 'bin', 'techstore.js'),
        SUITE_OUTCOMES: file,
        ...(asked.dbt ? {} : { SUITE_NAMES: names }),
        DBT_SEND_ANONYMOUS_USAGE_STATS: 'false',
      },
    },
  );
  writeFileSync(join(cache, `${name}.log`), done.stdout ?? '');
  rmSync(temporary, { recursive: true, force: true });
  // 1: tests failed; 5: none was found. All else is a fault of pytest or of the plugin.
  if (![0, 1].includes(done.status ?? 2) || !existsSync(file))
    fail(`The tests of ${name} could not be run:\n${(done.stdout ?? '').slice(-2000)}`);
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => /** @type {Outcome} */ (JSON.parse(line)))
    .map((outcome) => ({ ...outcome, test: `${name}:${outcome.test}` }));
}

/** @returns {string} the folder of dbt-duckdb's tests, which pip downloads once */
function duckdbTests() {
  const folder = join(cache, `dbt-duckdb-${version}`);
  if (!existsSync(folder)) {
    const unpacked = join(cache, 'unpacked');
    const download = join(cache, 'download');
    for (const path of [unpacked, download]) rmSync(path, { recursive: true, force: true });
    mkdirSync(unpacked, { recursive: true });
    const requirement = `dbt-duckdb==${version}`;
    const pip = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--no-binary', ':all:'];
    pythonDoes([...pip, '-d', download, requirement]);
    const unpack =
      'import glob, sys, tarfile\n' +
      "tarfile.open(glob.glob(sys.argv[1] + '/*.tar.gz')[0]).extractall(sys.argv[2], filter='data')";
    pythonDoes(['-c', unpack, download, unpacked]);
    cpSync(join(unpacked, `dbt_duckdb-${version}`), folder, { recursive: true });
    const adapter = join(folder, 'tests', 'functional', 'adapter');
    pythonDoes([join(ours, 'generate_tests.py'), adapter, join(adapter, 'test_generated.py')]);
    addFixtures(folder, 'duckdb');
  }
  return folder;
}

/**
 * @param {string} checkout
 * @returns {string} the folder of a copy of its tests
 */
function coreTests(checkout) {
  const tests = join(checkout, 'tests');
  if (!existsSync(join(tests, 'functional')))
    fail(`${checkout} has no tests/functional: pass a checkout of dbt-core 1.11`);
  const folder = join(cache, 'dbt-core');
  rmSync(folder, { recursive: true, force: true });
  cpSync(tests, join(folder, 'tests'), { recursive: true });
  writeFileSync(join(folder, 'pytest.ini'), '[pytest]\n');
  addFixtures(folder, 'core');
  return folder;
}

/**
 * @param {string} folder
 * @param {string} suite
 */
function addFixtures(folder, suite) {
  const file = join(folder, 'tests', 'conftest.py');
  writeFileSync(file, `${readFileSync(file, 'utf8')}\nfrom fixtures_${suite} import *  # noqa\n`);
}

/** @param {readonly string[]} args */
function pythonDoes(args) {
  const done = spawnSync(python, args, { stdio: 'inherit' });
  if (done.status !== 0) fail(`python ${args.join(' ')} failed`);
}

/** @param {string} message */
function fail(message) {
  console.error(message);
  console.log('0 passed, 1 failed');
  process.exit(1);
}
