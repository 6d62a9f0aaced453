/** Creates the relation of a model from its compiled SQL. */
import { TechstoreError } from '../errors.js';
import type { Compiled } from '../dbt/compile.js';
import type { Hook } from '../manifest/config.js';
import type { ModelNode, SeedNode } from '../manifest/nodes.js';
import { commentColumns } from './column-comments.js';
import { checkContract, tableDefinition } from './contract.js';
import { makeDeltaTable } from './materialize-delta.js';
import type { Made } from './made.js';
import { ensureSchema, type NodeRun } from './node-run.js';
import { hookFailed, placeOfHook } from '../dbt/hook-place.js';
import { withPlace } from '../dbt/sql-place.js';

const table = { relationType: 'table', message: 'table' } as const;

const supported = ['view', 'table', 'ephemeral', 'external', 'table_function'] as const;

/** @throws TechstoreError `unsupported` for a materialization that techstore does not support. */
export function checkMaterialization(node: ModelNode): void {
  const { materialized } = node.config;
  if ((supported as readonly string[]).includes(materialized)) return;
  const known = ['incremental', 'snapshot', 'materialized_view'].includes(materialized);
  throw new TechstoreError(
    'unsupported',
    `${node.name} is materialized as ${materialized}, which is ${known ? 'not supported yet' : 'unknown'}`,
    { place: { file: node.originalFilePath }, hint: `Use one of: ${supported.join(', ')}.` },
  );
}

export async function makeModel(node: ModelNode, compiled: Compiled, run: NodeRun): Promise<Made> {
  const relation = { database: node.database, schema: node.schema, identifier: node.alias };
  const name = run.dialect.renderRelation(relation);
  const onDelta = run.capabilities.tableFormat === 'delta';
  await ensureSchema(run, node);
  await runHooks(node.config.preHook, node, run);
  const { materialized } = node.config;
  if (materialized === 'external' || materialized === 'table_function') {
    const own =
      materialized === 'external'
        ? await (await import('./materialize-external.js')).makeExternal(node, name, compiled, run)
        : await makeTableFunction(node, name, compiled, run);
    if (materialized === 'external') await persistDocs(node, name, run);
    await runHooks(node.config.postHook, node, run);
    return own;
  }
  const made =
    node.config.materialized === 'view'
      ? await makeView(node, name, compiled, run)
      : onDelta
        ? {
            rows: await makeDeltaTable(node, compiled, run),
            relationName: name,
            ...table,
          }
        : await makeTable(node, name, compiled, run);
  // A Delta table is made with its comments.
  if (!onDelta || node.config.materialized === 'view') await persistDocs(node, name, run);
  await runHooks(node.config.postHook, node, run);
  return made;
}

async function makeView(
  node: ModelNode,
  name: string,
  compiled: Compiled,
  run: NodeRun,
): Promise<Made> {
  if (node.config.contract.enforced)
    await guarded(node, compiled, 0, () =>
      checkContract(node, compiled.sql, run.connection, run.dialect),
    );
  await guarded(node, compiled, 1, () =>
    run.connection.run(`create or replace view ${name} as (\n${compiled.sql}\n)`),
  );
  return { rows: null, relationName: name, relationType: 'view', message: 'view' };
}

/** A table macro of DuckDB. It is called with parentheses: `from model_name(2024)`. */
async function makeTableFunction(
  node: ModelNode,
  name: string,
  compiled: Compiled,
  run: NodeRun,
): Promise<Made> {
  if (run.external === undefined) {
    throw new TechstoreError(
      'unsupported',
      `${node.name} is a table function, which this database does not have`,
      { place: { file: node.originalFilePath }, hint: 'Use table or view.' },
    );
  }
  const { parameters } = node.config.extra;
  const one = typeof parameters === 'string' ? parameters : '';
  const list = Array.isArray(parameters) ? parameters.join(', ') : one;
  await guarded(node, compiled, 1, () =>
    run.connection.run(
      `create or replace function ${name}(${list}) as table (\n${compiled.sql}\n)`,
    ),
  );
  return { rows: null, relationName: name, relationType: null, message: 'table_function' };
}

async function makeTable(
  node: ModelNode,
  name: string,
  compiled: Compiled,
  run: NodeRun,
): Promise<Made> {
  if (!node.config.contract.enforced) {
    const { rowsChanged } = await guarded(node, compiled, 1, () =>
      run.connection.run(`create or replace table ${name} as (\n${compiled.sql}\n)`),
    );
    return { rows: rowsChanged, relationName: name, ...table };
  }
  await guarded(node, compiled, 0, () =>
    checkContract(node, compiled.sql, run.connection, run.dialect),
  );
  await run.connection.run(
    `create or replace table ${name} (\n  ${tableDefinition(node, run.dialect)}\n)`,
  );
  const columns = Object.values(node.columns).map((column) =>
    run.dialect.quoteIdentifier(column.name),
  );
  try {
    const { rowsChanged } = await guarded(node, compiled, 1, () =>
      run.connection.run(
        `insert into ${name} (${columns.join(', ')}) select ${columns.join(', ')} from (\n${compiled.sql}\n) as model`,
      ),
    );
    return { rows: rowsChanged, relationName: name, ...table };
  } catch (error) {
    // An empty table in the kept candidate would look like a model that gives no rows.
    await run.connection.run(`drop table if exists ${name}`).catch(() => undefined);
    throw error;
  }
}

async function guarded<T>(
  node: ModelNode,
  compiled: Compiled,
  linesBefore: number,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw withPlace(error, node, compiled, linesBefore);
  }
}

export async function runHooks(
  hooks: readonly Hook[],
  node: ModelNode | SeedNode,
  run: NodeRun,
): Promise<void> {
  for (const hook of hooks) {
    const place = placeOfHook(hook.sql, node, run.compiler.session.projectRoot);
    const origin = await run.compiler.renderPlaced(hook.sql, place, node, { backend: run.backend });
    const sql = origin.text;
    if (sql.trim() === '') continue;
    try {
      await run.connection.run(sql);
    } catch (error) {
      throw hookFailed(`A hook of ${node.name}`, error, { sql, origin }, place);
    }
  }
}

/** Writes descriptions as comments to the database, if persist_docs is set. */
export async function persistDocs(
  node: ModelNode | SeedNode,
  name: string,
  run: NodeRun,
): Promise<void> {
  const { persistDocs: wanted, materialized } = node.config;
  const literal = (text: string): string => run.dialect.quoteLiteral(text);
  if (wanted.relation && node.description !== '') {
    const kind = materialized === 'view' ? 'view' : 'table';
    await run.connection.run(`comment on ${kind} ${name} is ${literal(node.description)}`);
  }
  if (!wanted.columns) return;
  await commentColumns(node, run, (columns) =>
    columns
      .map(
        (column) =>
          `comment on column ${name}.${run.dialect.quoteIdentifier(column.name)} is ${literal(column.description)}`,
      )
      .join(';\n'),
  );
}
