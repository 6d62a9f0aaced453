/** The models of a run that can't be built as they are written, found before anything runs. */
import { join, relative } from 'node:path';
import type { Connection, Engine } from '../engine/engine.js';
import type { TechstoreError } from '../errors.js';
import type { ModelNode } from '../manifest/nodes.js';
import type { NodeResult } from '../manifest/results.js';
import { bindModels, type Bound } from '../plan/bind.js';
import { columnsBefore, columnsOfTable } from '../plan/known-columns.js';
import { modelsToBind } from '../plan/models-to-bind.js';
import type { BuildRequest } from './build-request.js';
import { compiledFile, refusedResult } from './execute-node.js';
import { hooksOf } from './hooks-of.js';
import type { Plan } from './plan.js';

/**
 * Each such model has one error, at its own line; what reads it is skipped because of it. What can't be
 * known without data is left to the run.
 *
 * @param candidate has the tables that stay already
 * @returns results by unique id; none where the database has no empty twin
 */
export async function bindFirst(
  request: Omit<BuildRequest, 'store'>,
  planned: Plan,
  candidate: Engine,
): Promise<Map<string, NodeResult>> {
  const refused = new Map<string, NodeResult>();
  const { manifest, emptyTwin, execute } = request;
  const runs = new Set(planned.run.map((node) => node.uniqueId));
  const models = modelsToBind(manifest, planned.order, runs);
  if (emptyTwin === undefined || models.length === 0) return refused;
  const twin = await emptyTwin();
  let connection: Connection | undefined;
  let found: Map<string, Bound>;
  const pathOf = (model: ModelNode): string =>
    join(execute.targetDir, 'compiled', execute.projectName, compiledFile(model));
  try {
    found = await bindModels({
      manifest,
      models,
      compilationOf: (model) =>
        Promise.resolve(planned.ownTexts.get(model.uniqueId)?.compilation ?? { kind: 'asks' }),
      columnsOf: columnsBefore({
        manifest,
        runs,
        loads: new Set(planned.load.map((node) => node.uniqueId)),
        carry: planned.carry,
        describe: async (place) => {
          connection ??= await candidate.connect();
          return columnsOfTable(connection, candidate, place);
        },
      }),
      connect: () => Promise.resolve(twin),
      hooks: hooksOf(manifest, request.hooks.start),
      fileOf: (model) => relative(manifest.projectRoot, pathOf(model)).replaceAll('\\', '/'),
    });
  } finally {
    await connection?.release();
    await twin.close();
  }
  for (const model of models) {
    const error = runs.has(model.uniqueId) ? errorOf(model, found, runs) : null;
    if (error === null) continue;
    const compilation = planned.ownTexts.get(model.uniqueId)?.compilation;
    const sql = compilation?.kind === 'sql' ? compilation.compiled.sql : null;
    refused.set(model.uniqueId, await refusedResult(model, error, sql, execute));
  }
  return refused;
}

/** An ephemeral model has no result of its own: what reads it has its error. */
function errorOf(
  { uniqueId }: ModelNode,
  found: ReadonlyMap<string, Bound>,
  runs: ReadonlySet<string>,
): TechstoreError | null {
  const bound = found.get(uniqueId);
  if (bound?.kind === 'error') return bound.error;
  if (bound?.kind !== 'below' || runs.has(bound.because)) return null;
  const above = found.get(bound.because);
  return above?.kind === 'error' ? above.error : null;
}
