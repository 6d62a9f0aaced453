/** `--format table`: rows for a person at a terminal. */
import { painter, type Painter } from '../painter.js';
import { visibleLine } from '../visible.js';
import { isNumeric, type RowColumn, type Rows, type RowValues, type RowWriter } from './answer.js';
import { cellTextOf, grouped } from './cell-text.js';
import { drawRecords, drawTable, type DrawnCell, type DrawnColumn } from './draw-table.js';

export const writeTable: RowWriter = async (rows, write, options) => {
  const { columns } = rows;
  const { shown, more } = await firstRows(rows, options.rowCap ?? Infinity);
  if (shown.length === 0 || columns.length === 0) {
    await write(`${options.emptyText ?? 'No rows.'}\n`);
    return;
  }
  const paint = painter(options.color);
  const texts = columns.map(cellTextOf);
  const cells = shown.map((row) => texts.map((text, i) => cellOf(text, row[i] ?? null, paint)));
  const drawnColumns = columns.map(drawnColumn);
  const drawn =
    drawTable(drawnColumns, cells, { paint, width: options.width }) ??
    drawRecords(drawnColumns, cells, { paint, width: options.width });
  await write(`${drawn}\n${paint.dim(countOf(shown.length, more))}\n`);
};

function drawnColumn(column: RowColumn): DrawnColumn {
  const { name, kind } = column;
  return {
    ...(column.isName === true ? { wraps: true } : {}),
    title: visibleLine(name),
    align: isNumeric(column) ? 'right' : 'left',
    // Numbers and dates are never cut: their head tells something else than the whole.
    least:
      kind === 'text' ||
      kind === 'json' ||
      kind === 'nested' ||
      kind === 'binary' ||
      kind === 'other'
        ? narrowest
        : null,
  };
}

/** A text column is not made narrower than this: less says nothing. */
const narrowest = 8;

function cellOf(
  text: (value: Exclude<RowValues[number], null>) => string,
  value: RowValues[number],
  paint: Painter,
): DrawnCell {
  return value === null ? { text: 'NULL', paint: paint.dim } : { text: visibleLine(text(value)) };
}

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
    ? `The first ${rows}; more rows exist. Use --limit to show more, or --format csv or json for all.`
    : rows;
}
