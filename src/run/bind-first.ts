/** The models of a run that can't be built as they are written, found before any of them runs. */
import { join, relative } from 'node:path';
import type { Connection, Engine } from '../engine/engine.js';
import type { ModelNode } from '../manifest/nodes.js';
import type { NodeResult } from '../manifest/results.js';
import { bindPlan } from '../plan/bind-plan.js';
import { columnsOfTable } from '../plan/known-columns.js';
import type { BuildRequest } from './build-request.js';
import { compiledFile, refusedResult } from './execute-node.js';
import { hooksOf } from './hooks-of.js';
import type { Plan } from './plan.js';

/**
 * Each such model has one error, at its own line; what reads it is skipped because of it. What can't be
 * known without data is left to the run.
 *
 * @param others names of tables of other programs, in lower case
 * @param candidate has the tables that stay already
 * @returns results by unique id; none where the database has no empty twin
 */
export async function bindFirst(
  request: Omit<BuildRequest, 'store'>,
  planned: Plan,
  candidate: Engine,
  others: readonly string[] = [],
): Promise<Map<string, NodeResult>> {
  const refused = new Map<string, NodeResult>();
  const { manifest, emptyTwin, execute } = request;
  if (emptyTwin === undefined) return refused;
  let connection: Connection | undefined;
  const fileOf = (model: ModelNode): string => {
    const path = join(execute.targetDir, 'compiled', execute.projectName, compiledFile(model));
    return relative(manifest.projectRoot, path).replaceAll('\\', '/');
  };
  try {
    const found = await bindPlan(
      { ...planned, manifest },
      {
        emptyTwin,
        describe: async (place) => {
          connection ??= await candidate.connect();
          const { database, dialect } = candidate;
          return columnsOfTable(connection, dialect, { database, ...place });
        },
        hooks: hooksOf(manifest, request.hooks.start),
        fileOf,
        others,
      },
    );
    for (const model of planned.run) {
      const bound = found.get(model.uniqueId);
      if (bound?.kind !== 'error' || model.resourceType !== 'model') continue;
      const compilation = planned.ownTexts.get(model.uniqueId)?.compilation;
      const sql = compilation?.kind === 'sql' ? compilation.compiled.sql : null;
      refused.set(model.uniqueId, await refusedResult(model, bound.error, sql, execute));
    }
  } finally {
    await connection?.release();
  }
  return refused;
}
