import { expect, test } from 'vitest';
import { BUILD_ID, newBuildId } from '../../src/builds/build-id.js';

const at = new Date('2026-11-25T02:15:39.900Z');

test('An id is the UTC second and four digits', () => {
  expect(newBuildId(at)).toMatch(/^20261125T021539Z-[0-9a-f]{4}$/);
});

test('Ids of one second keep their order', () => {
  let last = newBuildId(at);
  for (let i = 0; i < 3000; i++) {
    const next = newBuildId(at, last);
    expect(next > last).toBe(true);
    expect(next).toMatch(BUILD_ID);
    last = next;
  }
});

test('An id sorts behind the last one when the clock was set back', () => {
  const next = newBuildId(at, '20261125T021600Z-0001');

  expect(next > '20261125T021600Z-0001').toBe(true);
  expect(next.slice(0, 16)).toBe('20261125T021600Z');
});

test('A full second goes over into the next one', () => {
  expect(newBuildId(at, '20261231T235959Z-ffff')).toMatch(/^20270101T000000Z-/);
});
