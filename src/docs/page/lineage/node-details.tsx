/** The panel for a table that is followed. */
import { columnsOf } from './graph.js';
import { ItemList } from './item-list.js';
import type { DetailsProps } from './details-props.js';
import { ReachTools } from './reach-tools.js';
import { hide, toggled } from './state-changes.js';

export function NodeDetails(props: DetailsProps & { readonly node: number }) {
  const { graph, node, state, onState, onNode, onColumn, hrefOf } = props;
  const about = graph.nodes[node];
  if (about === undefined) return null;
  const { id, name, type, materialized, layer, tags, description, path, gap } = about;
  const facts = [...new Set([type, materialized, layer, ...tags])].filter((word) => word);
  const columns = columnsOf(graph, node);
  const nodes = (places: readonly number[]) =>
    places.map((place) => ({
      key: place,
      text: graph.nodes[place]?.name ?? '',
      note: graph.nodes[place]?.layer,
      go: () => onNode(place),
    }));
  return (
    <>
      <h2>{name}</h2>
      <p class="side-text">{facts.join(' · ')}</p>
      {description !== '' && <p class="description">{description}</p>}
      <p class="side-text">{path}</p>
      {gap !== null && <p class="gap">Not all columns are known: {gap}</p>}
      <p class="actions">
        {hrefOf !== undefined && <a href={hrefOf(id)}>Open its page</a>}
        <button type="button" onClick={() => onState(hide(state, id))}>
          Hide
        </button>
        {columns.length > 0 && (
          <button
            type="button"
            aria-pressed={state.open.includes(id)}
            onClick={() => onState({ ...state, open: toggled(state.open, id) })}
          >
            Keep columns open
          </button>
        )}
      </p>
      <ReachTools {...props} />
      <ItemList title="Upstream" items={nodes(graph.parents[node] ?? [])} />
      <ItemList title="Downstream" items={nodes(graph.children[node] ?? [])} />
      <ItemList
        title="Columns"
        items={columns.map((column) => ({
          key: column,
          text: graph.columns[column]?.name ?? '',
          note: graph.columns[column]?.type,
          go: () => onColumn(column),
        }))}
      />
    </>
  );
}
