/** Search, filters, zoom, files. */
import type { LayerColour } from '../../../lineage/layers.js';
import { ExportMenu, type ExportMenuProps } from './export-menu.js';
import { FilterMenu } from './filter-menu.js';
import type { Choices } from './filters.js';
import { Finder } from './finder.js';
import type { PageGraph } from './graph.js';
import type { Match } from './search.js';
import { allNodes, everything, type ViewState } from './view-state.js';
import type { Mover } from './use-viewport.js';

export interface LineageToolbarProps {
  readonly graph: PageGraph;
  readonly choices: Choices;
  readonly colours: ReadonlyMap<string, LayerColour>;
  readonly state: ViewState;
  readonly onState: (state: ViewState) => void;
  readonly onFind: (match: Match) => void;
  /** Null while nothing is drawn. */
  readonly mover: Mover | null;
  readonly exports: ExportMenuProps;
}

export function Toolbar(props: LineageToolbarProps) {
  const { graph, choices, colours, state, onState, onFind, mover, exports } = props;
  const { layers, tags, types } = state;
  return (
    <div class="lineage-tools" role="group" aria-label="Search, filters and zoom">
      <Finder
        graph={graph}
        label={graph.columns.length > 0 ? 'Find a table or column' : 'Find a table'}
        withColumns
        onFind={onFind}
        inputClass="lineage-search"
      />
      <FilterMenu
        title="Layer"
        choices={choices.layers}
        chosen={layers}
        colours={colours}
        onChoose={(chosen) => onState({ ...state, layers: chosen })}
      />
      <FilterMenu
        title="Tag"
        choices={choices.tags}
        chosen={tags}
        onChoose={(chosen) => onState({ ...state, tags: chosen })}
      />
      <FilterMenu
        title="Type"
        choices={choices.types}
        chosen={types}
        onChoose={(chosen) => onState({ ...state, types: chosen })}
      />
      <span class="group">
        <button
          type="button"
          aria-label="Zoom out"
          title="Zoom out (-)"
          onClick={() => mover?.zoom(1 / 1.25)}
        >
          −
        </button>
        <button
          type="button"
          aria-label="Zoom in"
          title="Zoom in (+)"
          onClick={() => mover?.zoom(1.25)}
        >
          +
        </button>
        <button type="button" title="See all of the picture (0)" onClick={() => mover?.fit()}>
          Fit
        </button>
      </span>
      {graph.columns.length > 0 && (
        <button
          type="button"
          aria-pressed={state.open.includes(allNodes)}
          title="Show the columns of all tables"
          onClick={() =>
            onState({ ...state, open: state.open.includes(allNodes) ? [] : [allNodes] })
          }
        >
          All columns
        </button>
      )}
      <button type="button" onClick={() => onState(everything)}>
        Show all
      </button>
      <ExportMenu {...exports} />
    </div>
  );
}
