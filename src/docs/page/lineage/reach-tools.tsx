/** How much of the lineage of the focus is shown, and the path to another table. */
import { Finder } from './finder.js';
import type { DetailsProps } from './details-props.js';
import { pathTo } from './state-changes.js';
import type { Depth, ViewState } from './view-state.js';

const depths: readonly Depth[] = [0, 1, 2, 3, 4, 5, 10];

export function ReachTools({ graph, shown, state, onState }: DetailsProps) {
  const other = state.to === null ? undefined : graph.indexOf.get(state.to);
  if (other !== undefined) {
    return (
      <div class="reach">
        <p>
          {shown.noPath ? 'No path leads to ' : 'Paths to '}
          <strong>{graph.nodes[other]?.name}</strong>
        </p>
        <button type="button" onClick={() => onState({ ...state, to: null })}>
          End the path
        </button>
      </div>
    );
  }
  return (
    <div class="reach">
      <label class="check">
        <input
          type="checkbox"
          checked={shown.only}
          onChange={({ currentTarget }) => onState({ ...state, only: currentTarget.checked })}
        />
        Only its lineage
      </label>
      <DepthChoice
        label="Steps up"
        depth={shown.up}
        asked={state.up}
        onDepth={(up) => onState({ ...state, up })}
      />
      <DepthChoice
        label="Steps down"
        depth={shown.down}
        asked={state.down}
        onDepth={(down) => onState({ ...state, down })}
      />
      <Finder
        graph={graph}
        label="Path to another table"
        withColumns={false}
        onFind={({ node }) => {
          const id = graph.nodes[node]?.id;
          if (id !== undefined && id !== state.focus) onState(pathTo(state, id));
        }}
      />
    </div>
  );
}

interface DepthChoiceProps {
  readonly label: string;
  /** What is shown. */
  readonly depth: Depth;
  readonly asked: ViewState['up'];
  readonly onDepth: (depth: Depth) => void;
}

function DepthChoice({ label, depth, asked, onDepth }: DepthChoiceProps) {
  const value = asked === 'auto' ? depth : asked;
  const offered = value === null || depths.includes(value) ? depths : [...depths, value];
  return (
    <label class="choice">
      {label}
      <select
        value={value ?? 'all'}
        onChange={({ currentTarget }) =>
          onDepth(currentTarget.value === 'all' ? null : Number(currentTarget.value))
        }
      >
        {offered.map((steps) => (
          <option key={steps} value={steps ?? 'all'}>
            {steps}
          </option>
        ))}
        <option value="all">all</option>
      </select>
    </label>
  );
}
