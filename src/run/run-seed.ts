/** Loads a seed: by the strict grammar where its columns have types, else with types found in the values. */
import { join } from 'node:path';
import type { SeedNode } from '../manifest/nodes.js';
import { loadCsv, readHeader, type SourceDatabase } from '../sources/index.js';
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
  const name = run.dialect.renderRelation({
    database: node.database,
    schema: node.schema,
    identifier: node.alias,
  });
  await ensureSchema(run, node);
  await runHooks(node.config.preHook, node, run);
  const path = join(node.rootPath, node.originalFilePath);
  const header = await readHeader(path, node.originalFilePath);
  const types = new Map(
    Object.entries(node.config.columnTypes).map(([column, type]) => [column.toLowerCase(), type]),
  );
  const db = sourceDatabase(run.connection);
  const rows = await loadCsv(db, {
    path,
    file: node.originalFilePath,
    relation: name,
    columns: header.map((column) => ({
      name: column,
      type: types.get(column.toLowerCase()) ?? 'TEXT',
    })),
  });
  const untyped = header.filter((column) => !types.has(column.toLowerCase()));
  if (untyped.length > 0) await giveTypes(name, untyped, run);
  await persistDocs(node, name, run);
  await runHooks(node.config.postHook, node, run);
  return { rows, relationName: name, message: 'seed' };
}

/** Types that dbt gives to a seed's columns, the first that every value has. */
const candidates: readonly { readonly type: string; readonly pattern: string }[] = [
  { type: 'bigint', pattern: '[+-]?[0-9]{1,18}' },
  { type: 'double', pattern: '[+-]?[0-9]+(\\.[0-9]+)?' },
  { type: 'date', pattern: '[0-9]{4}-[0-9]{2}-[0-9]{2}' },
  {
    type: 'timestamp',
    pattern: '[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,6})?',
  },
  { type: 'boolean', pattern: '(?i)(true|false|yes|no|y|n|t|f)' },
];

async function giveTypes(name: string, columns: readonly string[], run: NodeRun): Promise<void> {
  const quoted = (column: string): string => run.dialect.quoteIdentifier(column);
  const checks = columns.flatMap((column) =>
    candidates.map(
      ({ type, pattern }) =>
        `coalesce(bool_and(regexp_full_match(${quoted(column)}, ${run.dialect.quoteLiteral(pattern)}) and try_cast(${quoted(column)} as ${type}) is not null) filter (where ${quoted(column)} <> 'null'), false)`,
    ),
  );
  const { rows } = await run.connection.query(`select ${checks.join(', ')} from ${name}`);
  const answers = rows[0] ?? [];
  const changes = columns.flatMap((column, c) => {
    const found = candidates.find((_, i) => answers[c * candidates.length + i] === true);
    if (found === undefined) return [];
    return `alter table ${name} alter column ${quoted(column)} type ${found.type} using cast(nullif(${quoted(column)}, 'null') as ${found.type})`;
  });
  if (changes.length > 0) await run.connection.run(changes.join(';\n'));
}
