import { distance } from 'fastest-levenshtein';

/** `Did you mean 'orders'? ` for a name that is nearly one of those known, else nothing. */
export function nearest(name: string, known: Iterable<string>): string {
  // Two swapped letters are two changes, and the most common slip of all.
  const limit = name.length < 4 ? 1 : Math.max(2, Math.floor(name.length / 3));
  let best: string | null = null;
  let least = limit + 1;
  for (const candidate of known) {
    const far = distance(name.toLowerCase(), candidate.toLowerCase());
    if (far < least) {
      least = far;
      best = candidate;
    }
  }
  return best === null ? '' : `Did you mean '${best}'? `;
}
