/** Rows as a table that scrolls in its own box where there is no room. */
import type { ComponentChildren } from 'preact';
import { useScrolls } from './use-scrolls.js';

interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => ComponentChildren;
  readonly isNumber?: boolean;
  /** Left out where there is little room. */
  readonly isExtra?: boolean;
}

export interface DataTableProps<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** The row that the filter chose. */
  readonly isCurrent?: (row: Row) => boolean;
}

export function DataTable<Row>({ caption, columns, rows, keyOf, isCurrent }: DataTableProps<Row>) {
  const { box, scrolls } = useScrolls();
  const classOf = ({ isNumber, isExtra }: Column<Row>) =>
    [isNumber === true ? 'number' : '', isExtra === true ? 'extra' : ''].join(' ').trim();
  return (
    <div
      class="scroll"
      ref={box}
      {...(scrolls ? { tabIndex: 0, role: 'region', 'aria-label': caption } : {})}
    >
      <table>
        <caption class="hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.title} scope="col" class={classOf(column)}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} class={isCurrent?.(row) === true ? 'current' : ''}>
              {columns.map((column, i) =>
                i === 0 ? (
                  <th key={column.title} scope="row" class={classOf(column)}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.title} class={classOf(column)}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
