/** The models of a run that can't be built as they are written, found before any of them runs. */
import { join, relative } from 'node:path';
import type { Connection, Engine } from '../engine/engine.js';
import type { Manifest, ModelNode } from '../manifest/nodes.js';
import type { NodeResult } from '../manifest/results.js';
import type { BoundModel } from '../plan/bind.js';
import { bindOnWarehouse, bindPlan, type TwinOptions } from '../plan/bind-plan.js';
import { columnsOfTable } from '../plan/known-columns.js';
import type { BuildRequest } from './build-request.js';
import { compiledFile, refusedResult } from './execute-node.js';
import { hooksOf } from './hooks-of.js';
import type { Plan } from './plan.js';

export interface BindIn {
  /** The database of the build, which has the tables that stay already. */
  readonly candidate: Engine;
  /** The manifest, with the nodes at their places in it. */
  readonly placed: Manifest;
  /** True if sources are tables of it. */
  readonly sourcesExist: boolean;
  /** Names of tables of other programs, in lower case. Default none. */
  readonly others?: readonly string[] | undefined;
}

export interface BoundFirst {
  /** Results by unique id. */
  readonly refused: ReadonlyMap<string, NodeResult>;
  /** Unique ids of the models that can be built, and whose contracts hold. */
  readonly bound: ReadonlySet<string>;
}

/**
 * Each such model has one error, at its own line; what reads it is skipped because of it. What can't be
 * known without data is left to the run.
 */
export async function bindFirst(
  request: Omit<BuildRequest, 'store'>,
  planned: Plan,
  { candidate, placed, sourcesExist, others = [] }: BindIn,
): Promise<BoundFirst> {
  const refused = new Map<string, NodeResult>();
  const bound = new Set<string>();
  const { manifest, execute } = request;
  const fileOf = (model: ModelNode): string => {
    const path = join(execute.targetDir, 'compiled', compiledFile(model));
    return relative(manifest.projectRoot, path).replaceAll('\\', '/');
  };
  const toBind = { ...planned, manifest };
  const common = { hooks: hooksOf(manifest, request.hooks.start), fileOf, others };
  let found: ReadonlyMap<string, BoundModel> = new Map();
  if (request.emptyTwin !== undefined) {
    const { emptyTwin } = request;
    found = await describing(candidate, (describe) =>
      bindPlan(toBind, { ...common, emptyTwin, describe }),
    );
  } else if (sourcesExist) {
    const { threads } = request;
    found = await bindOnWarehouse(toBind, { ...common, engine: candidate, placed, threads });
  }
  for (const model of planned.run) {
    const one = found.get(model.uniqueId);
    if (one?.kind === 'bound') bound.add(model.uniqueId);
    if (one?.kind !== 'error' || model.resourceType !== 'model') continue;
    const compilation = planned.ownTexts.get(model.uniqueId)?.compilation;
    const sql = compilation?.kind === 'sql' ? compilation.compiled.sql : null;
    refused.set(model.uniqueId, await refusedResult(model, one.error, sql, execute));
  }
  return { refused, bound };
}

/** Does work that asks for columns of tables of a database, over one connection. */
async function describing<T>(
  engine: Engine,
  work: (describe: TwinOptions['describe']) => Promise<T>,
): Promise<T> {
  let connection: Connection | undefined;
  try {
    return await work(async (place) => {
      connection ??= await engine.connect();
      const { database, dialect } = engine;
      return columnsOfTable(connection, dialect, { database, ...place });
    });
  } finally {
    await connection?.release();
  }
}
