/** Draws a table for a person: columns that fit, or a list for each row where they do not. */
import Table from 'cli-table3';
import stringWidth from 'string-width';
import type { Painter } from '../painter.js';
import { shorten } from '../shorten.js';
import { grouped } from './cell-text.js';
import { fitColumns } from './fit-columns.js';

export interface DrawnColumn {
  /** On one line, safe to show. */
  readonly title: string;
  readonly align: 'left' | 'right';
  /** Columns below which its cells are not shortened; null where they never are. */
  readonly least: number | null;
  /** Its cells are broken behind `_`, `.` and spaces, as titles are, and not shortened. */
  readonly wraps?: boolean;
}

export interface DrawnCell {
  /** On one line, safe to show. */
  readonly text: string;
  readonly paint?: ((text: string) => string) | undefined;
}

export interface DrawOptions {
  readonly paint: Painter;
  /** Columns of the terminal; undefined where there is none. */
  readonly width: number | undefined;
  /** `grid` (default) has lines around every cell, `rule` one below the titles, `plain` none. */
  readonly frame?: 'grid' | 'rule' | 'plain';
}

type Cells = readonly (readonly DrawnCell[])[];

/** No cell is wider, however wide the terminal: the eye has to find the next column. */
const widest = 100;
/** A word of a column's title that is longer is cut where there is no room. */
const widestPart = 20;

/** The table, or null where its columns do not fit side by side. */
export function drawTable(
  columns: readonly DrawnColumn[],
  cells: Cells,
  options: DrawOptions,
): string | null {
  const { paint, frame = 'grid' } = options;
  const needs = columns.map(({ title, least, wraps }, i) => {
    const widestCell = Math.max(0, ...cells.map((row) => stringWidth(row[i]?.text ?? '')));
    const longestPart = Math.max(...titleParts(title).map((part) => stringWidth(part.trimEnd())));
    const ofTitle = Math.min(longestPart, widestPart);
    const wish = Math.min(Math.max(widestCell, ofTitle), widest);
    return {
      wish,
      title: Math.min(stringWidth(title), widest),
      least: Math.min(
        wish,
        Math.max(wraps === true ? longestOf(cells, i) : (least ?? widestCell), ofTitle),
      ),
    };
  });
  // In a grid, each column has a line on its left and a space on both sides; else two spaces between.
  const taken = frame === 'grid' ? 3 * columns.length + 1 : 2 * (columns.length - 1);
  const widths = fitColumns(needs, (options.width ?? Infinity) - taken);
  if (widths === null) return null;
  const titles = columns.map(({ title }, i) => wrapTitle(title, widths[i] ?? widest));
  if (frame !== 'grid') return drawBare(columns, cells, widths, titles, options);
  const table = newTable(
    columns.map(({ align }) => align),
    titles.map((lines) => lines.map(paint.bold).join('\n')),
  );
  for (const row of cells) {
    table.push(
      row.map((cell, i) =>
        columns[i]?.wraps === true
          ? brokenCell(cell, widths[i] ?? widest)
          : drawnCell(cell, widths[i] ?? widest),
      ),
    );
  }
  return table.toString();
}

/** Without lines between columns there is nothing to draw but space. */
function drawBare(
  columns: readonly DrawnColumn[],
  cells: Cells,
  wished: readonly number[],
  titles: readonly (readonly string[])[],
  { paint, frame }: DrawOptions,
): string {
  const shown = cells.map((row) =>
    row.map((cell, i) => ({ ...cell, text: shorten(cell.text, wished[i] ?? widest) })),
  );
  const height = Math.max(0, ...titles.map((lines) => lines.length));
  const heads = Array.from({ length: height }, (_one, n) =>
    titles.map((lines) => ({ text: lines[n] ?? '', paint: paint.bold })),
  );
  const all = [...heads, ...shown];
  const widths = columns.map((_column, i) =>
    Math.max(0, ...all.map((row) => stringWidth(row[i]?.text ?? ''))),
  );
  const lineOf = (row: readonly DrawnCell[]): string =>
    row
      .map((cell, i) => padded(cell, widths[i] ?? 0, columns[i]?.align ?? 'left'))
      .join('  ')
      // What fills up the last column is of no use.
      .trimEnd();
  const total = widths.reduce((sum, width) => sum + width + 2, -2);
  const rule = frame === 'rule' ? ['─'.repeat(Math.max(0, total))] : [];
  return [...heads.map(lineOf), ...rule, ...shown.map(lineOf)].join('\n');
}

