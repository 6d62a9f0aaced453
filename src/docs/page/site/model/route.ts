/** Addresses of the site, all behind the `#`: one file has no paths. */
import type { SiteNode } from '../site-data.js';

export type Route =
  | { readonly page: 'home' }
  | { readonly page: 'list'; readonly kind: string; readonly query: URLSearchParams }
  | { readonly page: 'node'; readonly id: string; readonly section: string | null }
  | { readonly page: 'column'; readonly id: string; readonly column: string }
  | { readonly page: 'run'; readonly query: URLSearchParams }
  | { readonly page: 'lineage'; readonly query: URLSearchParams }
  | { readonly page: 'search'; readonly text: string }
  | { readonly page: 'unknown'; readonly address: string };

/** @param hash as `location.hash` has it */
export function routeOf(hash: string): Route {
  const address = hash.replace(/^#/, '');
  if (address === '' || address === '/') return { page: 'home' };
  const [path = '', search = ''] = split(address, '?');
  const [first = '', second, third] = path.replace(/^\//, '').split('/').map(decoded);
  const query = new URLSearchParams(search);
  switch (first) {
    case 'run':
      return { page: 'run', query };
    case 'lineage':
      return { page: 'lineage', query };
    case 'search':
      return { page: 'search', text: query.get('q') ?? '' };
    case 'list':
      if (second !== undefined) return { page: 'list', kind: second, query };
      break;
    case 'column':
      if (second !== undefined && third !== undefined) {
        return { page: 'column', id: second, column: third };
      }
      break;
    default:
      if (second !== undefined && kinds.includes(first)) {
        return { page: 'node', id: second, section: third ?? null };
      }
  }
  return { page: 'unknown', address: `#${address}` };
}

const kinds: readonly string[] = [
  'model',
  'seed',
  'snapshot',
  'source',
  'test',
  'unit_test',
  'analysis',
  'exposure',
  'macro',
  'metric',
];

/**
 * The address of what dbt's own site has at `#!/…`, so that bookmarks keep working; null for any other one.
 * Its lineage (`?g_v=1`) is that of the node.
 */
export function fromDbt(hash: string): string | null {
  if (!hash.startsWith('#!')) return null;
  const [path = '', search = ''] = split(hash.slice(2).replace(/^\//, ''), '?');
  const [kind = '', id = ''] = path.split('/').map(decoded);
  if (new URLSearchParams(search).get('g_v') !== null) {
    return kinds.includes(kind) && id !== ''
      ? `#/lineage?${new URLSearchParams({ focus: id }).toString()}`
      : '#/lineage';
  }
  if (kind === 'source_list') return listHref('source', { q: `${id}.` });
  return kinds.includes(kind) && id !== '' ? `#/${kind}/${encoded(id)}` : '#/';
}

export function hrefOf({ type, id }: Pick<SiteNode, 'type' | 'id'>, section?: string): string {
  return `#/${type}/${encoded(id)}${section === undefined ? '' : `/${section}`}`;
}

export function columnHref(id: string, column: string): string {
  return `#/column/${encoded(id)}/${encoded(column)}`;
}

export function searchHref(text: string): string {
  return `#/search?${new URLSearchParams({ q: text }).toString()}`;
}

export function listHref(kind: string, query: Readonly<Record<string, string>> = {}): string {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''));
  return `#/list/${kind}${search.size === 0 ? '' : `?${search.toString()}`}`;
}

/** Names may hold anything, `/`, `?` and `%` too. */
function encoded(text: string): string {
  return encodeURIComponent(text);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function split(text: string, at: string): readonly [string, string] {
  const place = text.indexOf(at);
  return place === -1 ? [text, ''] : [text.slice(0, place), text.slice(place + 1)];
}
