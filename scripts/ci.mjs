/** Runs every tier that fits, and ends with one line: `N passed, N failed`. */
import { spawn } from 'node:child_process';
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

/**
 * Shows a step's output as it comes, and keeps it for the count.
 * @param {Step} step
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
function run(step) {
  return new Promise((resolve) => {
    const child = spawn(step.command, step.args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      output += text;
      process.stdout.write(text);
    });
    child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      output += text;
      process.stderr.write(text);
    });
    child.on('error', (error) => resolve({ ok: false, output: output + String(error) }));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

let passed = 0;
let failed = 0;
/** What failed, said once more at the end: the log of all tiers is long. @type {string[]} */
const failures = [];
for (const step of steps) {
  console.log(`\n=== ${step.name}`);
  const started = Date.now();
  const { ok, output } = await run(step);
  const [good, bad] = step.count(ok, output);
  passed += good;
  failed += bad;
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`=== ${step.name}: ${bad === 0 ? 'passed' : 'FAILED'} (${seconds} s)`);
  if (bad === 0) continue;
  const named = stripVTControlCharacters(output)
    .split('\n')
    .filter((line) => /^\s*FAIL\s/.test(line));
  failures.push(`${step.name}: ${bad} failed`, ...new Set(named));
}
if (failures.length > 0) console.log(`\n=== What failed\n${failures.join('\n')}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
