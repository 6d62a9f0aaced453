/** One column as a tree: what it is made of, and what is made of it. */
import type { TreeItem, TreeOptions } from './formats/tree.js';
import { columnKey, columnsBelow } from './columns-of.js';
import { layerColours } from './layers.js';
import type { ColumnRef, How, Lineage } from './lineage.js';
import { aroundText } from './node-tree.js';

export function columnTree(lineage: Lineage, focus: ColumnRef, options: TreeOptions): string {
  const { nodes, columns = [], gaps = {} } = lineage;
  const colours = layerColours(nodes);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const byKey = new Map(columns.map((column) => [columnKey(column), column]));
  const item = (ref: ColumnRef, how: How): TreeItem => {
    const node = byId.get(ref.node);
    const known = byKey.get(columnKey(ref));
    const unknown = known?.sources === null ? 'sources unknown' : '';
    return {
      key: columnKey(ref),
      name: `${node?.name ?? ref.node}.${known?.column ?? ref.column}`,
      note: [how ?? '', unknown].filter((part) => part !== '').join(' · '),
      colour: node === undefined ? undefined : colours.get(node.layer)?.terminal,
    };
  };
  const below = columnsBelow(columns);
  const down = ({ key }: TreeItem): TreeItem[] =>
    (below.get(key) ?? []).map((column) => {
      const source = column.sources?.find((s) => columnKey(s) === key);
      return item(column, source?.how ?? null);
    });
  const up = ({ key }: TreeItem): TreeItem[] =>
    (byKey.get(key)?.sources ?? [])
      .filter((source) => byKey.has(columnKey(source)))
      .map((source) => item(source, source.how));
  const root = item(focus, null);
  const type = byKey.get(columnKey(focus))?.type ?? '';
  const note = [type, root.note].filter((part) => part !== '').join(' · ');
  const text = aroundText({ ...root, note }, up, down, options);
  const shown = new Set(columns.map(({ node }) => node));
  const missing = Object.entries(gaps).filter(([id]) => shown.has(id));
  const lines = missing.map(([id, gap]) => `  ${byId.get(id)?.name ?? id}: ${gap}`);
  return lines.length === 0
    ? text
    : `${text}\nSome columns could not be traced:\n${lines.join('\n')}\n`;
}
