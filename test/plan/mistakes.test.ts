/** A mistake is told at its place before anything is built. All hundred: test/slow/plan-mistakes.slow.test.ts. */
import { existsSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { harmless, mistakes, type Planted } from './mistakes.js';
import { PlantedShop, pointsAt } from './plant.js';

const planted = new PlantedShop();

afterAll(() => planted.shop.remove());

/** The first of each kind. */
function firstOfEach<T extends Planted>(all: readonly T[]): T[] {
  return [...new Map([...all].reverse().map((one) => [one.kind, one])).values()].reverse();
}

describe('plan', () => {
  it.each(firstOfEach(mistakes()))('points at a mistake: $name', (mistake) => {
    const { code, places, all } = planted.plan(mistake);
    expect(pointsAt(places[0], mistake), all).toBe(true);
    expect(code).not.toBe(0);
    expect(existsSync(planted.shop.path('techstore.duckdb'))).toBe(false);
  });

  it.each(firstOfEach(harmless()))('says nothing of an edit that is right: $name', (edit) => {
    const { code, places, all } = planted.plan(edit);
    expect(places, all).toEqual([]);
    expect(code).toBe(0);
  });
});
