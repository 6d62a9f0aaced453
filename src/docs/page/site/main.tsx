/** The documentation site: joins the data in the file, the address and the rooms of the page. */
import { render } from 'preact';
import { Formats } from '../../../dashboard/model/format.js';
import { applyTheme, keepTheme, readTheme } from '../../../dashboard/state/theme.js';
import { fromDbt, routeOf, searchHref } from './model/route.js';
import { Search } from './model/search.js';
import { Site } from './model/site.js';
import type { SiteData } from './site-data.js';
import { App } from './view/app.js';
import { titleOf } from './view/title.js';

const host = document.getElementById('app') as HTMLElement;
const data = JSON.parse(document.getElementById('data')?.textContent ?? '') as SiteData;
const site = new Site(data);
const search = new Search(data.nodes);
const formats = new Formats();

let theme = readTheme();
applyTheme(theme);
let isReady = false;
/** Where a search began: an emptied field leads back there. */
let beforeSearch = '#/';
/** How far each address of this visit was scrolled, for the back button. */
const scrolled = new Map<string, number>();
let shown = '';

function draw(): void {
  const route = routeOf(location.hash);
  document.title = titleOf(route, site);
  render(
    <App
      route={route}
      shown={{ site, formats, now: Date.now(), replace, go }}
      search={search}
      isReady={isReady}
      theme={theme}
      onTheme={(wanted) => {
        theme = wanted;
        keepTheme(wanted);
        draw();
      }}
      onSearch={lookFor}
    />,
    host,
  );
}

function lookFor(text: string): void {
  const isSearching = routeOf(location.hash).page === 'search';
  if (!isSearching && text !== '') {
    beforeSearch = location.hash || '#/';
    history.pushState(null, '', searchHref(text));
    shown = location.hash;
    draw();
  } else if (text === '') replace(beforeSearch);
  else replace(searchHref(text));
}

function replace(address: string): void {
  history.replaceState(history.state, '', address);
  shown = location.hash;
  draw();
}

function go(address: string): void {
  location.hash = address;
}

/** Another address: by a link its top is shown, by the back button what was seen of it. */
function navigate(): void {
  const moved = fromDbt(location.hash);
  if (moved !== null) history.replaceState(null, '', moved);
  if (location.hash === shown) return;
  const before = routeOf(shown);
  const now = routeOf(location.hash);
  shown = location.hash;
  draw();
  if (now.page === 'lineage' && before.page === 'lineage') return;
  const section = now.page === 'node' && now.section !== null ? now.section : null;
  const wanted = section === null ? null : document.getElementById(section);
  if (wanted !== null) wanted.scrollIntoView();
  else scrollTo(0, isBack ? (scrolled.get(location.hash) ?? 0) : 0);
  isBack = true;
  if (now.page !== 'search')
    host.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
}

/** A link was followed, unless the address changes without one. */
let isBack = true;
addEventListener('click', (event) => {
  if (event.target instanceof Element && event.target.closest('a[href^="#"]') !== null) {
    scrolled.set(location.hash, scrollY);
    isBack = false;
  }
});
addEventListener('hashchange', navigate);
addEventListener('popstate', navigate);
addEventListener('keydown', (event) => {
  const { target } = event;
  const types = target instanceof HTMLElement && target.matches('input, textarea, select');
  if (
    event.key === '/' &&
    !event.defaultPrevented &&
    !types &&
    !event.ctrlKey &&
    !event.metaKey &&
    !event.altKey
  ) {
    event.preventDefault();
    host.querySelector<HTMLInputElement>('#search')?.select();
  }
});

history.scrollRestoration = 'manual';
navigate();
if (shown === '') draw();
void search.ready.then(() => {
  isReady = true;
  draw();
});
