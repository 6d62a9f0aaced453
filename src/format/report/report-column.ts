/** Columns of a report, in the words and forms of the people who read it. */
import { asText } from '../../ground/as-text.js';
import type { Painter } from '../painter.js';
import type { CellValue } from '../rows/answer.js';
import { grouped } from '../rows/cell-text.js';
import type { DrawnCell } from '../rows/draw-table.js';
import { visibleLine } from '../visible.js';

export type ReportForm =
  /** As it is. */
  | 'text'
  /** Copied as it is: no separators. */
  | 'id'
  | 'count'
  /** Two digits behind the point. */
  | 'money'
  | 'amount'
  | 'percent'
  /** A percentage with its sign: green above zero, red below. */
  | 'growth'
  /** The date of an instant. */
  | 'date'
  /** `Jun 2025` */
  | 'month'
  /** `Mon 30 Jun 2025` */
  | 'day'
  | 'yes-no'
  /** How much of the column's greatest value it is; only on a terminal. */
  | 'bar';

export interface ReportColumn {
  readonly title: string;
  /** Name of the column of the answer. */
  readonly from: string;
  readonly form: ReportForm;
  /** Left out first where there is no room: the greatest goes first, 0 (default) never. */
  readonly rank?: number;
  /** Columns below which its texts are not shortened; default 12. */
  readonly least?: number;
}

export const rightAligned: ReadonlySet<ReportForm> = new Set([
  'id',
  'count',
  'money',
  'amount',
  'percent',
  'growth',
]);

const missing = '–';

/** A value in the form of its column; `bar` is drawn elsewhere. */
export function reportCell(form: ReportForm, value: CellValue, paint: Painter): DrawnCell {
  if (value === null) return { text: missing, paint: paint.dim };
  const text = visibleLine(asText(value));
  switch (form) {
    case 'count':
      return { text: grouped(text) };
    case 'money':
      return { text: grouped(twoDigits(text)) };
    case 'amount':
      return { text: grouped(text) };
    case 'percent':
      return { text: `${grouped(twoDigits(text))} %` };
    case 'growth': {
      const number = Number(text);
      return {
        text: `${number > 0 ? '+' : ''}${grouped(twoDigits(text))} %`,
        paint: number > 0 ? paint.green : number < 0 ? paint.red : undefined,
      };
    }
    case 'date':
      return { text: text.slice(0, 10) };
    case 'month':
      return { text: dateText(text, { month: 'short', year: 'numeric' }) };
    case 'day':
      return {
        text: dateText(text, { weekday: 'short', day: '2-digit', month: 'short', year: 'numeric' }),
      };
    case 'yes-no':
      return { text: value === true || value === 'true' ? 'yes' : 'no' };
    default:
      return { text };
  }
}

/** Digits are added, never taken away: `5` as `5.00`. */
function twoDigits(number: string): string {
  const match = /^(-?\d+)(?:\.(\d*))?$/.exec(number);
  return match === null ? number : `${match[1]}.${(match[2] ?? '').padEnd(2, '0')}`;
}

/** A date or instant of the answer, which has no time zone. */
function dateText(text: string, options: Intl.DateTimeFormatOptions): string {
  const date = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return text;
  return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' })
    .format(date)
    .replace(',', '')
    .replace('Sept', 'Sep');
}
