/** Every metric by its name. */
import { customersShow } from './definitions/customer-detail.js';
import { customersSegment, customersSegments, customersTop } from './definitions/customers.js';
import { asOf, operationsSummary } from './definitions/operations.js';
import { productsShow } from './definitions/product-detail.js';
import { productsBestSellers, productsLowStock } from './definitions/products.js';
import { salesComparison, salesDaily, salesSummary, salesTrends } from './definitions/sales.js';
import type { Detail, Metric, WholeDetail } from './metric.js';
import type { DetailName, MetricName } from './metric-names.js';

/** In the order in which documentation lists them. */
export const metricsByName: { readonly [Name in MetricName]: Metric<Name> } = {
  'customers top': customersTop,
  'customers segment': customersSegment,
  'customers segments': customersSegments,
  'products best-sellers': productsBestSellers,
  'products low-stock': productsLowStock,
  'sales summary': salesSummary,
  'sales trends': salesTrends,
  'sales daily': salesDaily,
  'operations summary': operationsSummary,
};
export const metrics: readonly Metric<MetricName>[] = Object.values(metricsByName);

/** Things told in full. */
export const detailsByName: { readonly [Name in DetailName]: WholeDetail<Name> } = {
  'customers show': customersShow,
  'products show': productsShow,
};
export const details: readonly Detail[] = Object.values(detailsByName);

/** Whatever has a query of its own. */
export const queried: readonly Metric[] = [
  ...metrics,
  ...details.flatMap(({ sections }) => Object.values(sections)),
  salesComparison,
  asOf,
];
