/** The head of the page: what is shown, as of when, and the filters for all of it. */
import type { Ready } from '../api/types.js';
import { periods, type Filters } from '../model/filters.js';
import type { Formats } from '../model/format.js';
import { currentPeriod } from '../model/period.js';
import type { Theme } from '../state/theme.js';
import { FilterLink } from './filter-link.js';
import { ThemeChoice } from './theme-choice.js';

export interface ToolbarProps {
  readonly filters: Filters;
  /** Those of the figures on the screen: new ones may be on their way. */
  readonly shown: Filters;
  readonly isBusy: boolean;
  readonly ready: Ready | null;
  readonly now: number;
  readonly formats: Formats;
  readonly theme: Theme;
  readonly onFilter: (filters: Filters) => void;
  readonly onTheme: (theme: Theme) => void;
}

export function Toolbar(props: ToolbarProps) {
  const { filters, shown, isBusy, ready, now, formats, theme, onFilter, onTheme } = props;
  return (
    <header class={isBusy ? 'toolbar busy' : 'toolbar'}>
      <div class="toolbar-row">
        <svg class="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
          <rect width="32" height="32" rx="8" />
          <path d="M8 22v-6m5.5 6V10m5.5 12v-9m5.5 9V7" />
        </svg>
        <div class="heading">
          <h1>Shop overview</h1>
          <p class="side-text">{whenOf(shown, ready, now, formats)}</p>
        </div>
        <nav class="periods" aria-label="Period">
          {periods.map((period) => (
            <FilterLink
              key={period}
              filters={{ ...filters, period }}
              isCurrent={period === filters.period}
              label={`Last ${period} days`}
              onFilter={onFilter}
            >
              {period}
              <span class="unit"> days</span>
            </FilterLink>
          ))}
        </nav>
        <div class="tools">
          <label class="choice">
            <span class="hidden">Colours</span>
            <ThemeChoice theme={theme} onTheme={onTheme} />
          </label>
          <button type="button" onClick={() => print()}>
            Print
          </button>
        </div>
      </div>
    </header>
  );
}

/** `1 – 30 Jun 2025, published 2 hours ago` */
function whenOf(filters: Filters, ready: Ready | null, now: number, formats: Formats): string {
  if (ready === null) return 'TechStore Analytics';
  const { as_of: asOf, published_at: publishedAt } = ready;
  const parts: string[] = [];
  if (asOf !== null) {
    const { first, last } = currentPeriod(asOf, filters.period);
    parts.push(formats.dateRange(first, last));
  }
  if (publishedAt !== null) parts.push(`published ${formats.age(publishedAt, now)}`);
  return parts.join(' · ') || 'TechStore Analytics';
}
