/** The one query of each metric, by its name. Loads Kysely. */
import type { QueryName } from '../metric-names.js';
import type { Builder, Compilable } from './builder.js';
import * as customer from './customer-detail.js';
import * as customers from './customers.js';
import * as operations from './operations.js';
import * as product from './product-detail.js';
import * as products from './products.js';
import * as sales from './sales.js';

export const queries: Readonly<Record<QueryName, (builder: Builder) => Compilable>> = {
  'customers top': customers.top,
  'customers segment': customers.segment,
  'customers segments': customers.allSegments,
  'customers show profile': customer.profile,
  'customers show scores': customer.scores,
  'customers show orders': customer.orders,
  'customers show products': customer.products,
  'customers show reviews': customer.reviews,
  'products best-sellers': products.bestSellers,
  'products low-stock': products.lowStock,
  'products show profile': product.profile,
  'products show sales': product.sales,
  'products show orders': product.orders,
  'products show reviews': product.reviews,
  'sales summary': sales.summary,
  'sales comparison': sales.comparison,
  'sales trends': sales.trends,
  'sales daily': sales.daily,
  'operations summary': operations.operations,
  'as of': operations.asOf,
};
