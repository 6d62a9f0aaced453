/** Counts of rejected rows by source table and reason, for the summary. */
import { DatabaseError, type DatabaseErrorKind } from '../engine/database-error.js';
import { asText } from '../ground/as-text.js';
import { rejectedRowsOf } from '../manifest/rejected-rows.js';
import type { Manifest } from '../manifest/nodes.js';
import type { NodeRun } from './node-run.js';

/** Kinds of database errors that wrong expressions in the meta cause. */
const ofTheSql: ReadonlySet<DatabaseErrorKind> = new Set<DatabaseErrorKind>([
  'parser',
  'binder',
  'catalog',
  'conversion',
  'invalid-input',
]);

/** Empty if no model is declared to hold rejected rows. A wrong declaration is a warning. */
export async function rejectedRows(
  manifest: Manifest,
  run: NodeRun,
): Promise<[string, string, number][]> {
  const found = rejectedRowsOf(manifest);
  if (found === null) return [];
  const { model, table, reason } = found;
  const relation = { database: model.database, schema: model.schema, identifier: model.alias };
  if ((await run.connection.relationType(relation)) === null) return [];
  try {
    const { rows } = await run.connection.query(
      `select ${table}, ${reason}, count(*) from ${run.dialect.renderRelation(relation)} group by all order by 1, 3 desc, 2`,
    );
    return rows.map(([from, why, count]) => [
      asText(from ?? null) ?? '',
      asText(why ?? null) ?? '',
      Number(count),
    ]);
  } catch (error) {
    if (!(error instanceof DatabaseError) || !ofTheSql.has(error.kind)) throw error;
    const [said] = error.message.split('\n', 1);
    run.warn?.(
      `The summary cannot count rejected rows: meta.techstore.rejected_rows of ${model.name} (${model.patchPath ?? model.originalFilePath}) does not match the columns of ${model.name}: ${said ?? ''}`,
    );
    return [];
  }
}
