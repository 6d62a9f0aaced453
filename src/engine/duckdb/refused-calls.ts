/** Functions that no query of others may call: DuckDB takes them for a SELECT, and they change how it works. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { DatabaseError } from '../database-error.js';

/** What switches something on or off, or writes beside the query's answer. */
const changes =
  /^(?:(?:enable|disable)_\w+|(?:force_)?checkpoint|truncate_duckdb_logs|write_log|check_peg_parser)$/i;

/** What runs SQL that stands in a text: nobody can tell what is in it before it runs. */
const runsText = /^(?:query|json_execute_serialized_sql)$/i;

/** A text without any of these words calls none of the functions, however it is quoted. */
const anyOfThem = /able_|checkpoint|truncate_|write_log|peg_parser|query|json_execute/i;

/** @throws DatabaseError `permission` where the SQL calls such a function, at whatever depth */
export async function refuseCalls(driver: DuckDBConnection, sql: string): Promise<void> {
  if (!anyOfThem.test(sql)) return;
  for (const name of await callsOf(driver, sql)) {
    if (changes.test(name))
      throw refusal(`${name}() changes how the database works`, 'Remove the call.');
    if (runsText.test(name))
      throw refusal(`${name}() runs SQL from a string`, 'Write that SQL as the query.');
  }
}

function refusal(what: string, hint: string): DatabaseError {
  return new DatabaseError(`Only queries can run here, but ${what}`, {
    kind: 'permission',
    hint,
  });
}

async function callsOf(driver: DuckDBConnection, sql: string): Promise<Set<string>> {
  const result = await driver.runAndReadAll('SELECT json_serialize_sql($1::VARCHAR)', [sql]);
  const tree = JSON.parse(result.getRows()[0]?.[0] as string) as { error: boolean };
  if (!tree.error) return namesIn(tree);
  // Of EXPLAIN, PIVOT and what can't be parsed there is no tree: every name before a parenthesis
  // counts, in a text or a comment too.
  return new Set(
    [...sql.matchAll(/(\w+)"?\s*(?:\/\*[^]*?\*\/\s*|--.*\n\s*)*\(/g)].map(([, name = '']) => name),
  );
}

function namesIn(tree: unknown): Set<string> {
  const names = new Set<string>();
  const open: unknown[] = [tree];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node === null || typeof node !== 'object') continue;
    for (const [key, value] of Object.entries(node)) {
      if (key === 'function_name' && typeof value === 'string') names.add(value);
      else if (typeof value === 'object' && value !== null) open.push(value);
    }
  }
  return names;
}
