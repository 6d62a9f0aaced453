/**
 * Chance that comes out the same on every run and machine. One row of numbers serves all tables:
 * whoever draws one more of them changes everything that is made afterwards.
 */
let state = 20250630;

/**
 * A number from 0 (included) to 1 (excluded): mulberry32, whole-number arithmetic only.
 * @returns {number}
 */
export function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

/** @param {number} share of all cases, from 0 to 1 */
export const chance = (share) => random() < share;

/**
 * A whole number; both ends are included.
 * @param {number} low
 * @param {number} high
 */
export const between = (low, high) => low + Math.floor(random() * (high - low + 1));

/**
 * @template T
 * @param {readonly T[]} list
 * @returns {T}
 */
export const pick = (list) => at(list, Math.floor(random() * list.length));

/**
 * One of [item, weight] pairs.
 * @template const T
 * @param {readonly (readonly [T, number])[]} pairs
 * @returns {T}
 */
export function pickWeighted(pairs) {
  let rest = random() * pairs.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [item, weight] of pairs) {
    rest -= weight;
    if (rest < 0) return item;
  }
  return at(pairs, pairs.length - 1)[0];
}

/**
 * What a list has at a place, which must be there.
 * @template T
 * @param {readonly T[]} list
 * @param {number} index from 0
 * @returns {T}
 */
export function at(list, index) {
  const item = list[index];
  if (item === undefined) throw new Error(`There is no ${index} in a list of ${list.length}`);
  return item;
}
