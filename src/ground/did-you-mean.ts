/** What a mistyped name was meant to be: the one measure of it for all names of the program. */
import { distance } from 'fastest-levenshtein';

/** How many letters may differ. Two swapped ones are two, and the most common slip of all. */
function limitOf(name: string): number {
  return name.length < 4 ? 1 : Math.max(2, Math.floor(name.length / 3));
}

/** Up to `count` of the known names that are near enough to be meant, nearest first, then by name. */
export function nearestNames(name: string, known: Iterable<string>, count = 3): string[] {
  const limit = limitOf(name);
  const wanted = name.toLowerCase();
  return [...new Set(known)]
    .filter((candidate) => Math.abs(candidate.length - wanted.length) <= limit)
    .map((candidate) => ({ candidate, far: distance(wanted, candidate.toLowerCase()) }))
    .filter(({ far }) => far <= limit)
    .sort((a, b) => a.far - b.far || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, count)
    .map(({ candidate }) => candidate);
}

/** `Did you mean 'seeds'?`, or undefined where nothing is near. */
export function didYouMean(name: string, known: Iterable<string>): string | undefined {
  const near = nearestNames(name, known, 1)[0];
  return near === undefined ? undefined : `Did you mean '${near}'?`;
}

/** The same to stand before another sentence: with a space behind it, and empty where nothing is near. */
export function didYouMeanFirst(name: string, known: Iterable<string>): string {
  const asked = didYouMean(name, known);
  return asked === undefined ? '' : `${asked} `;
}
