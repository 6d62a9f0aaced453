/** What `state:` selects in edited projects: real dbt beside this program, with the artifacts of either. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { edits } from '../../test/oracle/dbt/edits.mjs';
import { projectCopy } from './project-copy.mjs';
import { root } from './setup.mjs';

/** @typedef {{ name: string, ok: boolean, output: string }} Step */
/** @typedef {Record<string, Record<'ours' | 'dbt', readonly string[]>>} Selected */

/**
 * @param {string} python
 * @param {Readonly<Record<'ours' | 'dbt', string>>} targets folders with a manifest.json of each
 * @param {readonly import('../../test/oracle/dbt/edits.mjs').Edit[]} chosen all of them by default
 * @returns {Promise<readonly Step[]>} one for each edit, and one for none
 */
export async function compareState(python, targets, chosen = edits) {
  const states = copyManifests(targets);
  const untouched = projectCopy('state');
  const folders = chosen.map((edit) => edited(edit));
  try {
    const answers = askDbt(python, states, [untouched, ...folders]);
    // dbt compares the text of its own built-in macros, which this program has not: whatever
    // uses one is modified for dbt when the state is ours. Nothing else may be.
    const always = new Set(answers[untouched]?.['state:modified']?.ours);
    /** @type {Step[]} */
    const steps = [];
    for (const [i, folder] of [untouched, ...folders].entries()) {
      const faults = await differences(folder, answers[folder] ?? {}, states, always);
      const name = `state: after ${i === 0 ? 'no edit' : `an edit of ${chosen[i - 1]?.name}`}`;
      steps.push({ name, ok: faults.length === 0, output: faults.join('\n') });
    }
    return steps;
  } finally {
    for (const folder of [untouched, ...folders, states.root])
      rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {Readonly<Record<'ours' | 'dbt', string>>} targets */
function copyManifests(targets) {
  const folder = projectCopy('states', []);
  const states = { root: folder, ours: join(folder, 'ours'), dbt: join(folder, 'dbt') };
  for (const whose of /** @type {const} */ (['ours', 'dbt'])) {
    mkdirSync(states[whose]);
    writeFileSync(
      join(states[whose], 'manifest.json'),
      readFileSync(join(targets[whose], 'manifest.json')),
    );
  }
  return states;
}

/** @param {import('../../test/oracle/dbt/edits.mjs').Edit} edit */
function edited({ name, file, from, to = '', add, remove }) {
  const folder = projectCopy('state');
  const path = join(folder, file);
  if (remove === true) rmSync(path);
  if (add !== undefined) appendFileSync(path, add);
  if (from !== undefined) {
    const before = readFileSync(path, 'utf8');
    if (!before.includes(from)) throw new Error(`${file} has nothing to edit for: ${name}`);
    writeFileSync(
      path,
      before.replace(from, () => to),
    );
  }
  return folder;
}

/**
 * @param {string} python
 * @param {{ readonly ours: string, readonly dbt: string }} states
 * @param {readonly string[]} folders
 * @returns {Record<string, Selected>}
 */
function askDbt(python, { ours, dbt }, folders) {
  const script = join(root, 'test', 'oracle', 'dbt', 'state_selection.py');
  const done = spawnSync(python, [script, JSON.stringify({ ours, dbt }), ...folders], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, DBT_SEND_ANONYMOUS_USAGE_STATS: 'false' },
  });
  if (done.status !== 0) throw new Error(`dbt selects nothing: ${done.stderr}`);
  return JSON.parse(done.stdout);
}

/**
 * @param {string} folder
 * @param {Selected} answers
 * @param {{ readonly ours: string, readonly dbt: string }} states
 * @param {ReadonlySet<string>} always
 */
async function differences(folder, answers, states, always) {
  const { load, select, selectionOptions, silentLogger } = await program();
  const project = load('list', { projectDir: folder }, silentLogger);
  /** @type {string[]} */
  const faults = [];
  for (const [selector, { ours: withOurs, dbt: expected }] of Object.entries(answers)) {
    const known = selector === 'state:modified' || selector === 'state:modified.macros';
    compare(
      `dbt, ${selector}, our state`,
      without(withOurs, always, known),
      without(expected, always, known),
      faults,
    );
    for (const whose of /** @type {const} */ (['ours', 'dbt'])) {
      // Aspects are asked of dbt's method alone, which brings along no tests of what it finds.
      const indirectSelection = selector === 'state:modified' ? 'eager' : 'empty';
      const options = await selectionOptions(
        { select: [selector], state: states[whose], indirectSelection },
        project,
      );
      const { ids } = select(project.graph, project.manifest, options);
      compare(`techstore, ${selector}, state of ${whose}`, [...ids].sort(), expected, faults);
    }
  }
  return faults;
}

/** The program as it is compiled, in this process: hundreds of questions in seconds. */
async function program() {
  /** @param {string} file */
  const compiled = (file) => import(new URL(`../../dist/${file}`, import.meta.url).href);
  return {
    ...(await compiled('cli/load.js')),
    ...(await compiled('graph/index.js')),
    ...(await compiled('cli/selection.js')),
    ...(await compiled('dbt/logger.js')),
  };
}

/**
 * @param {readonly string[]} ids
 * @param {ReadonlySet<string>} left
 * @param {boolean} isLeft
 */
function without(ids, left, isLeft) {
  return isLeft ? ids.filter((id) => !left.has(id)) : ids;
}

/**
 * @param {string} what
 * @param {readonly string[]} found
 * @param {readonly string[]} expected
 * @param {string[]} faults
 */
function compare(what, found, expected, faults) {
  const [a, b] = [new Set(found), new Set(expected)];
  const more = found.filter((id) => !b.has(id));
  const less = expected.filter((id) => !a.has(id));
  if (more.length + less.length === 0) return;
  const some = (/** @type {readonly string[]} */ ids) => ids.slice(0, 4).join(', ');
  faults.push(
    `${what}: ${more.length} too much (${some(more)}), ${less.length} missing (${some(less)})`,
  );
}
