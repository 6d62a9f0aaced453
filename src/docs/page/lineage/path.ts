/** The paths between two nodes. */
import type { Links } from './graph.js';
import { reach } from './reach.js';

/** All that lies on a path from one to the other, in whichever direction there is one; null: there is none. */
export function between(
  one: number,
  other: number,
  parents: Links,
  children: Links,
): ReadonlySet<number> | null {
  const [from, to] = reach(one, children).has(other) ? [one, other] : [other, one];
  const below = reach(from, children);
  if (!below.has(to)) return null;
  const above = reach(to, parents);
  return new Set([...below.keys()].filter((node) => above.has(node)));
}
