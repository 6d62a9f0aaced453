/** Products in lists. */
import { column, nullable, type Metric } from '../metric.js';
import { questions } from '../questions.js';

const productColumns = [
  column.id('product_id', 'Id of the product'),
  column.text('product_name', 'Name'),
  column.text('category', 'Category'),
  nullable.text('brand', 'Brand'),
  column.money('current_price', 'Unit price'),
  column.count('current_stock', 'Pieces in stock'),
  column.count('total_units_sold', 'Pieces sold through orders with a fulfilled status'),
  column.money('total_revenue', 'Revenue of these lines'),
  column.money('total_profit', 'Profit of the lines whose cost is known'),
  column.text('sales_performance', 'By units sold: Best Seller, Good, Moderate, Poor'),
  column.amount('avg_rating', 'Stars on average; 0 without reviews'),
  column.amount('product_health_score', '0 to 10, of ratings, units sold and margin'),
];

export const productsBestSellers: Metric<'products best-sellers'> = {
  name: 'products best-sellers',
  ...questions['products best-sellers'],
  shape: 'list',
  columns: productColumns,
  order: [
    { column: 'total_revenue', direction: 'desc' },
    { column: 'product_id', direction: 'asc' },
  ],
};

export const productsLowStock: Metric<'products low-stock'> = {
  name: 'products low-stock',
  ...questions['products low-stock'],
  shape: 'list',
  columns: [...productColumns, column.text('stock_level', 'Out of Stock, Critical or Low')],
  order: [
    { column: 'current_stock', direction: 'asc' },
    { column: 'product_id', direction: 'asc' },
  ],
};
