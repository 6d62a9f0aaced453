/** What is expected of each test of dbt's suite: two lists of names in test/oracle/dbt-suite. */
import { readFileSync, writeFileSync } from 'node:fs';

/** Where a test that newly fails goes until somebody finds the reason. */
const noReason = 'not looked at yet';

/**
 * @typedef {object} Outcome
 * @property {string} test
 * @property {string} outcome `passed`, `failed` or `skipped`
 * @property {number} seconds
 * @property {readonly string[]} commands that the test ran; none where it only looks at dbt's insides
 * @property {string} message
 */

/**
 * The names in a list, without its comments.
 * @param {string} file
 * @returns {Set<string>}
 */
export function readNames(file) {
  return new Set(linesOf(file).filter((line) => !line.startsWith('#')));
}

/**
 * Reasons by test: each `[reason]` stands above its tests.
 * @param {string} file
 * @returns {Map<string, string>}
 */
export function readReasons(file) {
  const reasons = new Map();
  let reason = noReason;
  for (const line of linesOf(file)) {
    if (line.startsWith('#')) continue;
    const heading = /^\[(.*)\]$/.exec(line)?.[1];
    if (heading === undefined) reasons.set(line, reason);
    else reason = heading;
  }
  return reasons;
}

/**
 * @param {string} file
 * @param {string} comment
 * @param {Iterable<string>} names
 */
export function writeNames(file, comment, names) {
  writeFileSync(file, `${comment}\n${[...names].sort().join('\n')}\n`);
}

/**
 * @param {string} file
 * @param {string} comment
 * @param {ReadonlyMap<string, string>} reasons by test
 */
export function writeReasons(file, comment, reasons) {
  /** @type {Map<string, string[]>} */
  const groups = new Map();
  for (const [test, reason] of reasons) groups.set(reason, [...(groups.get(reason) ?? []), test]);
  const parts = [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([reason, tests]) => `[${reason}]\n${tests.sort().join('\n')}\n`);
  writeFileSync(file, `${comment}\n\n${parts.join('\n')}`);
}

/**
 * The reasons after a run: of what failed, the reason of before; of what was not run, as it was.
 * @param {ReadonlyMap<string, string>} before
 * @param {readonly Outcome[]} outcomes
 * @param {ReadonlySet<string>} withDbt tests that pass with dbt
 * @returns {Map<string, string>}
 */
export function reasonsAfter(before, outcomes, withDbt) {
  const after = new Map(before);
  for (const { test, outcome } of outcomes) {
    if (outcome === 'passed') after.delete(test);
    else if (withDbt.has(test) && !after.has(test)) after.set(test, noReason);
  }
  return after;
}

/** @param {string} file */
function linesOf(file) {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return [];
    throw error;
  }
}
