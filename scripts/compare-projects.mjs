/**
 * `node scripts/compare-projects.mjs FOLDER [--reuse PLACE] [NAME...]`: real dbt and this program build the same public projects.
 * Compared are the status of each node, the rows of each table, and the time of the whole process. FOLDER holds
 * checkouts of the repositories in scripts/compare-projects.json, each in a folder `owner+name`; a checkout that is
 * not there is told and passed over. None of their code is part of this program. PLACE keeps what dbt built, which
 * the next comparison takes instead of running dbt.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { pythonEnvironment } from './lib/python-environment.mjs';
import { root } from './lib/setup.mjs';
import { tablesOf } from './lib/table-rows.mjs';

/**
 * @typedef {object} Listed
 * @property {string} repository `owner/name`
 * @property {string} commit
 * @property {string} [folder] of the project in the repository
 * @property {Record<string, string>} [packages] repositories by the folder that they get in dbt_packages
 * @property {readonly string[]} [args] for both programs
 * @property {Record<string, string>} [env]
 */

const { values, positionals } = parseArgs({
  options: { reuse: { type: 'string' } },
  allowPositionals: true,
});
const [folder, ...names] = positionals;
if (folder === undefined) {
  console.error('Usage: node scripts/compare-projects.mjs FOLDER [--reuse PLACE] [NAME...]');
  process.exit(2);
}
const checkouts = resolve(folder);
/** @type {readonly Listed[]} */
const listed = JSON.parse(readFileSync(join(root, 'scripts', 'compare-projects.json'), 'utf8'));
const wanted = listed.filter(
  ({ repository }) => names.length === 0 || names.some((name) => repository.endsWith(name)),
);
const bin =
  process.env.DBT_BIN ??
  pythonEnvironment('dbt-venv', join(root, 'test', 'oracle', 'dbt', 'requirements.txt'));
if (bin === null) process.exit(1);

/** @param {string} repository */
const checkoutOf = (repository) => join(checkouts, repository.replace('/', '+'));

let different = 0;
for (const project of wanted) {
  const missing = [project.repository, ...Object.values(project.packages ?? {})].filter(
    (repository) => !existsSync(checkoutOf(repository)),
  );
  if (missing.length > 0) {
    console.log(
      `${project.repository}: skipped, no checkout of ${missing.join(', ')} in ${folder}`,
    );
    continue;
  }
  const head = spawnSync('git', ['-C', checkoutOf(project.repository), 'rev-parse', 'HEAD'], {
    encoding: 'utf8',
  });
  if (head.stdout.trim() !== project.commit)
    console.log(
      `${project.repository}: not at the listed commit ${project.commit.slice(0, 10)} but at ${head.stdout.trim().slice(0, 10) || 'none'}`,
    );
  different += await compare(project);
}
process.exitCode = different === 0 ? 0 : 1;

/**
 * @param {Listed} project
 * @returns {Promise<number>} how many nodes differ
 */
async function compare(project) {
  const temp = mkdtempSync(join(tmpdir(), 'compare-'));
  try {
    const theirs = builtByDbt(project, temp);
    const ours = build(project, join(temp, 'techstore'), process.execPath, [
      join(root, 'bin', 'techstore.js'),
    ]);
    if (ours.statuses.size === 0 || theirs.statuses.size === 0) {
      const [who, output] =
        ours.statuses.size === 0 ? ['techstore', ours.output] : ['dbt', theirs.output];
      console.log(`${project.repository}: ${who} built nothing\n${output.replace(/^/gm, '  | ')}`);
      return Math.max(ours.statuses.size, theirs.statuses.size);
    }
    const lines = statusesApart(theirs, ours);
    const rows = await rowsApart(theirs, ours);
    console.log(
      `${project.repository}: ${theirs.statuses.size} nodes, ${lines.length} statuses and ${rows.length} tables differ; dbt ${theirs.seconds.toFixed(1)} s, techstore ${ours.seconds.toFixed(1)} s (${(theirs.seconds / ours.seconds).toFixed(1)} times faster)`,
    );
    for (const line of [...lines, ...rows]) console.log(`  ${line}`);
    return lines.length + rows.length;
  } finally {
    if (process.env.KEEP === undefined) rmSync(temp, { recursive: true, force: true });
    else console.log(`  kept: ${temp}`);
  }
}

/**
 * @typedef {object} Built
 * @property {Map<string, string>} statuses by unique id
 * @property {Map<string, string>} messages by unique id
 * @property {Map<string, string>} relations `schema.table` by unique id
 * @property {number} seconds
 * @property {string} output
 * @property {string} database
 */

/**
 * @param {Listed} project
 * @param {string} temp
 * @returns {Built}
 */
