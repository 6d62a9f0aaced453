/** Writes one customer or product, section by section. */
import type { ResultSet } from '../../engine/engine.js';
import type { RowWriter } from '../../format/rows/answer.js';
import { shorten } from '../../format/shorten.js';
import { visibleLine } from '../../format/visible.js';
import type { Metric } from '../../metrics/metric.js';
import type { SectionName } from '../../metrics/metric-names.js';
import type { Values } from '../../metrics/parameters.js';
import { formatOf } from '../format-choice.js';
import type { FormatOptions, ProjectOptions } from '../options.js';
import { detailViews } from './detail-views.js';
import { headOf, type AnswerOrigin } from './head.js';
import { printRows, rowsOf } from './print-answer.js';

export interface AnsweredDetail {
  readonly answers: readonly (readonly [
    section: string,
    metric: Metric<SectionName>,
    answer: ResultSet,
  ])[];
  readonly values: Values;
  /** False where one section alone was asked for. */
  readonly whole: boolean;
}

export async function printDetail(
  { answers, values, whole }: AnsweredDetail,
  options: FormatOptions & ProjectOptions,
  origin: AnswerOrigin,
): Promise<void> {
  const format = formatOf(options);
  const [only] = answers;
  if (format === 'table') return printSections(answers, values, options, origin);
  if (!whole && only !== undefined) {
    return printRows({ metric: only[1], values, answer: only[2] }, format, options);
  }
  if (format === 'markdown') {
    const { writeMarkdown } = await import('../../format/rows/markdown.js');
    for (const [, metric, answer] of answers) {
      const title = detailViews[metric.name].title;
      process.stdout.write(`## ${title}\n\n${await textOf(writeMarkdown, metric, answer)}\n`);
    }
    return;
  }
  const { writeJson, writeNdjson } = await import('../../format/rows/json.js');
  const fields: string[] = [];
  for (const [section, metric, answer] of answers) {
    const writer = metric.shape === 'list' ? writeJson : writeNdjson;
    const text = (await textOf(writer, metric, answer)).trim();
    // A line of NDJSON is one line; JSON is laid out for whoever reads it.
    fields.push(
      `${JSON.stringify(section)}: ${format === 'ndjson' ? text.replaceAll('\n', '') : text.replaceAll('\n', '\n  ')}`,
    );
  }
  process.stdout.write(
    format === 'ndjson' ? `{${fields.join(', ')}}\n` : `{\n  ${fields.join(',\n  ')}\n}\n`,
  );
}

async function textOf(writer: RowWriter, metric: Metric, answer: ResultSet): Promise<string> {
  let text = '';
  const write = (chunk: string): Promise<void> => {
    text += chunk;
    return Promise.resolve();
  };
  await writer(rowsOf(metric, answer), write, { color: false, width: undefined });
  return text;
}

async function printSections(
  answers: AnsweredDetail['answers'],
  values: Values,
  options: ProjectOptions,
  origin: AnswerOrigin,
): Promise<void> {
  const { bodyOf, reportOptions } = await import('./print-report.js');
  const report = reportOptions(options);
  const parts: string[] = [];
  for (const [i, [, metric, answer]] of answers.entries()) {
    const view = detailViews[metric.name];
    const title = titleOf(metric, view.title, answer, Number(values['limit']));
    const first = i === 0 && report.decorated && options.quiet !== true;
    const head = first
      ? await headOf(title, origin, report.paint, report.width)
      : report.paint.bold(shorten(visibleLine(title), report.width));
    const names = metric.columns.map(({ name }) => name);
    parts.push([head, ...bodyOf(metric, view, { names, rows: answer.rows }, report)].join('\n'));
  }
  process.stdout.write(`${parts.join('\n\n')}\n`);
}

function titleOf({ shape }: Metric, title: string, answer: ResultSet, limit: number): string {
  return shape === 'list' && answer.rows.length === limit
    ? `${title} (the first ${limit}; --limit shows more)`
    : title;
}
