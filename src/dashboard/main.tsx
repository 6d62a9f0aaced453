/** Starts the page: joins what is known, what is shown, the URL and the browser's events. */
import { render } from 'preact';
import { apiWith } from './api/client.js';
import { readFilters, writeFilters, type Filters } from './model/filters.js';
import { Formats } from './model/format.js';
import { Dashboard } from './state/dashboard.js';
import { forgetKey, keepKey, readKey } from './state/session-key.js';
import { applyTheme, keepTheme, readTheme } from './state/theme.js';
import { App } from './view/app.js';

const host = document.getElementById('app') as HTMLElement;
const formats = new Formats();
const clock = {
  after: (milliseconds: number, call: () => void) => {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
};

let theme = readTheme();
applyTheme(theme);

const dashboard = new Dashboard(apiWith(readKey), readFilters(location.search), clock, draw);

function draw(): void {
  const { filters } = dashboard.state;
  document.title = `Shop overview, last ${filters.period} days - TechStore`;
  render(
    <App
      state={dashboard.state}
      formats={formats}
      now={Date.now()}
      theme={theme}
      hasKey={readKey() !== null}
      onFilter={(wanted) => {
        history.pushState(null, '', `${location.pathname}${writeFilters(wanted)}`);
        show(wanted);
      }}
      onTheme={(wanted) => {
        theme = wanted;
        keepTheme(wanted);
        draw();
      }}
      onKey={(key) => {
        keepKey(key);
        void dashboard.load();
      }}
      onForgetKey={() => {
        forgetKey();
        void dashboard.load();
      }}
      onRetry={() => void dashboard.load()}
    />,
    host,
  );
}

function show(filters: Filters): void {
  void dashboard.show(filters);
}

addEventListener('popstate', () => show(readFilters(location.search)));
addEventListener('online', () => void dashboard.poll());
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') void dashboard.poll();
});
// Ages go on while nothing else happens.
setInterval(draw, 30_000);

draw();
void dashboard.load('');
