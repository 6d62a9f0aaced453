/** Who reads a column of a table: what names it in its SQL, or takes all columns. */
import type { GraphNode, Manifest } from '../manifest/nodes.js';
import type { OwnText } from './own-text.js';

export interface Readers {
  /** Unique ids of models. */
  readonly tables: readonly string[];
  readonly tests: readonly string[];
  readonly exposures: readonly string[];
  /** Names of metric queries. */
  readonly metrics: readonly string[];
}

export interface ReadersInputs {
  readonly manifest: Manifest;
  readonly ownTexts: ReadonlyMap<string, OwnText>;
  /** SQL by name of the queries that read published tables. */
  readonly metrics: ReadonlyMap<string, string>;
}

/** Direct readers of a column. An exposure names no columns: it counts where it reads the table. */
export function readersOf(inputs: ReadersInputs): (id: string, column: string) => Readers {
  const { manifest, ownTexts, metrics } = inputs;
  const children = childrenOf(manifest);
  return (id, column) => {
    const table = manifest.nodes.get(id);
    const named = word(column);
    const reads = (sql: string): boolean => named.test(sql);
    const found = (children.get(id) ?? []).filter(
      (node) => node.resourceType === 'exposure' || mayRead(node, ownTexts, reads),
    );
    const ids = (...types: readonly GraphNode['resourceType'][]): string[] =>
      found.filter((node) => types.includes(node.resourceType)).map((node) => node.uniqueId);
    const name = table !== undefined && 'alias' in table ? table.alias : '';
    return {
      tables: ids('model'),
      tests: ids('test', 'unit_test'),
      exposures: ids('exposure'),
      metrics: [...metrics]
        .filter(([, sql]) => name !== '' && word(name).test(sql) && reads(sql))
        .map(([metric]) => metric),
    };
  };
}

function mayRead(
  node: GraphNode,
  ownTexts: ReadonlyMap<string, OwnText>,
  reads: (sql: string) => boolean,
): boolean {
  if (node.resourceType === 'unit_test') return reads(JSON.stringify([node.given, node.expect]));
  const sql = ownTexts.get(node.uniqueId)?.sql;
  // Where nothing is known of its SQL, its file may tell.
  if (typeof sql !== 'string') return 'rawCode' in node && reads(node.rawCode);
  return reads(sql) || /(?:select|,|\.)\s*(?:distinct)?\*|^from\b|\(from\b/i.test(sql);
}

function childrenOf(manifest: Manifest): Map<string, GraphNode[]> {
  const children = new Map<string, GraphNode[]>();
  for (const node of manifest.nodes.values()) {
    for (const parent of new Set(node.dependsOn.nodes)) {
      const list = children.get(parent);
      if (list === undefined) children.set(parent, [node]);
      else list.push(node);
    }
  }
  return children;
}

function word(name: string): RegExp {
  return new RegExp(`(?<![\\w$])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w$])`, 'i');
}
