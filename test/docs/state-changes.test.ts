import { expect, test } from 'vitest';
import {
  follow,
  hide,
  letGo,
  pathTo,
  toggleColumns,
} from '../../src/docs/page/lineage/state-changes.js';
import { statusOf } from '../../src/docs/page/lineage/status.js';
import { everything, readViewState } from '../../src/docs/page/lineage/view-state.js';
import { diamondGraph, shownAt } from './small-graph.js';

test('Following another table forgets the steps and the path of the one before, but no filter', () => {
  const before = readViewState(
    new URLSearchParams('focus=a&to=b&up=1&down=2&layer=gold&hide=sales&hide=raw&only=1'),
  );
  expect(follow(before, 'sales', 'total')).toEqual({
    ...everything,
    focus: 'sales',
    column: 'total',
    only: true,
    layers: ['gold'],
    hidden: ['raw'],
  });
  expect(letGo(before)).toEqual({ ...everything, layers: ['gold'], hidden: ['sales', 'raw'] });
});

test('A table that is hidden is followed no longer', () => {
  expect(hide({ ...everything, focus: 'sales', column: 'total' }, 'sales')).toEqual({
    ...everything,
    hidden: ['sales'],
  });
  expect(hide({ ...everything, focus: 'a', to: 'b' }, 'b')).toMatchObject({ focus: 'a', to: null });
});

test('A path shows its other end even if that was hidden', () => {
  expect(pathTo({ ...everything, focus: 'a', column: 'x', hidden: ['b'] }, 'b')).toMatchObject({
    focus: 'a',
    column: null,
    to: 'b',
    hidden: [],
  });
});

test('One table is closed while all are open', () => {
  const state = { ...everything, open: ['*'] };
  expect(toggleColumns(state, 'b', ['a', 'b', 'c']).open).toEqual(['a', 'c']);
  expect(toggleColumns(everything, 'b', ['a', 'b', 'c']).open).toEqual(['b']);
});

test.each([
  ['', '5 tables.'],
  ['layer=gold', '2 of 5 tables.'],
  ['focus=sales', '5 tables. Lineage of sales.'],
  ['focus=sales&column=total', '5 tables. Lineage of sales.total.'],
  ['focus=sales&only=1&up=1', '3 of 5 tables. Lineage of sales. 1 step up.'],
  ['focus=raw&to=sales', '3 of 5 tables. Paths between raw and sales.'],
  ['focus=people&to=sales', '2 of 5 tables. No path leads between people and sales.'],
  ['focus=nobody', '5 tables. This page has no nobody.'],
  ['focus=sales&column=x', '5 tables. Lineage of sales. sales has no column x here.'],
  ['hide=clean', '4 of 5 tables. 1 hidden. Dashed lines lead through tables that are not shown.'],
])('What is shown at "%s" is said: %s', (address, sentence) => {
  const state = readViewState(new URLSearchParams(address));
  expect(statusOf(diamondGraph, shownAt(address), state)).toBe(sentence);
});
