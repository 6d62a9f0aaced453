/** What stands in the file of `lineage --html`. */
import type { LineageData } from './lineage-data.js';

export interface LineagePageData {
  readonly lineage: LineageData;
  /** What the page shows where its address says nothing: id of a node, name of a column of it. */
  readonly focus: string | null;
  readonly column: string | null;
}
