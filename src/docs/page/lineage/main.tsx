/** The page of `lineage --html`: joins the data in the file, the address and the view. */
import { render } from 'preact';
import { LineageView } from './lineage-view.js';
import type { LineagePageData } from './page-data.js';
import { everything, readViewState, writeViewState, type ViewState } from './view-state.js';

const host = document.getElementById('app') as HTMLElement;
const page = JSON.parse(document.getElementById('data')?.textContent ?? '') as LineagePageData;

function state(): ViewState {
  const hash = location.hash.slice(1);
  return hash === ''
    ? { ...everything, focus: page.focus, column: page.column }
    : readViewState(new URLSearchParams(hash));
}

function show(next: ViewState): void {
  // Without a hash the page opens as its file says.
  history.pushState(null, '', `#${writeViewState(next).toString() || 'all'}`);
  draw();
}

function draw(): void {
  render(<LineageView data={page.lineage} state={state()} onState={show} />, host);
}

addEventListener('popstate', draw);
addEventListener('hashchange', draw);
draw();
