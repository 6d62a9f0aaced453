/** One thing of a report: what it is called on the left, the values in a column. */
import stringWidth from 'string-width';
import { shorten } from '../shorten.js';
import { reportCell, rightAligned, type ReportColumn } from './report-column.js';
import type { ReportOptions, ReportRows } from './report-table.js';

/** The first row as lines; numbers end in one column where all values are numbers. */
export function reportList(
  columns: readonly ReportColumn[],
  { names, rows }: ReportRows,
  { paint, width }: ReportOptions,
): string {
  const row = rows[0] ?? [];
  const titleWidth = Math.max(...columns.map(({ title }) => stringWidth(title)));
  const cells = columns.map(({ from, form }) =>
    reportCell(form, row[names.indexOf(from)] ?? null, paint),
  );
  const room = Math.max(8, width - titleWidth - 2);
  const numbers = columns.every(({ form }) => rightAligned.has(form));
  const valueWidth = numbers ? Math.max(...cells.map(({ text }) => stringWidth(text))) : 0;
  return columns
    .map(({ title }, i) => {
      const { text, paint: tint } = cells[i] ?? { text: '' };
      const shown = shorten(text, room);
      const padding = ' '.repeat(Math.max(0, valueWidth - stringWidth(shown)));
      const gap = ' '.repeat(titleWidth - stringWidth(title) + 2);
      return `${paint.bold(title)}${gap}${padding}${tint === undefined ? shown : tint(shown)}`;
    })
    .join('\n');
}
