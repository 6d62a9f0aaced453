/** Four figures of the period, each with its change against the period before. */
import type { Snapshot } from '../api/load.js';
import type { ComparedPeriod } from '../api/types.js';
import { deltaOf } from '../model/delta.js';
import type { Formats } from '../model/format.js';
import { Change } from './change.js';

interface KeyFigure {
  readonly title: string;
  readonly value: (period: ComparedPeriod) => number | string | null;
  readonly write: (formats: Formats, value: number | string | null) => string;
  /** In place of the figure of the period before. */
  readonly note?: (period: ComparedPeriod, formats: Formats) => string;
  /** Customers are counted, whether they bought or not. */
  readonly isSales: boolean;
}

const keyFigures: readonly KeyFigure[] = [
  {
    title: 'Revenue',
    value: (period) => period.total_revenue,
    write: (formats, value) => formats.headline(value),
    isSales: true,
  },
  {
    title: 'Orders',
    value: (period) => period.total_orders,
    write: (formats, value) => formats.count(value),
    isSales: true,
  },
  {
    title: 'Average order value',
    value: (period) => period.avg_order_value,
    write: (formats, value) => formats.headline(value),
    isSales: true,
  },
  {
    title: 'Customers',
    value: (period) => period.customers,
    write: (formats, value) => formats.count(value),
    note: (period, formats) => `${formats.count(period.new_customers)} new in this period`,
    isSales: false,
  },
];

export interface KeyFiguresProps {
  readonly snapshot: Snapshot;
  readonly formats: Formats;
}

export function KeyFigures({ snapshot, formats }: KeyFiguresProps) {
  const { current, previous, filters } = snapshot;
  if (current === undefined || previous === undefined) return null;
  // Half a period would make every shop that is new look like a great success.
  const isWhole = previous.days_analyzed >= filters.period;
  return (
    <section class="key-figures" aria-label="Key figures">
      {keyFigures.map(({ title, value, write, note, isSales }) => {
        const before = isSales && !isWhole ? null : value(previous);
        return (
          <div class="panel key-figure" key={title}>
            <h2>{title}</h2>
            <p class="figure">{write(formats, value(current))}</p>
            <p class="against">
              <Change delta={deltaOf(value(current), before)} formats={formats} />
              <span>
                {note?.(current, formats) ??
                  (before === null
                    ? `no earlier period of ${filters.period} days`
                    : `from ${write(formats, before)}`)}
              </span>
            </p>
          </div>
        );
      })}
    </section>
  );
}
