/** The page of `lineage --html`: joins the data in the file, the address and the view. */
import { render } from 'preact';
import { applyTheme, keepTheme, readTheme } from '../../../dashboard/state/theme.js';
import { LineagePage } from './lineage-page.js';
import type { LineagePageData } from './page-data.js';
import { everything, readViewState, writeViewState, type ViewState } from './view-state.js';

const host = document.getElementById('app') as HTMLElement;
const page = JSON.parse(document.getElementById('data')?.textContent ?? '') as LineagePageData;

let theme = readTheme();
let state = stateOfAddress();

/** Without a hash the page opens as its file says. */
function stateOfAddress(): ViewState {
  const hash = location.hash.slice(1);
  return hash === ''
    ? { ...everything, focus: page.focus, column: page.column }
    : readViewState(new URLSearchParams(hash));
}

function show(next: ViewState): void {
  const hash = `#${writeViewState(next).toString() || 'all'}`;
  if (hash !== location.hash) history.pushState(null, '', hash);
  state = next;
  draw();
}

function draw(): void {
  render(
    <LineagePage
      data={page.lineage}
      state={state}
      onState={show}
      theme={theme}
      onTheme={(wanted) => {
        theme = wanted;
        keepTheme(wanted);
        draw();
      }}
    />,
    host,
  );
}

// The back button, and a hash that somebody types.
addEventListener('popstate', () => {
  state = stateOfAddress();
  draw();
});

applyTheme(theme);
draw();
