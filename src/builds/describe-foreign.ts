import { describeObjects, type CatalogObject } from './catalog-object.js';

/** Number of names to list; the others are only counted. */
const listed = 20;

/** A sentence about objects of other programs in the published file; null if there are none. */
export function describeForeign(foreign: readonly CatalogObject[]): string | null {
  if (foreign.length === 0) return null;
  const what = foreign.length === 1 ? '1 object' : `${foreign.length} objects`;
  return `The published file contains ${what} from other programs, which every build keeps: ${describeObjects(foreign, listed)}`;
}
