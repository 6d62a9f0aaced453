/** The lineage as a picture that is followed, filtered and taken along; the whole page or a part of one. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { layerColours } from '../../../lineage/layers.js';
import { ColumnDetails } from './column-details.js';
import { exportAs } from './export-as.js';
import { choicesOf } from './filters.js';
import { graphOf } from './graph.js';
import { Legend } from './legend.js';
import type { LineageData } from './lineage-data.js';
import { NodeDetails } from './node-details.js';
import { Overview } from './overview.js';
import { Picture } from './picture.js';
import { shownOf } from './shown-of.js';
import { follow, letGo, toggleColumns } from './state-changes.js';
import { statusOf } from './status.js';
import { Toolbar } from './toolbar.js';
import { useDrawing } from './use-drawing.js';
import { useLineageKeys } from './use-lineage-keys.js';
import type { Mover } from './use-viewport.js';
import type { ViewState } from './view-state.js';

export interface LineageViewProps {
  readonly data: LineageData;
  /** What is shown: `readViewState` reads it from an address. */
  readonly state: ViewState;
  /** Asks for another state: the caller keeps it in the address, and gives it back. */
  readonly onState: (state: ViewState) => void;
  /** Address of the page of a node, by its unique id. Default: there is none. */
  readonly hrefOf?: ((id: string) => string) | undefined;
}

const help =
  'Lineage. Arrow keys move the picture, plus and minus zoom, 0 fits it, Tab goes through the tables, Enter follows one, Escape shows all, / searches.';

export function LineageView({ data, state, onState, hrefOf }: LineageViewProps) {
  const graph = useMemo(() => graphOf(data), [data]);
  const colours = useMemo(() => layerColours(graph.nodes), [graph]);
  const choices = useMemo(() => choicesOf(graph.nodes), [graph]);
  const shown = useMemo(() => shownOf(graph, state), [graph, state]);
  const { drawing, trouble, measure } = useDrawing(graph, shown);
  const [mover, setMover] = useState<Mover | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const host = useRef<HTMLDivElement>(null);

  const idOf = (node: number): string => graph.nodes[node]?.id ?? '';
  const onNode = (node: number): void => onState(follow(state, idOf(node)));
  const onColumn = (number: number): void => {
    const column = graph.columns[number];
    if (column !== undefined) onState(follow(state, idOf(column.node), column.name));
  };
  const onLetGo = (): void => {
    if (state.focus !== null) onState(letGo(state));
  };
  useLineageKeys(host, mover, onLetGo);
  useEffect(() => setProblem(null), [drawing]);

  const status = statusOf(graph, shown, state);
  const panel = { graph, shown, state, onState, onNode, onColumn, hrefOf };
  return (
    <div class="lineage" ref={host}>
      <Toolbar
        graph={graph}
        choices={choices}
        colours={colours}
        state={state}
        onState={onState}
        onFind={({ node, column }) => (column === null ? onNode(node) : onColumn(column))}
        mover={mover}
        exports={{
          isReady: drawing !== null,
          onExport: (kind) => {
            if (drawing === null) return;
            exportAs(kind, drawing, measure).catch((error: unknown) => {
              setProblem(error instanceof Error ? error.message : String(error));
            });
          },
        }}
      />
      <p class="lineage-status" role="status">
        {problem ?? trouble ?? status}
      </p>
      <div class="lineage-body">
        <div class="lineage-picture">
          {drawing === null ? (
            <p class="empty">{trouble ?? 'Drawing …'}</p>
          ) : shown.nodes.length === 0 ? (
            <p class="empty">The filters leave no table.</p>
          ) : (
            <Picture
              drawing={drawing}
              label={help}
              onMover={setMover}
              onNode={onNode}
              onColumn={onColumn}
              onSign={(node) =>
                onState(
                  toggleColumns(
                    state,
                    idOf(node),
                    shown.nodes.map((other) => idOf(other.node)),
                  ),
                )
              }
              onNothing={onLetGo}
            />
          )}
          <Legend colours={colours} />
        </div>
        <aside class="lineage-panel" aria-label="Details" tabIndex={0}>
          {shown.focus !== null && (
            <p class="actions">
              <button type="button" onClick={onLetGo}>
                Back to all tables
              </button>
            </p>
          )}
          {shown.focus === null ? (
            <Overview
              {...panel}
              order={
                drawing?.layout.places.map(({ box }) => box.node) ??
                shown.nodes.map(({ node }) => node)
              }
            />
          ) : shown.column === null ? (
            <NodeDetails {...panel} node={shown.focus} />
          ) : (
            <ColumnDetails {...panel} column={shown.column} />
          )}
        </aside>
      </div>
    </div>
  );
}
