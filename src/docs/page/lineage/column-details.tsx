/** The panel for a column that is followed. */
import { columnName, howBetween } from './graph.js';
import { ItemList, type Item } from './item-list.js';
import type { DetailsProps } from './details-props.js';
import { ReachTools } from './reach-tools.js';

export function ColumnDetails(props: DetailsProps & { readonly column: number }) {
  const { graph, column, onNode, onColumn } = props;
  const about = graph.columns[column];
  if (about === undefined) return null;
  const { node, name, type, sources, outside = [] } = about;
  const item = (other: number, from: number, to: number): Item => ({
    key: other,
    text: columnName(graph, other),
    note: howBetween(graph, from, to),
    go: () => onColumn(other),
  });
  const above = [...new Set(graph.columnsAbove[column])];
  const below = [...new Set(graph.columnsBelow[column])];
  const made: Item[] = [
    ...above.map((other) => item(other, other, column)),
    ...outside.map((text) => ({ key: text, text, note: 'not in this page' })),
  ];
  return (
    <>
      <h2>
        <button type="button" class="quiet" onClick={() => onNode(node)}>
          {graph.nodes[node]?.name}
        </button>
        .{name}
      </h2>
      {type !== null && <p class="side-text">{type}</p>}
      {sources === null && <p class="gap">Its sources are not known.</p>}
      {sources !== null && made.length === 0 && (
        <p class="side-text">It is made of no other column.</p>
      )}
      <ReachTools {...props} />
      <ItemList title="Made of" items={made} />
      <ItemList title="Used by" items={below.map((other) => item(other, column, other))} />
    </>
  );
}
