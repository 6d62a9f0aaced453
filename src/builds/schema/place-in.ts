import type { RelationPlace } from '../../manifest/node-state.js';
import type { SchemaBuild } from './build-row.js';

/**
 * The place in a build of the relation that is published under a name. If the build lacks that name,
 * the place is in its schema, where nothing exists.
 */
export function placeIn({ schema, names }: SchemaBuild, published: RelationPlace): RelationPlace {
  const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
  const name = names.find(
    (one) => same(one.schema, published.schema) && same(one.identifier, published.identifier),
  );
  return { schema, identifier: name?.table.identifier ?? published.identifier };
}