function builtByDbt(project, temp) {
  const kept = values.reuse === undefined ? temp : resolve(values.reuse);
  const place = join(kept, `dbt-${project.repository.replace('/', '+')}`);
  const known = join(place, 'built.json');
  if (existsSync(known)) {
    const { statuses, messages, relations, ...rest } = JSON.parse(readFileSync(known, 'utf8'));
    return {
      ...rest,
      statuses: new Map(statuses),
      messages: new Map(messages),
      relations: new Map(relations),
    };
  }
  rmSync(place, { recursive: true, force: true });
  const built = build(project, place, join(/** @type {string} */ (bin), 'dbt'), []);
  const maps = {
    statuses: [...built.statuses],
    messages: [...built.messages],
    relations: [...built.relations],
  };
  writeFileSync(known, JSON.stringify({ ...built, ...maps }));
  return built;
}

/**
 * @param {Listed} project
 * @param {string} place a folder that is made
 * @param {string} program
 * @param {readonly string[]} first arguments before the command
 * @returns {Built}
 */
function build(project, place, program, first) {
  const checkout = join(place, 'checkout');
  cpSync(checkoutOf(project.repository), checkout, {
    recursive: true,
    filter: (path) => !/\/(\.git|target|dbt_packages)$/.test(path),
  });
  const own = join(checkout, project.folder ?? '');
  mkdirSync(join(own, 'dbt_packages'), { recursive: true });
  for (const [name, repository] of Object.entries(project.packages ?? {})) {
    const from = repository === project.repository ? checkout : checkoutOf(repository);
    symlinkSync(from, join(own, 'dbt_packages', name));
  }
  const database = join(place, 'warehouse.duckdb');
  const profile = /^profile:\s*['"]?([^'"\s#]+)/m.exec(
    readFileSync(join(own, 'dbt_project.yml'), 'utf8'),
  )?.[1];
  const profiles = join(place, 'profiles');
  mkdirSync(profiles);
  writeFileSync(
    join(profiles, 'profiles.yml'),
    JSON.stringify({
      [profile ?? 'default']: {
        target: 'dev',
        outputs: { dev: { type: 'duckdb', path: database, schema: 'main', threads: 4 } },
      },
    }),
  );
  const started = performance.now();
  const done = spawnSync(
    program,
    [...first, 'build', '--profiles-dir', profiles, '--project-dir', own, ...(project.args ?? [])],
    {
      cwd: own,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      env: {
        ...process.env,
        DBT_SEND_ANONYMOUS_USAGE_STATS: 'false',
        NO_COLOR: '1',
        ...project.env,
      },
    },
  );
  const seconds = (performance.now() - started) / 1000;
  const results = artifact(own, 'run_results.json')?.results ?? [];
  const manifest = artifact(own, 'manifest.json');
  return {
    statuses: new Map(results.map((/** @type {any} */ one) => [one.unique_id, one.status])),
    messages: new Map(results.map((/** @type {any} */ one) => [one.unique_id, one.message ?? ''])),
    relations: new Map(
      Object.values(manifest?.nodes ?? {})
        .filter((/** @type {any} */ node) => ['model', 'seed'].includes(node.resource_type))
        .filter((/** @type {any} */ node) => node.config.materialized !== 'ephemeral')
        .map((/** @type {any} */ node) => [node.unique_id, `${node.schema}.${node.alias}`]),
    ),
    seconds,
    output: `${done.stdout}${done.stderr}`,
    database,
  };
}

/**
 * @param {string} own
 * @param {string} name
 */
function artifact(own, name) {
  const path = join(own, 'target', name);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}

/**
 * @param {Built} theirs
 * @param {Built} ours
 */
function statusesApart(theirs, ours) {
  const ids = new Set([...theirs.statuses.keys(), ...ours.statuses.keys()]);
  return [...ids].sort().flatMap((id) => {
    const [a = 'none', b = 'none'] = [theirs.statuses.get(id), ours.statuses.get(id)];
    const said = (ours.messages.get(id) ?? '').split('\n').slice(0, 3).join(' / ');
    return a === b ? [] : [`${id}: dbt ${a}, techstore ${b} ${said}`.trimEnd()];
  });
}

/**
 * @param {Built} theirs
 * @param {Built} ours
 */
async function rowsApart(theirs, ours) {
  const built = [...theirs.relations].filter(
    ([id]) => theirs.statuses.get(id) === 'success' && ours.statuses.get(id) === 'success',
  );
  const names = built.map(([, name]) => name);
  const [a, b] = [await tablesOf(theirs.database, names), await tablesOf(ours.database, names)];
  return names.flatMap((name) =>
    a.get(name) === b.get(name)
      ? []
      : [`${name}: dbt has ${a.get(name) ?? 'no table'}, techstore ${b.get(name) ?? 'no table'}`],
  );
}
