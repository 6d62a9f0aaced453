/** on-run-start and on-run-end hooks of dbt_project.yml, which dbt's artifacts call operations. */
import { TechstoreError, type Place } from '../errors.js';
import type { Value } from '../jinja/index.js';
import type { GraphNode } from '../manifest/nodes.js';
import type { NodeResult } from '../manifest/results.js';
import type { RunListener } from './listener.js';
import { emptyResult } from './node-result.js';
import type { NodeRun } from './node-run.js';
import { withPlace, type PlacedSql } from '../dbt/sql-place.js';

export interface ProjectHook {
  readonly sql: string;
  readonly place: Place;
  /** Name of the project whose dbt_project.yml has it. */
  readonly packageName: string;
  /** Among those of the same key and file, from 0. */
  readonly index: number;
}

export interface HooksOfRun {
  readonly when: 'on-run-start' | 'on-run-end';
  readonly hooks: readonly ProjectHook[];
  /** Names for these hooks, in addition to those of every template. */
  readonly names?: ReadonlyMap<string, Value>;
  /** Removes secrets from a text that is stored or shown. Default: no secrets. */
  readonly redact?: ((text: string) => string) | undefined;
}

/**
 * Runs hooks one after the other. If one fails, the following ones are skipped.
 *
 * @returns a result for each hook, with its unique id of `manifest.json`
 * @throws TechstoreError only `interrupted`
 */
export async function runProjectHooks(
  { when, hooks, names = new Map(), redact = (text) => text }: HooksOfRun,
  run: NodeRun,
): Promise<NodeResult[]> {
  const results: NodeResult[] = [];
  for (const hook of hooks) {
    const { packageName: project, index } = hook;
    const id = `operation.${project}.${project}-${when}-${index}`;
    const name = `${project}.${when}.${index}`;
    const failed = results.find(({ status }) => status !== 'success');
    const result =
      failed === undefined
        ? await runHook(hook, id, name, names, run)
        : {
            ...emptyResult(id, 'skipped'),
            message: `${name} skipped`,
            failures: 1,
            skippedBecauseOf: failed.skippedBecauseOf ?? failed.uniqueId,
          };
    results.push({
      ...result,
      message: result.message === null ? null : redact(result.message),
      place: result.place ?? hook.place,
    });
  }
  return results;
}

async function runHook(
  hook: ProjectHook,
  id: string,
  name: string,
  names: ReadonlyMap<string, Value>,
  run: NodeRun,
): Promise<NodeResult> {
  const startedAt = new Date();
  let compiledAt = startedAt;
  let sql: string | null = null;
  let message = `${name} passed`;
  let place: Place | null = null;
  try {
    const origin = await run.compiler.renderPlaced(hook.sql, hook.place, null, {
      backend: run.backend,
      packageName: hook.packageName,
      names,
    });
    sql = origin.text;
    compiledAt = new Date();
    if (sql.trim() !== '') await placed({ sql, origin }, hook, run);
  } catch (error) {
    if (error instanceof TechstoreError && error.code === 'interrupted') throw error;
    if (!(error instanceof TechstoreError)) throw error;
    message = `${name} failed, error:\n ${[error.message, error.excerpt ?? ''].join('\n').trimEnd()}`;
    place = error.place ?? null;
  }
  const completedAt = new Date();
  const ok = message.endsWith(' passed');
  return {
    ...emptyResult(id, ok ? 'success' : 'error'),
    message,
    // As dbt counts them.
    failures: ok ? 0 : 1,
    timing: [
      { name: 'compile', startedAt, completedAt: compiledAt },
      { name: 'execute', startedAt: compiledAt, completedAt },
    ],
    executionTime: (completedAt.getTime() - startedAt.getTime()) / 1000,
    compiledCode: sql,
    place,
  };
}

async function placed(sql: PlacedSql, { place }: ProjectHook, run: NodeRun): Promise<void> {
  try {
    await run.connection.run(sql.sql);
  } catch (error) {
    throw withPlace(error, { originalFilePath: place.file, place }, sql, 0);
  }
}

/** Results of all nodes as skipped, after a failed on-run-start hook. */
export function skippedBecauseOfHook(
  nodes: readonly GraphNode[],
  hooks: readonly NodeResult[],
  listener: RunListener,
): ReadonlyMap<string, NodeResult> | null {
  const failed = hooks.find(({ status }) => status === 'error');
  if (failed === undefined) return null;
  const results = new Map<string, NodeResult>();
  for (const node of nodes) {
    const result = {
      ...emptyResult(node.uniqueId, 'skipped'),
      skippedBecauseOf: failed.uniqueId,
    };
    results.set(node.uniqueId, result);
    listener.nodeFinished(node, result);
  }
  return results;
}
