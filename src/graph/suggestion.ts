import { distance } from 'fastest-levenshtein';

/** Up to `count` of the known names that a mistyped one may have meant, nearest first. */
export function nearestNames(name: string, known: Iterable<string>, count = 3): string[] {
  // Two swapped letters are two changes, and the most common slip of all.
  const limit = name.length < 4 ? 1 : Math.max(2, Math.floor(name.length / 3));
  const wanted = name.toLowerCase();
  return [...new Set(known)]
    .map((candidate) => ({ candidate, far: distance(wanted, candidate.toLowerCase()) }))
    .filter(({ far }) => far <= limit)
    .sort((a, b) => a.far - b.far || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, count)
    .map(({ candidate }) => candidate);
}

/** `Did you mean 'tag'?`, or undefined where nothing is near. */
export function didYouMean(name: string, known: Iterable<string>): string | undefined {
  const near = nearestNames(name, known, 1)[0];
  return near === undefined ? undefined : `Did you mean '${near}'?`;
}
