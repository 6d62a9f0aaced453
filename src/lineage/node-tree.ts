/** The graph of nodes as a tree in the terminal. */
import { treeLines, type TreeItem, type TreeOptions } from './formats/tree.js';
import { layerColours } from './layers.js';
import type { Lineage, LineageNode } from './lineage.js';

export interface NodeTreeOptions extends TreeOptions {
  /** The node in the middle: one tree leads up from it and one down. Null: from all beginnings down. */
  readonly focus: string | null;
}

export function nodeTree({ nodes, edges }: Lineage, options: NodeTreeOptions): string {
  const colours = layerColours(nodes);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const item = (node: LineageNode): TreeItem => ({
    key: node.id,
    name: node.name,
    note: noteOf(node),
    colour: colours.get(node.layer)?.terminal,
  });
  const links = (from: 'from' | 'to', to: 'from' | 'to'): ((of: TreeItem) => TreeItem[]) => {
    const map = new Map<string, TreeItem[]>();
    for (const edge of edges) {
      const node = byId.get(edge[to]);
      if (node === undefined) continue;
      const list = map.get(edge[from]);
      if (list === undefined) map.set(edge[from], [item(node)]);
      else list.push(item(node));
    }
    return ({ key }) => map.get(key) ?? [];
  };
  const [down, up] = [links('from', 'to'), links('to', 'from')];
  const focus = options.focus === null ? undefined : byId.get(options.focus);
  if (focus === undefined) {
    const roots = nodes.map(item).filter((root) => up(root).length === 0);
    return `${treeLines(roots, down, options).join('\n')}\n`;
  }
  return aroundText(item(focus), up, down, options);
}

/** Both ways from one item, each under its heading. */
export function aroundText(
  focus: TreeItem,
  up: (item: TreeItem) => readonly TreeItem[],
  down: (item: TreeItem) => readonly TreeItem[],
  options: TreeOptions,
): string {
  const parts = [treeLines([focus], () => [], options)];
  for (const [heading, next] of [
    ['upstream', up],
    ['downstream', down],
  ] as const) {
    const first = next(focus);
    if (first.length === 0) continue;
    const root = { key: heading, name: heading, note: '', colour: undefined };
    parts.push(treeLines([root], (of) => (of === root ? first : next(of)), options));
  }
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function noteOf({ type, layer, materialized, tags }: LineageNode): string {
  const kind = type === 'model' ? (materialized ?? type) : type;
  const words = [kind, ...(layer === type ? [] : [layer]), ...tags.filter((tag) => tag !== layer)];
  return words.join(' · ');
}
