import { join } from 'node:path';
import type { SeedNode } from '../../manifest/nodes.js';
import { type LoadedSeed, loadSeed } from '../../sources/index.js';
import type { NodeRun } from '../node-run.js';
import { sourceDatabase } from '../source-table.js';

/**
 * Loads the file into the seed's table, whose schema must exist, and reports its warnings.
 *
 * @param unknownTypes how to treat types of `column_types` that DuckDB does not know
 */
export async function loadSeedFile(
  node: SeedNode,
  run: Pick<NodeRun, 'connection' | 'dialect' | 'warn'>,
  unknownTypes: 'refuse' | 'text',
): Promise<LoadedSeed & { readonly name: string }> {
  const name = run.dialect.renderRelation({
    database: node.database,
    schema: node.schema,
    identifier: node.alias,
  });
  const loaded = await loadSeed(sourceDatabase(run.connection), {
    path: join(node.rootPath, node.originalFilePath),
    file: node.originalFilePath,
    name: node.name,
    relation: name,
    delimiter: node.config.delimiter,
    columnTypes: new Map(Object.entries(node.config.columnTypes)),
    unknownTypes,
  });
  for (const warning of loaded.warnings) run.warn?.(warning);
  return { ...loaded, name };
}
