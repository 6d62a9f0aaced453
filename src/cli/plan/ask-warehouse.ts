/** Asks a warehouse for the columns of models whose inputs are all published: no query runs. */
import type { OpenBuild } from '../../builds/index.js';
import { withPlace } from '../../dbt/sql-place.js';
import type { Connection } from '../../engine/engine.js';
import { DatabaseError } from '../../engine/database-error.js';
import type { TechstoreError } from '../../errors.js';
import type { Compiler } from '../../dbt/compile.js';
import { refusingBackend } from '../../dbt/backend.js';
import type { ModelNode } from '../../manifest/nodes.js';
import type { BoundModel } from '../../plan/bind.js';
import type { Plan } from '../../run/plan.js';

/**
 * @param opened null where nothing is published
 * @returns by unique id, of every model that runs
 */
export async function askWarehouse(
  planned: Plan,
  compiler: Compiler,
  opened: OpenBuild | null,
): Promise<Map<string, BoundModel>> {
  const found = new Map<string, BoundModel>();
  const runs = new Set(planned.run.map((node) => node.uniqueId));
  const connection = opened === null ? null : await opened.engine.connect();
  try {
    for (const model of planned.run) {
      if (model.resourceType !== 'model') continue;
      const compilation = planned.ownTexts.get(model.uniqueId)?.compilation;
      found.set(
        model.uniqueId,
        compilation?.kind === 'fault'
          ? { kind: 'error', error: compilation.error }
          : compilation?.kind !== 'sql'
            ? { kind: 'unchecked', why: 'its SQL depends on what the database answers' }
            : connection === null || opened === null || readsUnbuilt(model, compiler, runs)
              ? { kind: 'unchecked', why: 'the warehouse does not have yet what it reads' }
              : await describe(
                  model,
                  compiler.withManifest(opened.placed(compiler.manifest)),
                  connection,
                ),
      );
    }
  } finally {
    await connection?.release();
  }
  return found;
}

function readsUnbuilt(
  node: ModelNode,
  { manifest }: Pick<Compiler, 'manifest'>,
  runs: ReadonlySet<string>,
): boolean {
  return node.dependsOn.nodes.some((id) => {
    const parent = manifest.nodes.get(id);
    if (parent?.resourceType === 'model' && parent.config.materialized === 'ephemeral')
      return readsUnbuilt(parent, { manifest }, runs);
    return runs.has(id);
  });
}

async function describe(
  model: ModelNode,
  compiler: Compiler,
  connection: Connection,
): Promise<BoundModel> {
  const backend = refusingBackend(() => Promise.reject(new TypeError('SQL asks the database')));
  const compiled = await compiler.compile(model, { backend });
  try {
    return { kind: 'bound', columns: await connection.describe(compiled.sql) };
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    return { kind: 'error', error: withPlace(error, model, compiled, 0) as TechstoreError };
  }
}
