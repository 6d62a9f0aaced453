/** Segments by customers and revenue; each leads to its customers. */
import type { Snapshot } from '../api/load.js';
import type { Filters } from '../model/filters.js';
import type { Formats } from '../model/format.js';
import { DataTable } from './data-table.js';
import { FilterLink } from './filter-link.js';
import { Panel } from './panel.js';
import { Share } from './share.js';

export interface SegmentsProps {
  readonly snapshot: Snapshot;
  readonly filters: Filters;
  readonly formats: Formats;
  readonly onFilter: (filters: Filters) => void;
}

export function Segments({ snapshot, filters, formats, onFilter }: SegmentsProps) {
  return (
    <Panel id="segments" title="Customer segments" scope="All time">
      <DataTable
        caption="Customer segments by customers and revenue"
        rows={snapshot.segments}
        keyOf={(row) => row.segment}
        isCurrent={(row) => row.segment === filters.segment}
        columns={[
          {
            title: 'Segment',
            cell: ({ segment }) => {
              const isCurrent = segment === filters.segment;
              return (
                <FilterLink
                  filters={{ ...filters, segment: isCurrent ? null : segment }}
                  isCurrent={isCurrent}
                  onFilter={onFilter}
                >
                  {segment}
                </FilterLink>
              );
            },
          },
          { title: 'Customers', isNumber: true, cell: (row) => formats.count(row.customers) },
          {
            title: 'Share',
            isExtra: true,
            cell: (row) => (
              <Share percent={row.customer_share_percent} tone="second" formats={formats} />
            ),
          },
          { title: 'Revenue', isNumber: true, cell: (row) => formats.money(row.revenue) },
          {
            title: 'Share of revenue',
            isExtra: true,
            cell: (row) => (
              <Share percent={row.revenue_share_percent} tone="first" formats={formats} />
            ),
          },
        ]}
      />
    </Panel>
  );
}
