/** A table as text, in GitHub's Markdown: agate's print_table. */
import { Decimal, toText, type Value } from '../../jinja/index.js';
import type { TypeName } from './types.js';

export interface PrintOptions {
  /** Default 20; infinite for all. */
  readonly maxRows: number;
  /** Default 6. */
  readonly maxColumns: number;
  /** Characters of a cell. Default 20. */
  readonly maxWidth: number;
  /** Digits behind the point. Default 3. */
  readonly maxPrecision: number;
}

export const usual: PrintOptions = { maxRows: 20, maxColumns: 6, maxWidth: 20, maxPrecision: 3 };

const ellipsis = '...';

/** Digits behind the point without the zeros at their end. */
function placesOf(value: Value): number {
  if (!(value instanceof Decimal)) return 0;
  const text = value.toText();
  const exponent = Number(/E([-+]\d+)$/.exec(text)?.[1] ?? 0);
  const digits = /\.(\d*?)0*(?:E|$)/.exec(text)?.[1]?.length ?? 0;
  return Math.max(0, digits - exponent);
}

/** With commas between thousands, rounded half to even. */
function numberText(value: Value, places: number, isCut: boolean): string {
  const rounded = value instanceof Decimal ? value.round(places).toText() : toText(value);
  const [, sign = '', whole = '', fraction = ''] =
    /^(-?)(\d+)(?:\.(\d+))?$/.exec(rounded) ?? ([] as string[]);
  if (whole === '') return rounded;
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  const tail = places === 0 ? '' : `.${fraction.padEnd(places, '0')}`;
  return `${sign}${grouped}${tail}${isCut ? '…' : ''}`;
}

export function printedTable(
  names: readonly string[],
  types: readonly TypeName[],
  rows: readonly (readonly Value[])[],
  options: PrintOptions = usual,
): string {
  const { maxRows, maxColumns, maxWidth, maxPrecision } = options;
  const cut = (text: string): string =>
    text.length > maxWidth ? text.slice(0, maxWidth - ellipsis.length) + ellipsis : text;
  const shownRows = rows.slice(0, maxRows);
  const isWide = maxColumns < names.length;
  const columns = names.slice(0, maxColumns).map((name, i) => {
    const values = shownRows.map((row) => row[i] ?? null);
    const places = Math.max(0, ...values.map(placesOf));
    const isCut = places > maxPrecision;
    const text = (value: Value): string => {
      if (value === null) return '';
      if (types[i] !== 'Number') return toText(value);
      return numberText(value, Math.min(places, maxPrecision), isCut);
    };
    return { cells: [cut(name), ...values.map((value) => cut(text(value)))], type: types[i] };
  });
  if (isWide) {
    columns.push({ cells: [ellipsis, ...shownRows.map(() => ellipsis)], type: types[maxColumns] });
  }
  if (maxRows < rows.length) for (const { cells } of columns) cells.push(ellipsis);
  const laidOut = columns.map(({ cells, type }) => {
    const width = Math.max(...cells.map((cell) => cell.length));
    const padded = cells.map((cell) =>
      type === 'Text' ? cell.padEnd(width) : cell.padStart(width),
    );
    return [padded[0] ?? '', '-'.repeat(width), ...padded.slice(1)];
  });
  const [first] = laidOut;
  const lines = (first ?? ['', '']).map(
    (_, i) => `| ${laidOut.map((cells) => cells[i] ?? '').join(' | ')} |`,
  );
  return lines.join('\n');
}
