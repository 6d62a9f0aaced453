/** The customers that are worth most, of all or of one segment. */
import type { Snapshot } from '../api/load.js';
import { segments, type Segment } from '../../ground/segments.js';
import type { Filters } from '../model/filters.js';
import type { Formats } from '../model/format.js';
import { DataTable } from './data-table.js';
import { Empty, Panel } from './panel.js';

export interface CustomersProps {
  readonly snapshot: Snapshot;
  readonly filters: Filters;
  readonly formats: Formats;
  readonly onFilter: (filters: Filters) => void;
}

export function Customers({ snapshot, filters, formats, onFilter }: CustomersProps) {
  const { customers } = snapshot;
  return (
    <Panel
      id="customers"
      title={
        snapshot.filters.segment === null
          ? 'Top customers'
          : `Top customers: ${snapshot.filters.segment}`
      }
      scope={
        <label class="choice">
          <span>Segment</span>
          <select
            value={filters.segment ?? ''}
            onChange={({ currentTarget: { value } }) =>
              onFilter({ ...filters, segment: value === '' ? null : (value as Segment) })
            }
          >
            <option value="">All segments</option>
            {segments.map((segment) => (
              <option key={segment} value={segment}>
                {segment}
              </option>
            ))}
          </select>
        </label>
      }
    >
      {customers.length === 0 ? (
        <Empty>
          {snapshot.filters.segment === null
            ? 'No customer has ordered yet.'
            : `The segment ${snapshot.filters.segment} has no customers.`}
        </Empty>
      ) : (
        <DataTable
          caption={`Top customers, ${snapshot.filters.segment ?? 'all segments'}, by lifetime value`}
          rows={customers}
          keyOf={(row) => String(row.customer_id)}
          columns={[
            {
              title: 'Customer',
              cell: (row) => (
                <>
                  <span class="main-text">{row.name}</span>
                  <span class="side-text">
                    {[row.city, row.country].filter((part) => part !== null).join(', ')}
                  </span>
                </>
              ),
            },
            {
              title: 'Segment',
              isExtra: true,
              cell: (row) => <span class="tag">{row.customer_segment}</span>,
            },
            { title: 'Orders', isNumber: true, cell: (row) => formats.count(row.total_orders) },
            {
              title: 'Lifetime value',
              isNumber: true,
              cell: (row) => formats.money(row.customer_lifetime_value),
            },
          ]}
        />
      )}
    </Panel>
  );
}
