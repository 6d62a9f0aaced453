/** The lineage as a picture that is followed, filtered and taken along; the whole page or a part of one. */
import type { LineageData } from './lineage-data.js';
import type { ViewState } from './view-state.js';

export interface LineageViewProps {
  readonly data: LineageData;
  /** What is shown: `readViewState` reads it from an address. */
  readonly state: ViewState;
  /** Asks for another state: the caller keeps it in the address, and gives it back. */
  readonly onState: (state: ViewState) => void;
  /** Address of the page of a node, by its unique id. Default: there is none. */
  readonly hrefOf?: (id: string) => string;
}

export function LineageView({ data }: LineageViewProps) {
  return <div class="lineage">{data.nodes.length}</div>;
}
