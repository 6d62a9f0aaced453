/** What can be reached, and in how many steps. */
import type { Links } from './graph.js';

/**
 * Steps to everything that can be reached, the start itself (0) included.
 *
 * @param depth the most steps; default: no limit
 */
export function reach(start: number, links: Links, depth = Infinity): Map<number, number> {
  const steps = new Map([[start, 0]]);
  let last = [start];
  for (let step = 1; step <= depth && last.length > 0; step += 1) {
    const next: number[] = [];
    for (const here of last) {
      for (const there of links[here] ?? []) {
        if (steps.has(there)) continue;
        steps.set(there, step);
        next.push(there);
      }
    }
    last = next;
  }
  return steps;
}

/**
 * The most steps in both directions that lead to at most `limit` things, but one at least.
 * Infinity where all of it is no more than that.
 */
export function depthWithin(
  limit: number,
  ...directions: readonly ReadonlyMap<number, number>[]
): number {
  const perStep: number[] = [];
  for (const steps of directions) {
    for (const step of steps.values()) perStep[step] = (perStep[step] ?? 0) + 1;
  }
  let sum = 0;
  for (let step = 1; step < perStep.length; step += 1) {
    sum += perStep[step] ?? 0;
    if (sum > limit) return Math.max(step - 1, 1);
  }
  return Infinity;
}
