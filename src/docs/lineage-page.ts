/** `lineage --html`: the lineage alone, as one page. */
import { visibleLine } from '../format/visible.js';
import type { ColumnRef, Lineage } from '../lineage/index.js';
import { htmlPage } from './html-page.js';
import { lineageData } from './lineage-data.js';
import type { LineagePageData } from './page/lineage/page-data.js';

export interface LineagePageOptions {
  /** Name of the project. */
  readonly project: string;
  /** Id of the node that the page opens on. Default: none, the whole graph. */
  readonly node?: string | null;
  /** The column that the page opens on. Default: none. */
  readonly column?: ColumnRef | null;
}

export function lineageHtml(lineage: Lineage, options: LineagePageOptions): Promise<string> {
  const { project, node = null, column = null } = options;
  const data: LineagePageData = {
    lineage: lineageData(lineage, project),
    focus: column?.node ?? node,
    column: column === null ? null : visibleLine(column.column),
  };
  return htmlPage({ title: `Lineage of ${project}`, bundle: 'lineage', data });
}
