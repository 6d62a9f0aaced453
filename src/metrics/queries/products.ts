/** Queries of the lists of products. */
import { sql } from 'kysely';
import { productsBestSellers, productsLowStock } from '../definitions/products.js';
import { behind, bound, type Builder, type Compilable } from './builder.js';

const columns = [
  'product_id',
  'product_name',
  'category',
  'brand',
  'current_price',
  'current_stock',
  'total_units_sold',
  'total_revenue',
  'total_profit',
  'sales_performance',
  'avg_rating',
  'product_health_score',
] as const;

export function bestSellers({ db, after }: Builder): Compilable {
  return db
    .selectFrom('gold_product_performance')
    .select(columns)
    .where('sales_performance', 'in', [sql.lit('Best Seller'), sql.lit('Good')])
    .$if(after, (query) => query.where(behind(productsBestSellers)))
    .orderBy('total_revenue', 'desc')
    .orderBy('product_id')
    .limit(bound('limit'));
}

export function lowStock({ db, after }: Builder): Compilable {
  return db
    .selectFrom('gold_product_performance')
    .select([...columns, 'stock_level'])
    .where('stock_level', 'in', [sql.lit('Out of Stock'), sql.lit('Critical'), sql.lit('Low')])
    .$if(after, (query) => query.where(behind(productsLowStock)))
    .orderBy('current_stock')
    .orderBy('product_id')
    .limit(bound('limit'));
}