function padded({ text, paint }: DrawnCell, width: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, width - stringWidth(text)));
  const painted = text === '' || paint === undefined ? text : paint(text);
  return align === 'right' ? space + painted : painted + space;
}

function drawnCell({ text, paint }: DrawnCell, width: number): string {
  const shown = shorten(text, width);
  return paint === undefined ? shown : paint(shown);
}

/** The longest part that a column's cells can be broken into. */
function longestOf(cells: Cells, column: number): number {
  return Math.max(
    0,
    ...cells.flatMap((row) =>
      titleParts(row[column]?.text ?? '').map((part) => stringWidth(part.trimEnd())),
    ),
  );
}

function brokenCell({ text, paint }: DrawnCell, width: number): string {
  const lines = wrapTitle(text, width);
  return (paint === undefined ? lines : lines.map(paint)).join('\n');
}

/** Where a title or a name may be broken: behind its underscores, points and spaces. */
function titleParts(title: string): string[] {
  return title.match(/[^_. ]*[_. ]|[^_. ]+$/g) ?? [title];
}

/** Names of columns are often far wider than what is in them. */
function wrapTitle(title: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of titleParts(title)) {
    if (line !== '' && stringWidth((line + part).trimEnd()) > width) {
      lines.push(line);
      line = '';
    }
    line += part;
  }
  return [...lines, line].map((text) => shorten(text.trimEnd(), width));
}

/** Where the columns don't fit side by side, each row is a list of titles and values. */
export function drawRecords(
  columns: readonly DrawnColumn[],
  cells: Cells,
  options: DrawOptions,
): string {
  const { paint, frame = 'grid' } = options;
  const width = Math.max(options.width ?? 80, 24);
  const framed = frame === 'grid';
  const titles = columns.map(({ title }) =>
    shorten(title, Math.floor(width / 2) - (framed ? 4 : 1)),
  );
  const titleWidth = Math.max(...titles.map((title) => stringWidth(title)));
  const valueWidth = width - titleWidth - (framed ? 7 : 2);
  return cells
    .map((row, n) => {
      const shown = titles.map((title, i): DrawnCell[] => [
        { text: title, paint: paint.bold },
        row[i] ?? { text: '' },
      ]);
      return `${paint.dim(`Row ${grouped(String(n + 1))}`)}\n${framed ? boxed(shown, valueWidth) : lines(shown, titleWidth, valueWidth)}`;
    })
    .join('\n');
}

function boxed(rows: Cells, valueWidth: number): string {
  const table = newTable(['left', 'left']);
  table.push(...rows.map((row) => row.map((cell) => drawnCell(cell, valueWidth))));
  return table.toString();
}

function lines(rows: Cells, titleWidth: number, valueWidth: number): string {
  return rows
    .map(([title, value]) =>
      `${padded(title ?? { text: '' }, titleWidth, 'left')}  ${drawnCell(value ?? { text: '' }, valueWidth)}`.trimEnd(),
    )
    .join('\n');
}

function newTable(colAligns: ('left' | 'right')[], head: readonly string[] = []): Table.Table {
  return new Table({
    colAligns,
    head: [...head],
    // Without these the library paints heads red and lines grey, asked or not.
    style: { head: [], border: [], compact: true },
  });
}
