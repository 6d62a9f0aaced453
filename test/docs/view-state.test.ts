import { expect, test } from 'vitest';
import {
  everything,
  readViewState,
  writeViewState,
  type ViewState,
} from '../../src/docs/page/lineage/view-state.js';

const read = (address: string): ViewState => readViewState(new URLSearchParams(address));

test('An address without parameters shows everything, and everything has such an address', () => {
  expect(read('')).toEqual(everything);
  expect(writeViewState(everything).toString()).toBe('');
});

test('All of a state comes back from its address', () => {
  const state: ViewState = {
    focus: 'model.shop.a & b',
    column: 'with = and # and +',
    to: 'seed.shop.ü',
    only: false,
    up: 2,
    down: null,
    layers: ['gold', 'a,b'],
    tags: ['x'],
    types: ['model', 'seed'],
    hidden: ['model.shop.c'],
    open: ['*'],
  };
  expect(read(writeViewState(state).toString())).toEqual(state);
});

test.each(['up=-1', 'up=1.5', 'up=x', 'up=9999', 'only=yes', 'column=a', 'to=a', 'nothing=1'])(
  'What makes no sense is passed over: %s',
  (address) => {
    expect(read(address)).toEqual(everything);
  },
);

test('Zero steps and all steps are told apart from none asked for', () => {
  expect(read('up=0&down=all')).toMatchObject({ up: 0, down: null });
});
