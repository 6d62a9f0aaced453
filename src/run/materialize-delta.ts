/** Creates the Delta table of a model in one statement, or in two if its contract defines its columns. */
import type { Compiled } from '../dbt/compile.js';
import type { ModelNode } from '../manifest/nodes.js';
import { commentColumns } from './column-comments.js';
import { checkContract } from './contract.js';
import { checkStatements, columnComments, columnList, tableClauses } from './delta-ddl.js';
import type { NodeRun } from './node-run.js';
import { withPlace } from '../dbt/sql-place.js';

/** @returns the number of rows, if the server counts them */
export async function makeDeltaTable(
  node: ModelNode,
  compiled: Compiled,
  run: NodeRun,
): Promise<number | null> {
  const relation = { database: node.database, schema: node.schema, identifier: node.alias };
  const name = run.dialect.renderRelation(relation);
  const clauses = tableClauses(node, relation, run.dialect);
  const fill = async (head: string, linesAfter = ''): Promise<number | null> => {
    try {
      const { rowsChanged } = await run.connection.run(`${head}\n${compiled.sql}${linesAfter}`);
      return rowsChanged;
    } catch (error) {
      throw withPlace(error, node, compiled, head.split('\n').length);
    }
  };
  if (!node.config.contract.enforced) {
    const rows = await fill(`create or replace table ${name}\n${clauses}\nas`);
    if (node.config.persistDocs.columns) {
      await commentColumns(node, run, (columns) => columnComments(columns, name, run.dialect));
    }
    return rows;
  }
  try {
    // Each question is a round trip.
    if (run.contractsHold?.has(node.uniqueId) !== true)
      await checkContract(node, compiled.sql, run.connection, run.dialect);
  } catch (error) {
    throw withPlace(error, node, compiled, 0);
  }
  await run.connection.run(
    `create or replace table ${name} (\n${columnList(node, run.dialect)}\n)\n${clauses}`,
  );
  for (const check of checkStatements(node, name, run.dialect)) await run.connection.run(check);
  const columns = Object.values(node.columns)
    .map((column) => run.dialect.quoteIdentifier(column.name))
    .join(', ');
  return fill(`insert into ${name} (${columns})\nselect ${columns} from (`, '\n) as model');
}
