/** Descriptions of columns as comments in the database. */
import { TechstoreError } from '../errors.js';
import type { Column, ModelNode, SeedNode } from '../manifest/nodes.js';
import type { NodeRun } from './node-run.js';

/**
 * Sets comments on existing columns. A documented column that does not exist is a warning, as in
 * dbt, and the table is built nevertheless.
 *
 * @param sqlOf returns the statements for some columns, at least one
 */
export async function commentColumns(
  node: ModelNode | SeedNode,
  run: NodeRun,
  sqlOf: (columns: readonly Column[]) => string,
): Promise<void> {
  const documented = Object.values(node.columns).filter((column) => column.description !== '');
  const comment = async (columns: readonly Column[]): Promise<void> => {
    if (columns.length > 0) await run.connection.run(sqlOf(columns));
  };
  try {
    await comment(documented);
  } catch (error) {
    if (!(error instanceof TechstoreError) || error.code === 'interrupted') throw error;
    // Asked only now: on a warehouse every question takes its time.
    const columns = await run.connection.columnsOf({
      database: node.database,
      schema: node.schema,
      identifier: node.alias,
    });
    const present = new Set(columns.map(({ name }) => name.toLowerCase()));
    const missing = documented.filter(({ name }) => !present.has(name.toLowerCase()));
    if (missing.length === 0) throw error;
    const names = missing.map(({ name }) => `'${name}'`).join(', ');
    run.compiler.session.log.warn(
      `${node.patchPath ?? node.originalFilePath}: the file describes columns that ${node.name} does not have: ${names}`,
    );
    await comment(documented.filter((column) => !missing.includes(column)));
  }
}
