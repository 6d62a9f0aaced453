/** Where a query writes one of its columns. */

/** A node of DuckDB's syntax tree. */
type Tree = Readonly<Record<string, unknown>>;

/**
 * @param tree of the whole query
 * @param index of the column among `count` that the query gives
 * @returns place of its expression in the outer select list; null where a star or something else hides it
 */
export function placeOfColumn(
  tree: Tree,
  sql: string,
  index: number,
  count: number,
): { line: number; column: number } | null {
  let node: unknown = tree;
  // Of a set operation the first query names the columns.
  while (isTree(node) && isTree(node['left'])) node = node['left'];
  const list = isTree(node) ? node['select_list'] : undefined;
  if (!Array.isArray(list) || list.length !== count) return null;
  const items = list as unknown[];
  if (items.some((item) => isTree(item) && item['class'] === 'STAR')) return null;
  const at = firstLocation(items[index]);
  if (at === null) return null;
  // The tree counts bytes.
  const before = Buffer.from(sql).subarray(0, at).toString();
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') };
}

/** The smallest location in an expression: where its text begins. */
function firstLocation(item: unknown): number | null {
  if (Array.isArray(item)) return least(item.map(firstLocation));
  if (!isTree(item)) return null;
  const own = item['query_location'];
  const inner = Object.values(item).map(firstLocation);
  return least([typeof own === 'number' && own < 2 ** 40 ? own : null, ...inner]);
}

function least(numbers: readonly (number | null)[]): number | null {
  const found = numbers.filter((number) => number !== null);
  return found.length === 0 ? null : Math.min(...found);
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
