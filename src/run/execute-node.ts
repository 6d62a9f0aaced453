/** Runs one node of any kind and returns its result. A failure is a result, not an exception. */
import { DatabaseError } from '../engine/database-error.js';
import { pathInPackage } from '../manifest/path-in-package.js';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { TechstoreError } from '../errors.js';
import type { Compiled } from '../dbt/compile.js';
import { isEphemeral } from '../manifest/is-ephemeral.js';
import type { GraphNode, ModelNode, SeedNode, TestNode, UnitTestNode } from '../manifest/nodes.js';
import type { RelationPlace } from '../manifest/node-state.js';
import type { FailingRows, NodeResult, NodeStatus, Timing } from '../manifest/results.js';
import { shortFileName } from '../manifest/file-name.js';
import { checkMaterialization, makeModel } from './materialize.js';
import { emptyResult } from './node-result.js';
import type { NodeRun } from './node-run.js';
import { runDataTest, type TestOptions } from './run-data-test.js';
import { runSeed } from './seeds/run-seed.js';
import { runUnitTest } from './run-unit-test.js';
import { textOf } from './text-of-error.js';
import type { PlacedSql } from '../dbt/sql-place.js';

export interface ExecuteOptions extends TestOptions {
  /** Folder for compiled SQL, `target/` of the project. */
  readonly targetDir: string;
  readonly projectName: string;
  /** Marks of databases that the profile attaches, by name in lower case: equal as long as they hold the same. */
  readonly attached?: ReadonlyMap<string, string>;
  /** Removes secrets from a text that is stored or shown. Default: no secrets. */
  readonly redact?: (text: string) => string;
}

/** The part of a result that depends on the kind of node. */
interface Outcome {
  readonly status: NodeStatus;
  readonly message: string | null;
  readonly rows?: number | null;
  readonly failures?: number | null;
  readonly relationName?: string | null;
  readonly relationType?: 'table' | 'view' | null;
  readonly failuresRelation?: string | null;
  readonly failuresPlace?: RelationPlace | null;
  readonly sample?: FailingRows | null;
  readonly compiledCode?: string | null;
  readonly compiledPath?: string | null;
}

export async function executeNode(
  node: GraphNode,
  run: NodeRun,
  thread: number,
  options: ExecuteOptions,
): Promise<NodeResult> {
  const timing: Timing[] = [];
  const started = new Date();
  const clock = performance.now();
  let outcome: Outcome;
  run.connection.tag?.({ techstore_node: node.uniqueId });
  let place: NodeResult['place'] = null;
  try {
    outcome = await outcomeOf(node, run, options, timing);
  } catch (error) {
    if (!(error instanceof TechstoreError) || error.code === 'interrupted') throw error;
    // No other node could be made, and a build that is kept would stay in the way.
    if (error instanceof DatabaseError && error.kind === 'disk-full') throw error;
    place = error.place ?? { file: node.originalFilePath };
    outcome = { status: 'error', message: options.redact?.(textOf(error)) ?? textOf(error) };
  }
  const completed = new Date();
  if (!timing.some((t) => t.name === 'execute')) {
    timing.push({
      name: 'execute',
      startedAt: timing.at(-1)?.completedAt ?? started,
      completedAt: completed,
    });
  }
  return {
    uniqueId: node.uniqueId,
    status: outcome.status,
    message: outcome.message,
    rows: outcome.rows ?? null,
    failures: outcome.failures ?? null,
    timing,
    executionTime: (performance.now() - clock) / 1000,
    thread: `Thread-${thread}`,
    compiledCode: outcome.compiledCode ?? null,
    compiledPath: outcome.compiledPath ?? null,
    relationName: outcome.relationName ?? null,
    relationType: outcome.relationType ?? null,
    failuresRelation: outcome.failuresRelation ?? null,
    failuresPlace: outcome.failuresPlace ?? null,
    sample: outcome.sample ?? null,
    skippedBecauseOf: null,
    carriedOver: false,
    place,
  };
}

/**
 * The result of a model that was found before the run to be impossible as it is written. Its compiled SQL is
 * written, as that of a model that ran.
 *
 * @param sql null where its template has the fault
 */
export async function refusedResult(
  node: ModelNode,
  error: TechstoreError,
  sql: string | null,
  options: ExecuteOptions,
): Promise<NodeResult> {
  const path = sql === null ? null : await writeSql(node, sql, options);
  const text = textOf(error);
  return {
    ...emptyResult(node.uniqueId, 'error'),
    message: options.redact?.(text) ?? text,
    compiledCode: sql,
    compiledPath: path,
    place: error.place ?? { file: node.originalFilePath },
  };
}

async function outcomeOf(
  node: GraphNode,
  run: NodeRun,
  options: ExecuteOptions,
  timing: Timing[],
): Promise<Outcome> {
  switch (node.resourceType) {
    case 'model':
      return modelOutcome(node, run, options, timing);
    case 'seed':
      return seedOutcome(node, run);
    case 'test':
      return testOutcomeOf(node, run, options, timing);
    case 'unit_test':
      return unitTestOutcome(node, run, options);
    case 'analysis': {
      const compiled = await compiledCode(node, run, options, timing);
      return { status: 'success', message: null, ...compiled.outcome };
    }
    case 'source':
    case 'exposure':
      return { status: 'no-op', message: null };
  }
}

