import { expect, test } from 'vitest';
import { didYouMean, didYouMeanFirst, nearestNames } from '../../src/ground/did-you-mean.js';

test.each([
  ['gold_sales_metric', ['silver_orders', 'gold_sales_metrics'], 'gold_sales_metrics'],
  ['Ordres', ['customers', 'orders'], 'orders'],
  ['if', ['is', 'elif'], 'is'],
])('%s is near to one of %j', (name, known, meant) => {
  expect(didYouMean(name, known)).toBe(`Did you mean '${meant}'?`);
  expect(didYouMeanFirst(name, known)).toBe(`Did you mean '${meant}'? `);
});

test('Nothing is proposed where nothing is near', () => {
  expect(didYouMean('orders', ['customers', 'reviews'])).toBeUndefined();
  expect(didYouMeanFirst('orders', [])).toBe('');
  // Two letters of three are another word.
  expect(didYouMean('tag', ['top'])).toBeUndefined();
});

test('Of several near names the nearest come first, then those earlier in the alphabet', () => {
  const known = ['order_c', 'orders_b', 'order_a', 'order_a', 'orders_a'];
  expect(nearestNames('orders_a', known)).toEqual(['orders_a', 'order_a', 'orders_b']);
  expect(nearestNames('orders_a', known, 1)).toEqual(['orders_a']);
});
