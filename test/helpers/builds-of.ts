/** What `builds list` and `builds show` say of the builds of a shop. */
import type { Shop } from './shop.js';

function printed(shop: Shop, ...args: string[]): Record<string, unknown>[] {
  return JSON.parse(shop.run('builds', ...args, '--json').stdout) as Record<string, unknown>[];
}

/** Newest first. */
export function statesOf(shop: Shop): unknown[] {
  return printed(shop, 'list').map(({ state }) => state);
}

export function newestOf(shop: Shop): string {
  return String(printed(shop, 'list')[0]?.['build']);
}

/** Rows of each table of a build, by its name. */
export function rowsOfBuild(shop: Shop, build: string): Record<string, unknown> {
  return Object.fromEntries(
    printed(shop, 'show', build).flatMap(({ node, rows }) =>
      rows === null ? [] : [[String(node), rows]],
    ),
  );
}
