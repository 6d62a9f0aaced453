/** An answer as a report for a person: `--format table`. */
import stringWidth from 'string-width';
import { painter, type Painter } from '../../format/painter.js';
import { condensed, sparkline } from '../../format/report/graphs.js';
import { reportCell } from '../../format/report/report-column.js';
import { reportList } from '../../format/report/report-list.js';
import {
  reportTable,
  type ReportOptions,
  type ReportRows,
} from '../../format/report/report-table.js';
import { shorten } from '../../format/shorten.js';
import type { Metric } from '../../metrics/metric.js';
import type { MetricName } from '../../metrics/metric-names.js';
import type { ProjectOptions } from '../options.js';
import { terminalOf } from '../terminal.js';
import type { Answered } from './answered.js';
import { headOf, type AnswerOrigin } from './head.js';
import { views, type View } from './views.js';

/** Without a terminal a table is made for whoever pastes it into a page or a mail. */
const widthWithoutTerminal = 100;

export function reportOptions(options: ProjectOptions): ReportOptions {
  const { color, width } = terminalOf(process.stdout, options);
  return {
    paint: painter(color),
    // A terminal that does not know its width says 0.
    width: width === undefined ? widthWithoutTerminal : width === 0 ? 80 : width,
    decorated: width !== undefined,
  };
}

export async function printReport(
  { metric, values, answer }: Answered<MetricName>,
  options: ProjectOptions,
  origin: AnswerOrigin,
): Promise<void> {
  const view = views[metric.name];
  const report = reportOptions(options);
  const rows = { names: metric.columns.map(({ name }) => name), rows: answer.rows };
  const parts: string[] = [];
  if (report.decorated && options.quiet !== true) {
    const { segment, days, months } = values;
    const title = [
      view.title,
      ...(segment === undefined ? [] : [String(segment)]),
      ...(days === undefined ? [] : [`of the last ${days} days`]),
      ...(months === undefined ? [] : [`of the last ${months} months`]),
    ].join(' ');
    parts.push(await headOf(title, origin, report.paint, report.width), '');
  }
  parts.push(...bodyOf(metric, view, rows, report));
  const { limit } = values;
  if (report.decorated && limit !== undefined && answer.rows.length > 0) {
    parts.push(...footOf(answer.rows.length, Number(limit), report));
  }
  process.stdout.write(`${parts.join('\n')}\n`);
}

/** The table or the list, with a line of the values over time above it. */
export function bodyOf(
  { shape }: Metric,
  view: View,
  rows: ReportRows,
  report: ReportOptions,
): string[] {
  if (rows.rows.length === 0) return [view.empty];
  if (shape === 'object') return [reportList(view.columns, rows, report)];
  const line = report.decorated ? overTime(view, rows, report) : null;
  return [...(line === null ? [] : [line, '']), reportTable(view.columns, rows, report)];
}

/** One line where it fits, else two. */
function footOf(count: number, limit: number, { paint, width }: ReportOptions): string[] {
  const rows = count === limit ? `The first ${count}; --limit shows more,` : `${count} in all;`;
  const columns = '--json and --csv hold all columns.';
  const foot = `${rows} ${columns}`;
  const lines = foot.length <= width ? [foot] : [rows, columns];
  return lines.map((line) => paint.dim(shorten(line, width)));
}

function overTime(view: View, { names, rows }: ReportRows, report: ReportOptions): string | null {
  if (view.overTime === undefined || rows.length < 3) return null;
  const { column, title, latestFirst } = view.overTime;
  const inTime = latestFirst ? [...rows].reverse() : rows;
  const [date] = view.columns;
  if (date === undefined) return null;
  const dateOf = (row: (typeof rows)[number] | undefined): string =>
    reportCell(date.form, row?.[names.indexOf(date.from)] ?? null, report.paint).text;
  const [from, to] = [dateOf(inTime[0]), dateOf(inTime.at(-1))];
  const room = report.width - stringWidth(title) - stringWidth(from) - stringWidth(to) - 6;
  if (room < 3) return null;
  const values = inTime.map((row) => Number(row[names.indexOf(column)]));
  return withEnds(title, from, sparkline(condensed(values, room)), to, report.paint);
}

function withEnds(title: string, from: string, line: string, to: string, paint: Painter): string {
  return `${paint.bold(title)}  ${paint.dim(from)} ${paint.cyan(line)} ${paint.dim(to)}`;
}
