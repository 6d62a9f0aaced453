/** `query`: SQL on the published tables. The engine itself refuses to write. */
import { nearest } from '../../dbt/nearest.js';
import { DatabaseError } from '../../engine/database-error.js';
import type { DuckDBEngine } from '../../engine/duckdb/index.js';
import type { RowStream } from '../../engine/engine.js';
import { visible } from '../../format/visible.js';
import { formatOf } from '../format-choice.js';
import { onInterrupt } from '../interrupt.js';
import { openProfile } from '../load.js';
import { openBuild } from '../open-build.js';
import type { FormatOptions, ProjectOptions } from '../options.js';
import { printRows } from '../print-rows.js';
import { boundParams, paramsOf } from '../query-params.js';
import { noSql, sqlInput, withSqlPlace } from '../sql-input.js';

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
  const { engine } = await openBuild(profile, options.build);
  const { signal, end } = onInterrupt();
  signal.addEventListener('abort', () => engine.interruptAll());
  try {
    const reader = await engine.connectReader(profile.target.schema);
    const wanted = await reader.parameterNames(sql.text);
    await print(await reader.stream(sql.text, boundParams(wanted, given)), options);
  } catch (error) {
    throw withSqlPlace(error, sql, await tableHint(error, engine));
  } finally {
    end();
    await engine.close();
  }
}

async function print(answer: RowStream, options: QueryOptions): Promise<void> {
  if (answer.columns.length === 0) throw noSql();
  if (answer.columns[0]?.name !== 'explain_key' || formatOf(options) !== 'table')
    return printRows(answer, options);
  // A plan is a drawing: its lines have to stay lines.
  for await (const rows of answer.batches)
    for (const row of rows) process.stdout.write(`${visible(row[1] as string).trimEnd()}\n`);
}

/** For a table that is not there: the one that may have been meant, in whichever schema it is. */
async function tableHint(error: unknown, engine: DuckDBEngine): Promise<string | undefined> {
  if (!(error instanceof DatabaseError)) return undefined;
  const missing = /Table with name "?([^"]+?)"? does not exist/.exec(error.message)?.[1];
  if (missing === undefined) return undefined;
  const connection = await engine.connect();
  const { rows } = await connection.query(
    'SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = $1 ORDER BY ALL',
    [engine.database],
  );
  const named = missing.slice(missing.lastIndexOf('.') + 1);
  const known = new Map(
    rows.map(([schema, table]) => [table as string, `${schema as string}.${table as string}`]),
  );
  // DuckDB's own proposal stands in its message already.
  const guess = error.suggestions.length > 0 ? '' : nearest(named, known.keys());
  const full = guess.replace(/'(.+)'/, (_, name: string) => `'${known.get(name) ?? name}'`);
  return `${full}techstore query 'show all tables' lists them.`;
}
