/** `--format table`: rows for a person at a terminal. */
import Table from 'cli-table3';
import stringWidth from 'string-width';
import { painter, type Painter } from '../painter.js';
import { shorten } from '../shorten.js';
import { visibleLine } from '../visible.js';
import {
  isNumeric,
  type RowColumn,
  type Rows,
  type RowValues,
  type RowWriter,
  type WriteOptions,
} from './answer.js';
import { cellTextOf, grouped } from './cell-text.js';
import { fitColumns } from './fit-columns.js';

/** No cell is wider, however wide the terminal: the eye has to find the next column. */
const widest = 100;
/** A text column is not made narrower than this: less says nothing. */
const narrowest = 8;
/** A word of a column's name that is longer is cut where there is no room. */
const widestPart = 20;

export const writeTable: RowWriter = async (rows, write, options) => {
  const { columns } = rows;
  const { shown, more } = await firstRows(rows, options.rowCap ?? Infinity);
  if (shown.length === 0 || columns.length === 0) {
    await write(`${options.emptyText ?? 'No rows.'}\n`);
    return;
  }
  const paint = painter(options.color);
  const cells = columns.map(cellTextOf);
  // Null stands for NULL.
  const texts = shown.map((row) =>
    cells.map((text, i) => {
      const value = row[i] ?? null;
      return value === null ? null : visibleLine(text(value));
    }),
  );
  const drawn =
    wideTable(columns, texts, options, paint) ?? recordLists(columns, texts, options, paint);
  await write(`${drawn}\n${paint.dim(countOf(shown.length, more))}\n`);
};

/** One row more than is shown is read, to know whether there are more. */
async function firstRows(rows: Rows, cap: number): Promise<{ shown: RowValues[]; more: boolean }> {
  const shown: RowValues[] = [];
  for await (const batch of rows.batches) {
    for (const row of batch) {
      if (shown.length >= cap) return { shown, more: true };
      shown.push(row);
    }
  }
  return { shown, more: false };
}

function countOf(count: number, more: boolean): string {
  const rows = `${grouped(String(count))} row${count === 1 ? '' : 's'}`;
  return more
    ? `The first ${rows}; there are more. --limit shows more of them, --format csv or json all.`
    : rows;
}

const nullText = 'NULL';

function wideTable(
  columns: readonly RowColumn[],
  texts: readonly (readonly (string | null)[])[],
  options: WriteOptions,
  paint: Painter,
): string | null {
  const names = columns.map(({ name }) => visibleLine(name));
  const needs = columns.map((column, i) => {
    const cells = Math.max(...texts.map((row) => stringWidth(row[i] ?? nullText)));
    const name = names[i] ?? '';
    const longestPart = Math.max(...headerParts(name).map((part) => stringWidth(part.trimEnd())));
    const wish = Math.min(Math.max(cells, stringWidth(name)), widest);
    // Numbers and dates are never cut: their head tells something else than the whole.
    const least = isShortened(column)
      ? Math.min(wish, Math.max(narrowest, Math.min(longestPart, widestPart)))
      : Math.min(wish, Math.max(cells, Math.min(longestPart, widestPart)));
    return { wish, least };
  });
  // Each column has a line on its left and a space on both sides.
  const space = (options.width ?? Infinity) - 3 * columns.length - 1;
  const widths = fitColumns(needs, space);
  if (widths === null) return null;
  const table = newTable(
    columns.map((column) => (isNumeric(column) ? 'right' : 'left')),
    names.map((name, i) => wrapHeader(name, widths[i] ?? widest, paint)),
  );
  for (const row of texts) {
    table.push(row.map((text, i) => drawnCell(text, widths[i] ?? widest, paint)));
  }
  return table.toString();
}

function isShortened({ kind }: RowColumn): boolean {
  return (
    kind === 'text' || kind === 'json' || kind === 'nested' || kind === 'binary' || kind === 'other'
  );
}

function drawnCell(text: string | null, width: number, paint: Painter): string {
  return text === null ? paint.dim(nullText) : shorten(text, width);
}

/** Where a name may be broken: behind its underscores and spaces. */
function headerParts(name: string): string[] {
  return name.match(/[^_ ]*[_ ]|[^_ ]+$/g) ?? [name];
}

/** Names of columns are often far wider than what is in them. */
function wrapHeader(name: string, width: number, paint: Painter): string {
  const lines: string[] = [];
  let line = '';
  for (const part of headerParts(name)) {
    if (line !== '' && stringWidth(line + part) > width) {
      lines.push(line);
      line = '';
    }
    line += part;
  }
  return [...lines, line].map((text) => paint.bold(shorten(text.trimEnd(), width))).join('\n');
}

/** Where the columns don't fit side by side, each row is a list of names and values. */
function recordLists(
  columns: readonly RowColumn[],
  texts: readonly (readonly (string | null)[])[],
  options: WriteOptions,
  paint: Painter,
): string {
  const width = Math.max(options.width ?? 80, 24);
  const names = columns.map(({ name }) => shorten(visibleLine(name), Math.floor(width / 2) - 4));
  const nameWidth = Math.max(...names.map((name) => stringWidth(name)));
  const valueWidth = width - nameWidth - 7;
  return texts
    .map((row, n) => {
      const table = newTable(['left', 'left']);
      table.push(
        ...names.map((name, i) => [paint.bold(name), drawnCell(row[i] ?? null, valueWidth, paint)]),
      );
      return `${paint.dim(`Row ${grouped(String(n + 1))}`)}\n${table.toString()}`;
    })
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
