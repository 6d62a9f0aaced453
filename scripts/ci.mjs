/** Runs every tier that fits, and ends with one line: `N passed, N failed`. */
import { spawnSync } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { aptInstall, isInstalled } from './lib/apt-install.mjs';
import { chromiumPackages, findChromium } from './lib/chromium.mjs';
import { install, root } from './lib/setup.mjs';

install();

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string} command
 * @property {readonly string[]} args
 * @property {(ok: boolean, output: string) => [passed: number, failed: number]} count
 */

/**
 * A check without tests of its own counts as one.
 * @param {string} name
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Step}
 */
const check = (name, command, args) => ({
  name,
  command,
  args,
  count: (ok) => (ok ? [1, 0] : [0, 1]),
});

/**
 * A tier whose output tells how many tests passed and failed.
 * @param {string} name
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Step}
 */
const tier = (name, command, args) => ({
  name,
  command,
  args,
  count: (ok, output) => {
    const passed = sum(output, /(\d+) passed/g);
    const failed = sum(output, /(\d+) failed/g);
    // A tier that ran nothing, or died before it could count, has failed.
    return ok && passed > 0 ? [passed, failed] : [passed, Math.max(failed, 1)];
  },
});

/**
 * @param {string} output
 * @param {RegExp} pattern
 */
function sum(output, pattern) {
  // Only the summary of tests counts, not that of files.
  const plain = stripVTControlCharacters(output);
  const lines = plain
    .split('\n')
    .filter((line) => /^\s*Tests\s|^\d+ passed, \d+ failed/.test(line));
  return lines.flatMap((line) => [...line.matchAll(pattern)]).reduce((n, m) => n + Number(m[1]), 0);
}

if (findChromium() === undefined) aptInstall(chromiumPackages);
if (!['java', 'keytool', 'mvn'].every(isInstalled))
  aptInstall(['openjdk-17-jdk-headless', 'maven']);

const npm = ['run', '--silent'];
const steps = [
  tier('npm test', 'npm', ['test', '--silent']),
  check('lint', 'npm', [...npm, 'lint']),
  check('types', 'npm', [...npm, 'types']),
  check('format', 'npm', [...npm, 'format:check']),
  check('docs', 'npm', [...npm, 'docs:check']),
  check('seeds are what the script makes', 'node', ['scripts/make-seeds.mjs', '--check']),
  check('demo', 'npm', [...npm, 'demo']),
  tier('slow tests', 'npm', [...npm, 'test:slow']),
  tier('npm run test:api', 'npm', [...npm, 'test:api']),
  tier('npm run test:browser', 'npm', [...npm, 'test:browser']),
  tier('npm run test:dbt', 'npm', [...npm, 'test:dbt']),
  tier('npm run test:spark', 'npm', [...npm, 'test:spark']),
];

let passed = 0;
let failed = 0;
for (const step of steps) {
  console.log(`\n=== ${step.name}`);
  const started = Date.now();
  const done = spawnSync(step.command, step.args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = `${done.stdout ?? ''}${done.stderr ?? ''}`;
  process.stdout.write(output);
  const [good, bad] = step.count(done.status === 0, output);
  passed += good;
  failed += bad;
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`=== ${step.name}: ${bad === 0 ? 'passed' : 'FAILED'} (${seconds} s)`);
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
