/** The node or column that a user names. */
import { TechstoreError } from '../errors.js';
import { nearestNames } from '../ground/did-you-mean.js';
import type { ColumnLineage, ColumnRef } from '../lineage/index.js';
import { nodeName } from '../manifest/node-name.js';
import type { GraphNode, Manifest } from '../manifest/nodes.js';

const tables = new Set(['model', 'seed', 'source']);

/**
 * By name (`silver_orders`, `techstore.orders` for a table of a source) or unique id;
 * a model before a seed, a seed before what has no table.
 *
 * @throws TechstoreError `usage` with the names that are near, or some that there are
 */
export function findNode(manifest: Manifest, name: string): GraphNode {
  const node = lookUp(manifest, name);
  if (node !== undefined) return node;
  throw unknown(`There is no model, source, seed or exposure named '${name}'`, name, [
    ...namesOf(manifest),
  ]);
}

/**
 * The node of `MODEL.COLUMN`, and the column as it was written.
 *
 * @throws TechstoreError `usage`
 */
export function findColumnNode(
  manifest: Manifest,
  text: string,
): { node: GraphNode; column: string } {
  for (let dot = text.lastIndexOf('.'); dot > 0; dot = text.lastIndexOf('.', dot - 1)) {
    const node = lookUp(manifest, text.slice(0, dot));
    const column = text.slice(dot + 1);
    if (node !== undefined && tables.has(node.resourceType) && column !== '') {
      return { node, column };
    }
  }
  const dot = text.lastIndexOf('.');
  if (dot <= 0 || dot === text.length - 1) {
    throw new TechstoreError('usage', `'${text}' is not a column name`, {
      hint: 'Write it as MODEL.COLUMN, such as gold_sales_metrics.daily_revenue.',
    });
  }
  const name = text.slice(0, dot);
  throw unknown(`There is no model, source or seed named '${name}'`, name, [
    ...namesOf(manifest, (node) => tables.has(node.resourceType)),
  ]);
}

/** @throws TechstoreError `usage` when the node has no such column */
export function columnOf(
  node: GraphNode,
  column: string,
  { columns, gaps }: ColumnLineage,
): ColumnRef {
  const own = columns.filter((c) => c.node === node.uniqueId).map((c) => c.column);
  const found = own.find((name) => name.toLowerCase() === column.toLowerCase());
  if (found !== undefined) return { node: node.uniqueId, column: found };
  const gap = gaps[node.uniqueId];
  if (own.length === 0 && gap !== undefined) {
    throw new TechstoreError('usage', `The columns of ${nodeName(node)} are unknown: ${gap}`, {
      place: { file: node.originalFilePath },
    });
  }
  throw unknown(`${nodeName(node)} has no column '${column}'`, column, own);
}

function lookUp(manifest: Manifest, name: string): GraphNode | undefined {
  const byId = manifest.nodes.get(name);
  if (byId !== undefined) return byId;
  const order = ['model', 'seed', 'source', 'exposure', 'analysis', 'test', 'unit_test'];
  return [...manifest.nodes.values()]
    .filter((node) => nodeName(node) === name)
    .sort((a, b) => order.indexOf(a.resourceType) - order.indexOf(b.resourceType))[0];
}

function* namesOf(
  manifest: Manifest,
  filter: (node: GraphNode) => boolean = (node) =>
    tables.has(node.resourceType) || node.resourceType === 'exposure',
): Iterable<string> {
  for (const node of manifest.nodes.values()) if (filter(node)) yield nodeName(node);
}

/** More choices than these are not read. */
const most = 40;

function unknown(message: string, name: string, choices: readonly string[]): TechstoreError {
  const near = nearestNames(name, choices);
  const sorted = [...new Set(choices)].sort();
  const listed =
    sorted.length <= most
      ? `The names are: ${sorted.join(', ')}.`
      : `There are ${sorted.length} names. techstore ls lists them.`;
  const meant = near.length === 0 ? '' : `Did you mean ${near.map((n) => `'${n}'`).join(' or ')}? `;
  return new TechstoreError('usage', message, { hint: `${meant}${listed}` });
}
