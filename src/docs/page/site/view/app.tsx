/** The frame of the page, and the room that the address names. */
import { useEffect, useState } from 'preact/hooks';
import type { Theme } from '../../../../dashboard/state/theme.js';
import { ThemeChoice } from '../../../../dashboard/view/theme-choice.js';
import { isKind } from '../model/kinds.js';
import type { Route } from '../model/route.js';
import type { Search } from '../model/search.js';
import { ColumnPage } from './column-page.js';
import { HomePage } from './home-page.js';
import { LineagePage } from './lineage-page.js';
import { ListPage } from './list-page.js';
import { missing, NodePage } from './node-page.js';
import { RunPage } from './run-page.js';
import { SearchPage } from './search-page.js';
import { Side } from './side.js';
import { SiteContext, type SiteShown } from './site-context.js';

export interface SiteAppProps {
  readonly route: Route;
  readonly shown: SiteShown;
  readonly search: Search;
  readonly isReady: boolean;
  readonly theme: Theme;
  readonly onTheme: (theme: Theme) => void;
  readonly onSearch: (text: string) => void;
}

export function App(props: SiteAppProps) {
  const { route, shown } = props;
  const current = route.page === 'node' || route.page === 'column' ? route.id : null;
  const [isBrowsing, browse] = useState(false);
  // On a phone the list covers the page: whoever follows a link of it wants to see the page.
  useEffect(() => browse(false), [route.page, current]);
  return (
    <SiteContext.Provider value={shown}>
      <header class="top">
        <a class="skip" href={`${location.hash || '#/'}`} onClick={skip}>
          Skip to the content
        </a>
        <button
          type="button"
          class="browse"
          aria-expanded={isBrowsing}
          aria-controls="side"
          onClick={() => browse(!isBrowsing)}
        >
          Browse
        </button>
        <a class="name" href="#/">
          {shown.site.data.project.name}
        </a>
        <Field {...props} />
        <label class="theme">
          <span class="hidden">Colours</span>
          <ThemeChoice theme={props.theme} onTheme={props.onTheme} />
        </label>
      </header>
      <div class="body">
        <nav id="side" class={isBrowsing ? 'open' : ''} aria-label="Pages">
          <Side current={current} />
        </nav>
        <main id="content" tabIndex={-1} class={`page-${route.page}`}>
          <Room {...props} />
        </main>
      </div>
    </SiteContext.Provider>
  );
}

/** The address is the page's own: a jump inside of it must not change it. */
function skip(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
  document.getElementById('content')?.focus();
}

function Field({ route, onSearch }: SiteAppProps) {
  return (
    <form
      class="search"
      role="search"
      aria-label="All pages"
      onSubmit={(event) => {
        event.preventDefault();
        document.querySelector<HTMLElement>('.hits a')?.click();
      }}
    >
      <input
        id="search"
        type="search"
        placeholder="Search (/)"
        aria-label="Search names, columns, descriptions, tags and SQL"
        autocomplete="off"
        spellcheck={false}
        value={route.page === 'search' ? route.text : ''}
        onInput={(event) => onSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') {
            event.preventDefault();
            document.querySelector<HTMLElement>('.hits a')?.focus();
          }
        }}
      />
    </form>
  );
}

function Room({ route, shown, search, isReady }: SiteAppProps) {
  const { site } = shown;
  switch (route.page) {
    case 'home':
      return <HomePage />;
    case 'list':
      return isKind(route.kind) ? (
        <ListPage kind={route.kind} query={route.query} />
      ) : (
        missing(`#/list/${route.kind}`)
      );
    case 'node': {
      const node = site.node(route.id);
      return node === null ? missing(route.id) : <NodePage key={node.id} node={node} />;
    }
    case 'column': {
      const node = site.node(route.id);
      return node === null ? missing(route.id) : <ColumnPage node={node} name={route.column} />;
    }
    case 'run':
      return <RunPage query={route.query} />;
    case 'lineage':
      return <LineagePage query={route.query} />;
    case 'search':
      return <SearchPage text={route.text} isReady={isReady} {...search.find(route.text)} />;
    case 'unknown':
      return missing(route.address);
  }
}
