/** How orders were handled in the period. */
import type { Snapshot } from '../api/load.js';
import type { Formats } from '../model/format.js';
import { Empty, Panel } from './panel.js';

export interface OperationsProps {
  readonly snapshot: Snapshot;
  readonly formats: Formats;
}

export function Operations({ snapshot: { operations, filters }, formats }: OperationsProps) {
  return (
    <Panel id="operations" title="Operations" scope={`Last ${filters.period} days`}>
      {operations === undefined ? (
        <Empty>This build has no operational figures.</Empty>
      ) : (
        <dl class="facts">
          <div>
            <dt>Orders placed</dt>
            <dd>
              <strong>{formats.count(operations.total_orders)}</strong>
              <small>worth {formats.headline(operations.gross_order_value)}</small>
            </dd>
          </div>
          <div>
            <dt>Cancelled</dt>
            <dd>
              <strong>{formats.count(operations.cancelled_orders)}</strong>
              <small>{formats.percent(operations.cancellation_rate)} of them</small>
            </dd>
          </div>
          <div>
            <dt>Delivered on time</dt>
            <dd>
              <strong>{formats.percent(operations.on_time_delivery_rate)}</strong>
              <small>of deliveries</small>
            </dd>
          </div>
          <div>
            <dt>Days to deliver</dt>
            <dd>
              <strong>{formats.decimal(operations.avg_delivery_days)}</strong>
              <small>on average</small>
            </dd>
          </div>
        </dl>
      )}
    </Panel>
  );
}
