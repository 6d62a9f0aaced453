/** The questions of the API that are one metric each. */
import {
  customersSegment,
  customersSegments,
  customersTop,
} from '../../metrics/definitions/customers.js';
import { operationsSummary } from '../../metrics/definitions/operations.js';
import { productsBestSellers, productsLowStock } from '../../metrics/definitions/products.js';
import {
  salesComparison,
  salesDaily,
  salesSummary,
  salesTrends,
} from '../../metrics/definitions/sales.js';
import { numberParameter } from '../../metrics/questions.js';
import * as examples from '../openapi/examples.js';
import type { MetricRoute } from './list-route.js';

/** Names and shapes are those of the service that this one replaces. */
const inherited: readonly MetricRoute[] = [
  {
    url: '/api/customers/top-customers',
    text: {
      operationId: 'topCustomers',
      tags: ['customers'],
      summary: 'Top customers',
      description: 'Customers with orders, by customer_lifetime_value, highest first.',
    },
    metric: customersTop,
    shape: 'bare',
    pageSize: 'limit',
    example: [examples.customer],
  },
  {
    url: '/api/customers/segments/:segment',
    text: {
      operationId: 'customersOfSegment',
      tags: ['customers'],
      summary: 'Customers of a segment',
      description:
        'Customers of one segment, by customer_lifetime_value, highest first. An unknown segment gives status 400.',
    },
    metric: customersSegment,
    shape: 'bare',
    pageSize: 'limit',
    example: [examples.customer],
  },
  {
    url: '/api/products/best-sellers',
    text: {
      operationId: 'bestSellers',
      tags: ['products'],
      summary: 'Best sellers',
      description:
        'Products whose sales performance is Best Seller or Good, by revenue, highest first.',
    },
    metric: productsBestSellers,
    shape: 'bare',
    pageSize: 'limit',
    example: [examples.product],
  },
  {
    url: '/api/products/low-stock',
    text: {
      operationId: 'lowStock',
      tags: ['products'],
      summary: 'Low stock',
      description: 'Products that are out of stock or low on stock, lowest stock first.',
    },
    metric: productsLowStock,
    shape: 'bare',
    pageSize: 'limit',
    example: [{ ...examples.product, current_stock: 4, stock_level: 'Critical' }],
  },
  {
    url: '/api/sales/summary',
    text: {
      operationId: 'salesSummary',
      tags: ['sales'],
      summary: 'Sales in total',
      description: 'Total revenue and orders of the last days, and their averages.',
    },
    metric: salesSummary,
    shape: 'bare',
    example: examples.summary,
  },
  {
    url: '/api/sales/trends',
    text: {
      operationId: 'salesTrends',
      tags: ['sales'],
      summary: 'Sales by month',
      description: 'One row per month with growth over the previous month, latest first.',
    },
    metric: salesTrends,
    shape: 'bare',
    pageSize: 'months',
    example: [examples.month],
  },
];

const enveloped: readonly MetricRoute[] = [
  {
    url: '/api/customers/segments',
    text: {
      operationId: 'segments',
      tags: ['customers'],
      summary: 'All segments',
      description: 'All seven segments, including empty ones, with customers, revenue and shares.',
    },
    metric: customersSegments,
    shape: 'enveloped',
    example: { data: [examples.segment], meta: examples.meta },
  },
  {
    url: '/api/sales/daily',
    text: {
      operationId: 'salesDaily',
      tags: ['sales'],
      summary: 'Sales by day',
      description: 'One row per day, oldest first, including days without sales.',
    },
    metric: { ...salesDaily, order: [{ column: 'sale_date', direction: 'asc' }] },
    more: { limit: numberParameter('days per page', 365, [1, 365]) },
    shape: 'enveloped',
    pageSize: 'limit',
    cutHere: true,
    example: { data: [examples.day], meta: examples.meta },
  },
  {
    url: '/api/sales/comparison',
    text: {
      operationId: 'salesComparison',
      tags: ['sales'],
      summary: 'A period and the previous period',
      description:
        'Sales and customers of the last days and of the same number of days before. One row per period, the current period first.',
    },
    metric: salesComparison,
    shape: 'enveloped',
    example: { data: [examples.comparedPeriod], meta: examples.meta },
  },
  {
    url: '/api/operations',
    text: {
      operationId: 'operations',
      tags: ['operations'],
      summary: 'Order processing',
      description: 'Orders, cancellations and delivery of the last 7, 30, 90 and 365 days.',
    },
    metric: operationsSummary,
    shape: 'enveloped',
    example: { data: [examples.period], meta: examples.meta },
  },
];

export const metricRoutes: readonly MetricRoute[] = [...inherited, ...enveloped];
