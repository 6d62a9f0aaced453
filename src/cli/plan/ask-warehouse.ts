/** Asks a warehouse for the columns of models whose inputs are all published: no query runs. */
import type { OpenBuild } from '../../builds/index.js';
import { withPlace } from '../../dbt/sql-place.js';
import type { Connection } from '../../engine/engine.js';
import { DatabaseError } from '../../engine/database-error.js';
import type { TechstoreError } from '../../errors.js';
import type { Compiler } from '../../dbt/compile.js';
import { refusingBackend } from '../../dbt/backend.js';
import { isEphemeral } from '../../manifest/is-ephemeral.js';
import type { Manifest, ModelNode } from '../../manifest/nodes.js';
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
  const { manifest } = compiler;
  const asked =
    opened === null
      ? null
      : {
          connection: await opened.engine.connect(),
          compiler: compiler.withManifest(opened.placed(manifest)),
        };
  const bind = async (model: ModelNode): Promise<BoundModel> => {
    const compilation = planned.ownTexts.get(model.uniqueId)?.compilation;
    if (compilation?.kind === 'fault') return { kind: 'error', error: compilation.error };
    if (compilation?.kind !== 'sql')
      return { kind: 'unchecked', why: 'its SQL depends on what the database answers' };
    if (asked === null || readsUnbuilt(model, manifest, runs))
      return { kind: 'unchecked', why: 'the warehouse does not have yet what it reads' };
    return describe(model, asked.compiler, asked.connection);
  };
  try {
    for (const model of planned.run) {
      if (model.resourceType === 'model') found.set(model.uniqueId, await bind(model));
    }
  } finally {
    await asked?.connection.release();
  }
  return found;
}

function readsUnbuilt(node: ModelNode, manifest: Manifest, runs: ReadonlySet<string>): boolean {
  return node.dependsOn.nodes.some((id) => {
    const parent = manifest.nodes.get(id);
    return isEphemeral(parent) ? readsUnbuilt(parent, manifest, runs) : runs.has(id);
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
