/** What the panel beside the picture is given. */
import type { PageGraph } from './graph.js';
import type { Shown } from './shown.js';
import type { ViewState } from './view-state.js';

export interface DetailsProps {
  readonly graph: PageGraph;
  readonly shown: Shown;
  readonly state: ViewState;
  readonly onState: (state: ViewState) => void;
  readonly onNode: (node: number) => void;
  /** By its number. */
  readonly onColumn: (column: number) => void;
  /** Address of the page of a node. */
  readonly hrefOf?: ((id: string) => string) | undefined;
}
