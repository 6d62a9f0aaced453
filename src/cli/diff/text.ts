/** Differences as a person reads them. */
import type { SampleRows, TableChange } from '../../diff/table-change.js';
import type { ColumnInfo, Row } from '../../engine/engine.js';
import type { Painter } from '../../format/painter.js';
import { cellTextOf, grouped } from '../../format/rows/cell-text.js';
import { shorten } from '../../format/shorten.js';
import { visibleLine } from '../../format/visible.js';
import { isUnfinished, type Build } from '../../builds/index.js';
import type { TwoBuilds } from './two-builds.js';

/** A value is cut here, so that one long text does not hide the others. */
const widestValue = 40;

export function diffText(
  builds: TwoBuilds,
  changes: readonly TableChange[],
  paint: Painter,
  width: number,
): string {
  const differing = changes.filter(({ status }) => status !== 'same');
  const same = changes.length - differing.length;
  const lines = [
    `From ${buildLine(builds.from)}`,
    `to   ${buildLine(builds.to)}`,
    ...differing.flatMap((change) => ['', ...tableLines(change, paint, width)]),
    '',
    same === 0 ? 'Every table differs.' : sameLine(same, differing.length),
  ];
  return `${lines.join('\n')}\n`;
}

function sameLine(same: number, differing: number): string {
  const tables = `${same} table${same === 1 ? '' : 's'}`;
  if (differing > 0) return `${tables} ${same === 1 ? 'is' : 'are'} the same.`;
  return `No differences: ${tables} compared.`;
}

function buildLine({ id, record, published }: Build): string {
  const asOf = record.asOf === null ? '' : `, as of ${record.asOf}`;
  return `${id}${asOf}${published ? ', published' : ''}${isUnfinished({ record }) ? `, ${record.state}` : ''}`;
}

function tableLines(change: TableChange, paint: Painter, width: number): string[] {
  const { rows } = change;
  const name = visibleLine(change.table);
  if (change.status === 'added')
    return [paint.green(`+ ${name}: new, ${count(rows.to ?? 0, 'row')}`)];
  if (change.status === 'removed')
    return [paint.red(`- ${name}: removed, had ${count(rows.from ?? 0, 'row')}`)];
  const head = `${paint.yellow(`~ ${name}`)}: ${rowsLine(change)}`;
  const details = [...columnLines(change, paint), ...sampleLines(change, paint)];
  const note = change.note === null ? [] : [visibleLine(change.note)];
  return [head, ...[...note, ...details].map((line) => `    ${shorten(line, width - 4)}`)];
}

function rowsLine({ rows, key }: TableChange): string {
  const [from, to] = [rows.from ?? 0, rows.to ?? 0];
  const total = from === to ? count(to, 'row') : `${amount(from)} rows → ${amount(to)}`;
  const parts = (['added', 'removed', 'changed'] as const)
    .filter((kind) => rows[kind] > 0)
    .map((kind) => `${amount(rows[kind])} ${kind}`);
  const how = key === null ? 'whole rows' : `by ${key.map(visibleLine).join(', ')}`;
  return `${total}; ${parts.length === 0 ? 'no row differs' : parts.join(', ')} (${how})`;
}

function columnLines({ columns, changedColumns }: TableChange, paint: Painter): string[] {
  const typed = ({ name, type }: ColumnInfo): string => `${visibleLine(name)} ${visibleLine(type)}`;
  return [
    ...columns.added.map((column) => `${paint.green('+')} column ${typed(column)}`),
    ...columns.removed.map((column) => `${paint.red('-')} column ${typed(column)}`),
    ...columns.changed.map(
      ({ name, from, to }) =>
        `${paint.yellow('~')} column ${visibleLine(name)}: ${visibleLine(from)} → ${visibleLine(to)}`,
    ),
    ...(changedColumns.length === 0
      ? []
      : [
          `in ${[...changedColumns]
            .sort((a, b) => b.rows - a.rows)
            .map(({ name, rows }) => `${visibleLine(name)} ${amount(rows)}`)
            .join(', ')}`,
        ]),
  ];
}

function sampleLines({ samples, rows }: TableChange, paint: Painter): string[] {
  const { changed } = samples;
  return [
    ...changed.rows.map((row) => {
      const name = named(changed.key, row).join(', ');
      const values = changed.from.flatMap((before, i) => {
        const after = changed.to[i] ?? before;
        const at = changed.key.length + i;
        const old = cell(before, row, at);
        const now = cell(after, row, at + changed.from.length);
        return old === now ? [] : [`${visibleLine(after.name)} ${old} → ${now}`];
      });
      return `${paint.yellow('~')} ${name}: ${values.join(', ')}`;
    }),
    ...more(rows.changed, changed.rows.length, 'changed'),
    ...rowLines(samples.added, paint.green('+')),
    ...more(rows.added, samples.added.rows.length, 'added'),
    ...rowLines(samples.removed, paint.red('-')),
    ...more(rows.removed, samples.removed.rows.length, 'removed'),
  ];
}

function rowLines({ columns, rows }: SampleRows, sign: string): string[] {
  return rows.map((row) => `${sign} ${named(columns, row).join(', ')}`);
}

function more(all: number, shown: number, what: string): string[] {
  return shown === 0 || all <= shown ? [] : [`  and ${amount(all - shown)} more ${what}`];
}

function named(columns: readonly ColumnInfo[], row: Row): string[] {
  return columns.map((column, i) => `${visibleLine(column.name)}=${cell(column, row, i)}`);
}

function cell(column: ColumnInfo, row: Row, at: number): string {
  const value = row[at] ?? null;
  return value === null ? 'NULL' : shorten(visibleLine(cellTextOf(column)(value)), widestValue);
}

function amount(value: number): string {
  return grouped(String(value));
}

function count(value: number, what: string): string {
  return `${amount(value)} ${what}${value === 1 ? '' : 's'}`;
}
