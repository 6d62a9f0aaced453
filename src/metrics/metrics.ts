/** Every metric by its name. */
import { customersShow } from './definitions/customer-detail.js';
import { customersSegment, customersSegments, customersTop } from './definitions/customers.js';
import { asOf, operationsSummary } from './definitions/operations.js';
import { productsShow } from './definitions/product-detail.js';
import { productsBestSellers, productsLowStock } from './definitions/products.js';
import { salesComparison, salesDaily, salesSummary, salesTrends } from './definitions/sales.js';
import type { Detail, Metric } from './metric.js';

/** In the order in which documentation lists them. */
export const metrics: readonly Metric[] = [
  customersTop,
  customersSegment,
  customersSegments,
  productsBestSellers,
  productsLowStock,
  salesSummary,
  salesTrends,
  salesDaily,
  operationsSummary,
];

/** Things told in full. */
export const details: readonly Detail[] = [customersShow, productsShow];

/** Whatever has a query of its own. */
export const queried: readonly Metric[] = [
  ...metrics,
  ...details.flatMap(({ sections }) => Object.values(sections)),
  salesComparison,
  asOf,
];