async function compiledCode(
  node: ModelNode | TestNode | Extract<GraphNode, { resourceType: 'analysis' }>,
  run: NodeRun,
  options: ExecuteOptions,
  timing: Timing[],
): Promise<{
  compiled: Compiled & PlacedSql;
  outcome: { compiledCode: string; compiledPath: string };
}> {
  const startedAt = new Date();
  const storeFailures =
    node.resourceType === 'test' && (node.config.storeFailures ?? options.storeAll);
  const compiled = await run.compiler.compile(node, { backend: run.backend, storeFailures });
  const compiledPath = await writeSql(node, compiled.sql, options);
  timing.push({ name: 'compile', startedAt, completedAt: new Date() });
  return {
    compiled: { ...compiled, file: shownFile(compiledPath, run) },
    outcome: { compiledCode: compiled.sql, compiledPath },
  };
}

/**
 * Writes SQL below `target/compiled` and returns the path.
 *
 * @throws TechstoreError `compilation` if the file cannot be written, as an error of this node only
 */
async function writeSql(node: GraphNode, sql: string, options: ExecuteOptions): Promise<string> {
  const path = join(options.targetDir, 'compiled', compiledFile(node));
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, options.redact?.(sql) ?? sql);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split(',', 1)[0] : String(cause);
    throw new TechstoreError(
      'compilation',
      `The compiled SQL of ${node.name} cannot be written to ${path}: ${reason}`,
      {
        place: { file: node.originalFilePath },
        hint: 'Check what exists at this path, and the permissions of its folder.',
        exitCode: 1,
        cause,
      },
    );
  }
  return path;
}

/** A path in the project, as messages show it. */
export function shownFile(path: string, { compiler }: Pick<NodeRun, 'compiler'>): string {
  return relative(compiler.session.projectRoot, path).replaceAll('\\', '/');
}

/**
 * The path of a node's compiled SQL inside `target/compiled`: below the name of its package. As in dbt, the SQL of a test in
 * YAML is in a folder named after the YAML file.
 */
export function compiledFile(node: GraphNode): string {
  const path = join(node.packageName, pathInPackage(node));
  if (node.resourceType === 'unit_test') {
    return join(path, shortFileName(`${fileNameOf(node.name)}.sql`));
  }
  return node.resourceType === 'test' && node.testMetadata !== null
    ? join(path, shortFileName(fileNameOf(node.path)))
    : path;
}

/** No name leads out of its folder. */
function fileNameOf(name: string): string {
  return name.replace(/[/\\\0]/g, '_');
}

async function modelOutcome(
  node: ModelNode,
  run: NodeRun,
  options: ExecuteOptions,
  timing: Timing[],
): Promise<Outcome> {
  checkMaterialization(node);
  const { compiled, outcome } = await compiledCode(node, run, options, timing);
  if (isEphemeral(node)) {
    return { status: 'success', message: 'ephemeral', ...outcome };
  }
  const made = await makeModel(node, compiled, run);
  return {
    status: 'success',
    message: made.message,
    rows: made.rows,
    relationName: made.relationName,
    relationType: made.relationType,
    ...outcome,
  };
}

async function seedOutcome(node: SeedNode, run: NodeRun): Promise<Outcome> {
  const made = await runSeed(node, run);
  return {
    status: 'success',
    message: made.message,
    rows: made.rows,
    relationName: made.relationName,
    relationType: made.relationType,
  };
}

async function testOutcomeOf(
  node: TestNode,
  run: NodeRun,
  options: ExecuteOptions,
  timing: Timing[],
): Promise<Outcome> {
  const { compiled, outcome } = await compiledCode(node, run, options, timing);
  const answer = await runDataTest(node, compiled, run, options);
  return {
    status: answer.outcome,
    message: answer.message,
    failures: answer.failures,
    failuresRelation: answer.failuresRelation,
    failuresPlace: answer.failuresPlace,
    sample: answer.sample,
    ...outcome,
  };
}

async function unitTestOutcome(
  node: UnitTestNode,
  run: NodeRun,
  options: ExecuteOptions,
): Promise<Outcome> {
  const model = run.compiler.nodeOfCall('ref', [node.packageName, node.model]);
  if (model?.resourceType !== 'model') {
    throw new TechstoreError(
      'compilation',
      `${node.name} tests ${node.model}, which is not a model`,
      {
        place: node.place,
      },
    );
  }
  let path: string | null = null;
  const answer = await runUnitTest(node, model, run, async (sql) => {
    path = await writeSql(node, sql, options);
    return shownFile(path, run);
  });
  return {
    status: answer.outcome,
    message: answer.message,
    failures: answer.failures,
    sample: answer.sample,
    compiledCode: answer.sql,
    compiledPath: path,
  };
}
