import type { RelationPlace } from '../../manifest/node-state.js';
import type { SchemaBuild } from './build-row.js';

/** Where a build has what is published under a name. What it does not have is in its schema neither, and nowhere else. */
export function placeIn({ schema, names }: SchemaBuild, published: RelationPlace): RelationPlace {
  const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
  const name = names.find(
    (one) => same(one.schema, published.schema) && same(one.identifier, published.identifier),
  );
  return { schema, identifier: name?.table.identifier ?? published.identifier };
}
