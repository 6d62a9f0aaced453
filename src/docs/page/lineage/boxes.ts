/** Sizes of what is drawn, in pixels. */
import type { PageGraph } from './graph.js';
import type { ShownNode } from './shown.js';

/** Heights of the header of a table and of a column: what is clicked is 24 pixels high at least. */
export const headHeight = 30;
export const rowHeight = 24;
const padding = 12;
const minimum = 70;
/** For the sign that opens and closes the columns. */
export const signWidth = 26;
const longestName = 40;

/** Width of a text in the font of headers (bold) or of columns. */
export type Measure = (text: string, isHead: boolean) => number;

export interface BoxRow {
  /** Its number; null: the row says how many columns are not shown. */
  readonly column: number | null;
  readonly text: string;
}

export interface Box {
  readonly node: number;
  readonly text: string;
  readonly rows: readonly BoxRow[];
  readonly width: number;
  readonly height: number;
  /** Whether it has columns to open or close. */
  readonly hasSign: boolean;
}

export function boxOf(
  graph: PageGraph,
  { node, columns, more, sign }: ShownNode,
  measure: Measure,
): Box {
  const text = shortened(graph.nodes[node]?.name ?? '');
  const rows: BoxRow[] = columns.map(({ column }) => {
    const { name = '', sources } = graph.columns[column] ?? {};
    return { column, text: sources === null ? `${shortened(name)} ?` : shortened(name) };
  });
  if (more > 0) rows.push({ column: null, text: moreText(columns.length, more) });
  const hasSign = sign !== null;
  const widths = [
    measure(text, true) + (hasSign ? signWidth : 0),
    ...rows.map((row) => measure(row.text, false)),
  ];
  return {
    node,
    text,
    rows,
    width: Math.ceil(Math.max(minimum, ...widths.map((width) => width + 2 * padding))),
    height: headHeight + rows.length * rowHeight,
    hasSign,
  };
}

function moreText(shown: number, more: number): string {
  return `${shown === 0 ? '' : '… '}${more} more ${more === 1 ? 'column' : 'columns'}`;
}

/** In the middle, since names of one project often differ at their ends. */
export function shortened(name: string): string {
  const letters = [...name];
  if (letters.length <= longestName) return name;
  const half = Math.floor((longestName - 1) / 2);
  return `${letters.slice(0, half).join('')}…${letters.slice(-half).join('')}`;
}
