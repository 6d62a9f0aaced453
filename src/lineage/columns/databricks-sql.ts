/** Databricks SQL in DuckDB's words, for its parser: names and structure stay, functions may not. */
import { Dialect, transpile } from '@polyglot-sql/sdk';

/** Null where the query can not be read. Loads 23 MB of WebAssembly. */
export function inDuckDBsWords(sql: string): string | null {
  const { success, sql: statements } = transpile(sql, Dialect.Databricks, Dialect.DuckDB);
  const [only, ...more] = statements ?? [];
  if (!success || only === undefined || more.length > 0) return null;
  return only.replace(leftOver, (found, words?: string) => {
    if (words === undefined) return found;
    return /^with/i.test(words) ? '' : words.replace(/left\s+/i, '');
  });
}

/** Words that the translation leaves in place; strings, quoted names and comments are passed over. */
const leftOver =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\b(left\s+(?:anti|semi)\s+join|with\s+(?:rollup|cube))\b/gi;
