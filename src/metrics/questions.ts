/**
 * What can be asked, and by which parameters. Help and completion are made of it, so it loads
 * nothing but plain data: what an answer looks like is told in definitions/.
 */
import { segments } from '../ground/segments.js';
import type { Parameter, Question } from './metric.js';
import type { DetailName, MetricName } from './metric-names.js';

/** A whole number with one range for the API and, where it differs, another for the terminal. */
export function numberParameter(
  description: string,
  fallback: number,
  api: readonly [number, number],
  terminal: readonly [number, number] = api,
): Parameter {
  return { kind: 'number', description, default: fallback, range: { api, terminal } };
}

const days = numberParameter('number of days up to the date of the figures', 30, [1, 365]);
const rowsOfEachList = numberParameter('rows of each list', 10, [1, 200], [1, 10_000]);

export const questions = {
  'customers top': {
    description: 'customers with orders, by lifetime value',
    parameters: { limit: numberParameter('customers to list', 10, [1, 100], [1, 10_000]) },
  },
  'customers segment': {
    description: 'customers of one segment, by lifetime value',
    parameters: {
      segment: { kind: 'choice', description: 'the segment', choices: segments },
      limit: numberParameter('customers to list', 50, [1, 200]),
    },
  },
  'customers segments': {
    description: 'all segments: customers, revenue and their shares',
    parameters: {},
  },
  'customers show': {
    description: 'one customer: profile, scores, orders, products and reviews',
    parameters: { id: { kind: 'id', description: 'id of the customer' }, limit: rowsOfEachList },
    sections: ['profile', 'scores', 'orders', 'products', 'reviews'],
  },
  'products best-sellers': {
    description: 'products with sales performance Best Seller or Good, by revenue',
    parameters: { limit: numberParameter('products to list', 10, [1, 100]) },
  },
  'products low-stock': {
    description: 'products that are out of stock or low on stock, lowest stock first',
    parameters: { limit: numberParameter('products to list', 50, [1, 200]) },
  },
  'products show': {
    description: 'one product: profile, sales, orders and reviews',
    parameters: { id: { kind: 'id', description: 'id of the product' }, limit: rowsOfEachList },
    sections: ['profile', 'sales', 'orders', 'reviews'],
  },
  'sales summary': {
    description: 'total revenue and orders of the last days',
    parameters: { days },
  },
  'sales trends': {
    description: 'sales by month with growth, latest first',
    parameters: { months: numberParameter('months to list', 12, [1, 24]) },
  },
  'sales daily': { description: 'sales by day, oldest first', parameters: { days } },
  'operations summary': {
    description: 'orders, cancellations and delivery of the last 7, 30, 90 and 365 days',
    parameters: {},
  },
} as const satisfies Record<MetricName | DetailName, Question>;
