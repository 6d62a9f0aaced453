/** `--columns` in a terminal: the columns of each table with their sources. */
import { treeLines, type TreeItem, type TreeOptions } from './formats/tree.js';
import { columnKey, columnsByNode, nameOfId } from './columns-of.js';
import { layerColours } from './layers.js';
import type { Lineage, LineageColumn } from './lineage.js';

export function columnList({ nodes, columns, gaps = {} }: Lineage, options: TreeOptions): string {
  const colours = layerColours(nodes);
  const byNode = columnsByNode(columns);
  const names = new Map(nodes.map(({ id, name }) => [id, name]));
  const roots = nodes
    .filter(({ id }) => byNode.has(id) || id in gaps)
    .map(({ id, name, layer }): TreeItem => {
      return { key: id, name, note: gaps[id] ?? '', colour: colours.get(layer)?.terminal };
    });
  const below = ({ key }: TreeItem): TreeItem[] =>
    (byNode.get(key) ?? []).map((column) => ({
      key: columnKey(column),
      name: column.column,
      note: sourcesText(column, names),
      colour: undefined,
    }));
  return roots.map((root) => `${treeLines([root], below, options).join('\n')}\n`).join('\n');
}

function sourcesText({ sources }: LineageColumn, names: ReadonlyMap<string, string>): string {
  if (sources === null) return 'sources unknown';
  if (sources.length === 0) return '';
  const texts = sources.map(({ node: from, column, how }) => {
    const name = `${names.get(from) ?? nameOfId(from)}.${column}`;
    return how === null || how === 'direct' ? name : `${name} (${how})`;
  });
  return `← ${texts.join(', ')}`;
}
