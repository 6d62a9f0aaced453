/** A chart with what it says in words, and its figures as a table. */
import type { ComponentChildren } from 'preact';
import { Chart, type ChartProps } from '../chart/chart.js';
import { DataTable, type DataTableProps } from './data-table.js';
import { Empty, Panel } from './panel.js';

export interface ChartPanelProps<Row> extends ChartProps {
  readonly id: string;
  readonly title: string;
  readonly scope: ComponentChildren;
  readonly legend: ComponentChildren;
  readonly table: DataTableProps<Row>;
  /** Shown where there is nothing to draw. */
  readonly empty: string;
}

export function ChartPanel<Row>({
  id,
  title,
  scope,
  legend,
  label,
  draw,
  table,
  empty,
}: ChartPanelProps<Row>) {
  return (
    <Panel id={id} title={title} scope={scope}>
      {table.rows.length === 0 ? (
        <Empty>{empty}</Empty>
      ) : (
        <>
          <Chart label={label} draw={draw} />
          <div class="chart-foot">
            <ul class="legend">{legend}</ul>
            <details>
              <summary>
                Show as table<span class="hidden">: {title}</span>
              </summary>
              <DataTable {...table} />
            </details>
          </div>
        </>
      )}
    </Panel>
  );
}
