import { expect, test } from 'vitest';
import { between } from '../../src/docs/page/lineage/path.js';
import { depthWithin, reach } from '../../src/docs/page/lineage/reach.js';

/** 0 -> 1 -> 2 -> 3, 0 -> 2, and 4 alone. */
const children = [[1, 2], [2], [3], [], []];
const parents = [[], [0], [0, 1], [2], []];

test('Steps are those of the shortest way', () => {
  expect([...reach(0, children)]).toEqual([
    [0, 0],
    [1, 1],
    [2, 1],
    [3, 2],
  ]);
  expect([...reach(3, parents, 1).keys()]).toEqual([3, 2]);
  expect([...reach(4, children).keys()]).toEqual([4]);
});

test('A circle ends', () => {
  expect([...reach(0, [[1], [0]]).keys()]).toEqual([0, 1]);
});

test('A depth is the most steps that stay within a limit, one at least', () => {
  const up = new Map([
    [9, 0],
    [1, 1],
    [2, 2],
    [3, 2],
  ]);
  const down = new Map([
    [9, 0],
    [4, 1],
  ]);
  expect(depthWithin(4, up, down)).toBe(Infinity);
  expect(depthWithin(3, up, down)).toBe(1);
  expect(depthWithin(1, up, down)).toBe(1);
  expect(depthWithin(1, new Map([[9, 0]]))).toBe(Infinity);
});

test('All paths between two nodes count, in either direction', () => {
  expect([...(between(0, 3, parents, children) ?? [])].sort()).toEqual([0, 1, 2, 3]);
  expect([...(between(3, 0, parents, children) ?? [])].sort()).toEqual([0, 1, 2, 3]);
  expect([...(between(1, 3, parents, children) ?? [])].sort()).toEqual([1, 2, 3]);
  expect(between(0, 4, parents, children)).toBeNull();
});
