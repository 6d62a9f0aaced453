/** `query`: SQL on the published tables. The engine itself refuses to write. */
import { openBuild, type OpenBuild } from '../../builds/index.js';
import { nearestNames } from '../../ground/did-you-mean.js';
import { DatabaseError } from '../../engine/database-error.js';
import type { Connection, RowStream } from '../../engine/engine.js';
import { visible } from '../../format/visible.js';
import { formatOf } from '../format-choice.js';
import { interrupting } from '../interrupt.js';
import { openProfile } from '../load.js';
import type { FormatOptions, ProjectOptions } from '../options.js';
import { printRows } from '../print-rows.js';
import { boundParams, paramsOf } from '../query-params.js';
import { noSql, sqlInput, withSqlPlace } from '../sql-input.js';
import { tellOnStderr } from '../store-options.js';

export interface QueryOptions extends ProjectOptions, FormatOptions {
  readonly file?: string;
  readonly param?: readonly string[];
  readonly limit: number;
  readonly build?: string;
}

export async function query(text: string | undefined, options: QueryOptions): Promise<void> {
  const given = paramsOf(options.param ?? []);
  const sql = await sqlInput(text, options.file);
  const { profile } = openProfile(options);
  const opened = await openBuild(profile, options.build, tellOnStderr);
  const { engine } = opened;
  const end = interrupting(engine);
  try {
    const reader = await engine.connectReader(opened.schema);
    const wanted = await reader.parameterNames(sql.text);
    await print(
      await reader.stream(sql.text, boundParams(wanted, given)),
      options,
      isPlan(sql.text),
    );
  } catch (error) {
    throw withSqlPlace(error, sql, await tableHint(error, opened));
  } finally {
    end();
    await opened.close();
  }
}

const plans: ReadonlySet<string> = new Set(['explain_key', 'plan']);

function isPlan(sql: string): boolean {
  return /^\s*explain\b/i.test(sql);
}

async function print(answer: RowStream, options: QueryOptions, explains: boolean): Promise<void> {
  const [first] = answer.columns;
  if (first === undefined) throw noSql();
  if (!explains || !plans.has(first.name) || formatOf(options) !== 'table')
    return printRows(answer, options);
  // A plan is a drawing: its lines have to stay lines.
  for await (const rows of answer.batches)
    for (const row of rows) process.stdout.write(`${visible(row.at(-1) as string).trimEnd()}\n`);
}

/** For a table that is not there: the one that may have been meant, in whichever schema it is. */
async function tableHint(error: unknown, opened: OpenBuild): Promise<string | undefined> {
  if (!(error instanceof DatabaseError) || error.kind !== 'catalog') return undefined;
  const missing =
    /Table with name "?([^"]+?)"? does not exist|table or view `(.+?)` cannot be found/i
      .exec(error.message)
      ?.slice(1)
      .find((name) => name !== undefined);
  if (missing === undefined) return undefined;
  const connection = await opened.engine.connect();
  const known = await tablesIn(opened, connection);
  const named = missing.slice(missing.lastIndexOf('.') + 1).replaceAll('`', '');
  // DuckDB's own proposal stands in its message already.
  const near = error.suggestions.length > 0 ? [] : nearestNames(named, known.keys(), 1);
  const guess = near.map((name) => `Did you mean '${known.get(name) ?? name}'? `).join('');
  const list = opened.engine.capabilities.isOwnDatabase ? 'show all tables' : 'show tables';
  return `${guess}techstore query '${list}' lists them.`;
}

/** What has to be written, by the names of the tables. */
async function tablesIn(
  { engine, schema }: OpenBuild,
  connection: Connection,
): Promise<ReadonlyMap<string, string>> {
  const { database } = engine;
  // A catalog of a warehouse holds more than this build.
  if (!engine.capabilities.isOwnDatabase) {
    const relations = await connection.listRelations({ database, schema });
    return new Map(relations.map(({ name }) => [name, name]));
  }
  const { rows } = await connection.query(
    'SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = $1 ORDER BY ALL',
    [database],
  );
  return new Map(
    rows.map(([of, table]) => [table as string, `${of as string}.${table as string}`]),
  );
}
