/** Writes the answer of one metric to stdout. */
import type { ResultSet } from '../../engine/engine.js';
import { writeRows, type RowColumn, type Rows } from '../../format/rows/index.js';
import type { ColumnType, Metric } from '../../metrics/metric.js';
import type { MetricName, SectionName } from '../../metrics/metric-names.js';
import type { Values } from '../../metrics/parameters.js';
import { formatOf, type Format } from '../format-choice.js';
import type { FormatOptions, ProjectOptions } from '../options.js';
import { terminalOf } from '../terminal.js';
import type { Origin } from './head.js';

export interface Answered<Name extends MetricName | SectionName = MetricName | SectionName> {
  readonly metric: Metric<Name>;
  readonly values: Values;
  readonly answer: ResultSet;
}

export async function printAnswer(
  answered: Answered<MetricName>,
  options: FormatOptions & ProjectOptions,
  origin: Origin,
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
