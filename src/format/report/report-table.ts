/** A table of a report: the columns that matter most and fit, with bars on a terminal. */
import type { Painter } from '../painter.js';
import type { CellValue } from '../rows/answer.js';
import { drawRecords, drawTable, type DrawnCell, type DrawnColumn } from '../rows/draw-table.js';
import { bar } from './graphs.js';
import { reportCell, rightAligned, type ReportColumn } from './report-column.js';

export interface ReportRows {
  /** Names of the columns. */
  readonly names: readonly string[];
  readonly rows: readonly (readonly CellValue[])[];
}

export interface ReportOptions {
  readonly paint: Painter;
  /** Columns to fit into. */
  readonly width: number;
  /** Bars and lines: a terminal. */
  readonly decorated: boolean;
}

/** A text is rather left out than made narrower than this. */
const narrowestText = 12;
const barWidths = [24, 16, 10] as const;

export function reportTable(
  columns: readonly ReportColumn[],
  answer: ReportRows,
  options: ReportOptions,
): string {
  const wanted = columns.filter(({ form }) => options.decorated || form !== 'bar');
  const ranks = [...new Set(wanted.map(({ rank = 0 }) => rank))].sort((a, b) => b - a);
  for (const most of ranks) {
    const kept = wanted.filter(({ rank = 0 }) => rank <= most);
    // Bars take what the rest leaves: of several widths the first that fits.
    for (const barWidth of kept.some(({ form }) => form === 'bar') ? barWidths : [0]) {
      const drawn = drawTable(drawnColumns(kept), cellsOf(kept, answer, options, barWidth), {
        paint: options.paint,
        width: options.width,
        frame: options.decorated ? 'rule' : 'plain',
      });
      if (drawn !== null) return drawn;
    }
  }
  const least = wanted.filter(({ rank = 0, form }) => rank === 0 && form !== 'bar');
  return drawRecords(drawnColumns(least), cellsOf(least, answer, options, 0), {
    paint: options.paint,
    width: options.width,
    frame: 'plain',
  });
}

function drawnColumns(columns: readonly ReportColumn[]): DrawnColumn[] {
  return columns.map(({ title, form, least = narrowestText }) => ({
    title,
    align: rightAligned.has(form) ? 'right' : 'left',
    least: form === 'text' ? least : null,
  }));
}

function cellsOf(
  columns: readonly ReportColumn[],
  { names, rows }: ReportRows,
  { paint }: ReportOptions,
  barWidth: number,
): DrawnCell[][] {
  const places = columns.map(({ from }) => names.indexOf(from));
  const greatest = places.map((place) => Math.max(0, ...rows.map((row) => Number(row[place]))));
  return rows.map((row) =>
    columns.map(({ form }, i) => {
      const value = row[places[i] ?? -1] ?? null;
      return form === 'bar'
        ? { text: bar(Number(value), greatest[i] ?? 0, barWidth), paint: paint.cyan }
        : reportCell(form, value, paint);
    }),
  );
}
