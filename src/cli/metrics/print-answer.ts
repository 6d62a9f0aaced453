/** Writes the answer of one metric to stdout. */
import type { ResultSet } from '../../engine/engine.js';
import type { RowColumn, Rows } from '../../format/rows/answer.js';
import { writeRows } from '../../format/rows/write-rows.js';
import type { ColumnType, Metric } from '../../metrics/metric.js';
import type { MetricName } from '../../metrics/metric-names.js';
import { formatOf, type Format } from '../format-choice.js';
import type { FormatOptions, ProjectOptions } from '../options.js';
import { terminalOf } from '../terminal.js';
import type { Answered } from './answered.js';
import type { AnswerOrigin } from './head.js';

export async function printAnswer(
  answered: Answered<MetricName>,
  options: FormatOptions & ProjectOptions,
  origin: AnswerOrigin,
): Promise<void> {
  const format = formatOf(options);
  if (format !== 'table') return printRows(answered, format, options);
  const { printReport } = await import('./print-report.js');
  return printReport(answered, options, origin);
}

/** In a format for programs. */
export async function printRows(
  answered: Answered,
  format: Format,
  options: ProjectOptions,
): Promise<void> {
  const terminal = terminalOf(process.stdout, options);
  // An object in JSON is what a line of NDJSON is.
  const written = format === 'json' && answered.metric.shape === 'object' ? 'ndjson' : format;
  await writeRows(process.stdout, rowsOf(answered.metric, answered.answer), written, terminal);
}

/** What the values are is told by the metric; engines have their own names for it. */
export function rowsOf({ columns }: Metric, answer: ResultSet): Rows {
  return {
    columns: columns.map(({ name, type }, i): RowColumn => {
      return { name, kind: kinds[type], type: answer.columns[i]?.type ?? '' };
    }),
    batches: [answer.rows],
  };
}

const kinds: Readonly<Record<ColumnType, RowColumn['kind']>> = {
  id: 'integer',
  count: 'integer',
  money: 'decimal',
  percent: 'decimal',
  amount: 'decimal',
  text: 'text',
  date: 'date',
  timestamp: 'timestamp',
  boolean: 'boolean',
};
