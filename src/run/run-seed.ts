/** Loads a seed that stands for no source, as dbt does. */
import { join } from 'node:path';
import type { SeedNode } from '../manifest/nodes.js';
import { type LoadedSeed, loadSeed, type SourceDatabase } from '../sources/index.js';
import type { Connection } from '../engine/engine.js';
import { ensureSchema, type NodeRun } from './node-run.js';
import { persistDocs, runHooks, type Made } from './materialize.js';

export function sourceDatabase(connection: Connection): SourceDatabase {
  return {
    run: async (sql) => void (await connection.run(sql)),
    rows: async (sql) => (await connection.query(sql)).rows,
    checkInterrupt: () => {
      connection.checkInterrupt();
    },
  };
}

export async function runSeed(node: SeedNode, run: NodeRun): Promise<Made> {
  if (run.compiler.session.target.type === 'databricks') {
    const { runSeedInWarehouse } = await import('./warehouse/load-seeds.js');
    return runSeedInWarehouse(node, run);
  }
  return runSeedInDuckDB(node, run);
}

export async function runSeedInDuckDB(node: SeedNode, run: NodeRun): Promise<Made> {
  await ensureSchema(run, node);
  await runHooks(node.config.preHook, node, run);
  const { name, rows } = await loadSeedFile(node, run, 'refuse');
  await persistDocs(node, name, run);
  await runHooks(node.config.postHook, node, run);
  return { rows, relationName: name, message: 'seed' };
}

/**
 * Loads the file into the seed's table, whose schema is there, and tells its warnings.
 *
 * @param unknownTypes what becomes of types of `column_types` that DuckDB does not know
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
