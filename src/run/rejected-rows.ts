/** Rows set aside, by source table and reason, for the summary. */
import type { Manifest } from '../manifest/nodes.js';
import type { NodeRun } from './node-run.js';
import { asText } from './run-data-test.js';

/** The model that says which rows were set aside, where a project has it. */
export const rejectedRowsModel = 'silver_rejected_rows';

export async function rejectedRows(
  manifest: Manifest,
  run: NodeRun,
): Promise<[string, string, number][]> {
  const node = [...manifest.nodes.values()].find(
    (candidate) => candidate.resourceType === 'model' && candidate.name === rejectedRowsModel,
  );
  if (node?.resourceType !== 'model') return [];
  const relation = { database: node.database, schema: node.schema, identifier: node.alias };
  if ((await run.connection.relationType(relation)) === null) return [];
  const { rows } = await run.connection.query(
    `select source_table, reason, count(*) from ${run.dialect.renderRelation(relation)} group by all order by 1, 3 desc, 2`,
  );
  return rows.map(([table, reason, count]) => [
    asText(table ?? null) ?? '',
    asText(reason ?? null) ?? '',
    Number(count),
  ]);
}
