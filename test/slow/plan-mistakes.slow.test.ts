/** Of a hundred mistakes at least 99 are told at their file and line; a hundred right edits raise no alarm. */
import { existsSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { harmless, mistakes } from '../plan/mistakes.js';
import { PlantedShop, pointsAt } from '../plan/plant.js';

const planted = new PlantedShop();

afterAll(() => planted.shop.remove());

it('finds at least 99 of 100 mistakes at their place, without touching data', () => {
  const all = mistakes();
  expect(all).toHaveLength(100);
  const missed = all.flatMap((mistake) => {
    const { places } = planted.plan(mistake);
    const { name, file, line } = mistake;
    return pointsAt(places[0], mistake) ? [] : [{ name, expected: { file, line }, places }];
  });
  expect(missed.length, JSON.stringify(missed, null, 2)).toBeLessThanOrEqual(1);
  expect(existsSync(planted.shop.path('techstore.duckdb'))).toBe(false);
});

it('raises no alarm over 100 right edits', () => {
  const all = harmless();
  expect(all).toHaveLength(100);
  const alarms = all.flatMap((edit) => {
    const { code, places } = planted.plan(edit);
    return code === 0 && places.length === 0 ? [] : [{ name: edit.name, places }];
  });
  expect(alarms).toEqual([]);
});
