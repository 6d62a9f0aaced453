/** `a // b`, which DuckDB divides by and the parser does not read. */

const skipped =
  // Strings (with backslashes after E), quoted names, $tag$ texts, comments: nothing in them divides.
  /(?:\b[eE]'(?:[^'\\]|\\[\s\S]|'')*')|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\/|\/\//g;

/**
 * The same query with `/` for `//`: what its columns are made of stays the same.
 * The text keeps its length, so that places in it stay where they are.
 */
export function withoutFloorDivision(sql: string): string {
  return sql.replace(skipped, (text) => (text === '//' ? ' /' : text));
}
