import { describeObjects, type CatalogObject } from './catalog-object.js';

/** Names listed before the rest is only counted. */
const listed = 20;

/** A sentence on what others made in the published file; null where they made nothing. */
export function describeForeign(foreign: readonly CatalogObject[]): string | null {
  if (foreign.length === 0) return null;
  const what = foreign.length === 1 ? '1 object' : `${foreign.length} objects`;
  return `The published file contains ${what} from other programs, which every build keeps: ${describeObjects(foreign, listed)}`;
}
