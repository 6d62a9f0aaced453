import { describe, expect, test } from 'vitest';
import { around, fitted, moved, revealing, zoomed } from '../../src/docs/page/lineage/viewport.js';

const window = { width: 432, height: 332 };
const phone = { width: 320, height: 400 };
const small = { width: 100, height: 50 };
const large = { width: 4000, height: 600 };

/** The part of the picture that is seen, in its own pixels. */
const seen = (view: { x: number; y: number; scale: number }, size: typeof window) => ({
  left: -view.x / view.scale,
  top: -view.y / view.scale,
  right: (size.width - view.x) / view.scale,
  bottom: (size.height - view.y) / view.scale,
});

describe('The whole picture', () => {
  test('lies in the middle, no larger than it is', () => {
    expect(fitted(small, window)).toEqual({ x: 166, y: 141, scale: 1 });
  });

  test.each([window, phone])('is seen to its last layer in %o', (size) => {
    const { left, top, right, bottom } = seen(fitted(large, size), size);
    expect(left).toBeLessThanOrEqual(0);
    expect(top).toBeLessThanOrEqual(0);
    expect(right).toBeGreaterThanOrEqual(large.width);
    expect(bottom).toBeGreaterThanOrEqual(large.height);
  });

  test('that is nothing, or has no window, is no trouble', () => {
    expect(fitted({ width: 0, height: 0 }, window).scale).toBe(1);
    expect(Number.isFinite(fitted(large, { width: 0, height: 0 }).x)).toBe(true);
  });
});

describe('A focus', () => {
  test('is in the middle at a size that can be read, where the whole is too large', () => {
    const view = around({ x: 2000, y: 280, width: 100, height: 40 }, large, window);
    expect(view.scale).toBe(0.75);
    expect((seen(view, window).left + seen(view, window).right) / 2).toBeCloseTo(2050);
  });

  test('leaves the window full at the ends of the picture', () => {
    const view = around({ x: 0, y: 280, width: 100, height: 40 }, large, window);
    expect(view.x).toBe(16);
  });

  test('that is larger than the window is seen from its beginning', () => {
    const tall = { width: 4000, height: 3000 };
    const view = around({ x: 2000, y: 500, width: 100, height: 1500 }, tall, window);
    expect(500 * view.scale + view.y).toBeCloseTo(16);
  });

  test('shows the whole where that can be read', () => {
    expect(around({ x: 0, y: 0, width: 10, height: 10 }, small, window)).toEqual(
      fitted(small, window),
    );
  });
});

test('Zoom keeps the place under the pointer, and has limits', () => {
  const before = fitted(large, window);
  const at = { x: 100, y: 150 };
  const after = zoomed(before, 2, at, large, window);
  expect(after.scale).toBeCloseTo(before.scale * 2);
  expect((at.x - after.x) / after.scale).toBeCloseTo((at.x - before.x) / before.scale);
  expect((at.y - after.y) / after.scale).toBeCloseTo((at.y - before.y) / before.scale);
  expect(zoomed(before, 1000, at, large, window).scale).toBe(4);
  expect(zoomed(before, 0.001, at, large, window).scale).toBeCloseTo(before.scale / 2);
});

test('The picture can not be moved out of its window', () => {
  const view = fitted(small, window);
  expect(moved(view, { x: 10, y: -5 }, small, window)).toEqual({ x: 176, y: 136, scale: 1 });
  expect(moved(view, { x: 5000, y: -5000 }, small, window)).toEqual({ x: 400, y: -18, scale: 1 });
});

test('What has the focus of the keyboard is brought into view, and moves nothing where it is in view', () => {
  const view = { x: 0, y: 0, scale: 1 };
  expect(revealing(view, { x: 10, y: 10, width: 50, height: 30 }, window)).toBe(view);
  expect(revealing(view, { x: 500, y: -100, width: 50, height: 30 }, window)).toEqual({
    x: -134,
    y: 116,
    scale: 1,
  });
});
