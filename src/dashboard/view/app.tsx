/** The page. */
import type { State } from '../state/dashboard.js';
import type { Theme } from '../state/theme.js';
import type { Filters } from '../model/filters.js';
import type { Formats } from '../model/format.js';
import { Builds } from './builds.js';
import { Customers } from './customers.js';
import { KeyFigures } from './key-figures.js';
import { KeyForm } from './key-form.js';
import { Operations } from './operations.js';
import { BestSellers, LowStock } from './products.js';
import { RevenueByDay, RevenueByMonth } from './revenue.js';
import { Segments } from './segments.js';
import { Skeleton } from './skeleton.js';
import { Toolbar } from './toolbar.js';
import { Trouble } from './trouble.js';

export interface AppProps {
  readonly state: State;
  readonly formats: Formats;
  /** Now, in milliseconds, for ages. */
  readonly now: number;
  readonly theme: Theme;
  readonly hasKey: boolean;
  readonly onFilter: (filters: Filters) => void;
  readonly onTheme: (theme: Theme) => void;
  readonly onKey: (key: string) => void;
  readonly onForgetKey: () => void;
  readonly onRetry: () => void;
}

export function App(props: AppProps) {
  const { state, formats, now, theme, hasKey, onFilter, onTheme, onForgetKey } = props;
  const { filters, ready } = state;
  return (
    <>
      <a class="skip" href="#figures">
        Skip to the figures
      </a>
      <Toolbar
        {...{ filters, ready, now, formats, theme, onFilter, onTheme }}
        shown={state.snapshot?.filters ?? filters}
        isBusy={state.isLoading}
      />
      <main id="figures" tabIndex={-1} aria-busy={state.isLoading}>
        <Content {...props} />
      </main>
      <footer class="foot">
        <p>
          {ready === null
            ? 'TechStore Analytics'
            : `Build ${ready.build} of the target ${ready.target}`}
          {ready?.as_of == null ? '' : `, as of ${formats.date(ready.as_of)}`}
        </p>
        <p>
          <a href="/docs">API documentation</a>
          {hasKey && (
            <button type="button" class="quiet" onClick={onForgetKey}>
              Forget the API key
            </button>
          )}
        </p>
      </footer>
      <p class="hidden" role="status">
        {state.news}
      </p>
    </>
  );
}

function Content(props: AppProps) {
  const { state, formats, now, hasKey, onFilter, onKey, onRetry } = props;
  const { snapshot, failure, filters, isLoading, ready, builds, sources } = state;
  if (failure?.kind === 'unauthorized' || failure?.kind === 'forbidden') {
    return <KeyForm {...{ failure, hasKey, onKey }} />;
  }
  return (
    <>
      {failure !== null && (
        <Trouble {...{ failure, isLoading, onRetry, hasFigures: snapshot !== null }} />
      )}
      {snapshot === null && failure === null && (
        <>
          <p class="hidden" role="status">
            Loading the figures.
          </p>
          <Skeleton />
        </>
      )}
      {snapshot !== null && (
        <div class="grid">
          <KeyFigures {...{ snapshot, formats }} />
          <RevenueByDay {...{ snapshot, formats }} />
          <Operations {...{ snapshot, formats }} />
          <RevenueByMonth {...{ snapshot, formats }} />
          <Segments {...{ snapshot, filters, formats, onFilter }} />
          <Customers {...{ snapshot, filters, formats, onFilter }} />
          <BestSellers {...{ snapshot, formats }} />
          <LowStock {...{ snapshot, formats }} />
          <Builds {...{ ready, builds, sources, now, formats }} />
        </div>
      )}
    </>
  );
}
