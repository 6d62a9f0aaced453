/** Databricks SQL in DuckDB's words, for its parser: names and structure stay, functions may not. */
import { Dialect, transpile } from '@polyglot-sql/sdk';

/** Null where the query cannot be read. Loads 23 MB of WebAssembly. */
export function inDuckDBsWords(sql: string): string | null {
  const { success, sql: statements } = transpile(sql, Dialect.Databricks, Dialect.DuckDB);
  const [only, ...more] = statements ?? [];
  if (!success || only === undefined || more.length > 0) return null;
  return only
    .replace(leftOver, (found, words?: string) => {
      if (words === undefined) return found;
      return /^with/i.test(words) ? '' : words.replace(/left\s+/i, '');
    })
    .replace(starCall, (found, name?: string, star?: string, field?: string) => {
      if (field !== undefined) return `row(*COLUMNS(${field}))`;
      if (name === undefined || star === undefined || /^count$/i.test(name)) return found;
      return `${name}(*COLUMNS(${star}))`;
    });
}

const passedOver = String.raw`'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|/\*[\s\S]*?\*/`;

/** Words that the translation leaves in place. */
const leftOver = new RegExp(
  String.raw`${passedOver}|\b(left\s+(?:anti|semi)\s+join|with\s+(?:rollup|cube))\b`,
  'gi',
);

const star = String.raw`((?:(?:\w+|"(?:[^"]|"")*")\.)?\*)`;

/** `hash(*)` and `struct(*)`, which becomes `{'': *}`: all columns, which DuckDB's parser would drop. */
const starCall = new RegExp(String.raw`\b(\w+)\(${star}\)|\{'': ${star}\}|${passedOver}`, 'gi');
