/** The panel while nothing is followed: the same as the picture, to read. */
import { ItemList } from './item-list.js';
import type { DetailsProps } from './details-props.js';
import { toggled } from './state-changes.js';

export interface OverviewProps extends DetailsProps {
  /** Nodes in the order of the picture. */
  readonly order: readonly number[];
}

export function Overview({ graph, state, onState, onNode, order }: OverviewProps) {
  const hidden = state.hidden.filter((id) => graph.indexOf.has(id));
  return (
    <>
      <h2>Tables</h2>
      <p class="side-text">Choose one to see where it comes from and what is made of it.</p>
      <ItemList
        title="Hidden: choose one to show it"
        items={hidden.map((id) => ({
          key: id,
          text: graph.nodes[graph.indexOf.get(id) ?? -1]?.name ?? id,
          go: () => onState({ ...state, hidden: toggled(state.hidden, id) }),
        }))}
      />
      <ItemList
        title="In the picture, from left to right"
        items={order.map((node) => ({
          key: node,
          text: graph.nodes[node]?.name ?? '',
          note: graph.nodes[node]?.layer,
          go: () => onNode(node),
        }))}
      />
    </>
  );
}
