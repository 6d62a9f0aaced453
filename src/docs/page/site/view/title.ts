import { isKind, kinds } from '../model/kinds.js';
import type { Route } from '../model/route.js';
import type { Site } from '../model/site.js';

/** For the browser's tab and its history. */
export function titleOf(route: Route, site: Site): string {
  const { name } = site.data.project;
  const own = ownTitle(route, site);
  return own === null ? `${name} documentation` : `${own} - ${name}`;
}

function ownTitle(route: Route, site: Site): string | null {
  switch (route.page) {
    case 'home':
      return null;
    case 'list':
      return isKind(route.kind) ? kinds[route.kind].many : 'No such page';
    case 'node':
      return site.node(route.id)?.name ?? 'No such page';
    case 'column':
      return `${site.node(route.id)?.name ?? route.id}.${route.column}`;
    case 'run':
      return 'Last run';
    case 'lineage':
      return 'Lineage';
    case 'search':
      return `Search: ${route.text}`;
    case 'unknown':
      return 'No such page';
  }
}
