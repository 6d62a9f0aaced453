/** One product in full. */
import { column, nullable, type WholeDetail } from '../metric.js';
import { questions } from '../questions.js';

const {
  description,
  parameters: { id, limit },
} = questions['products show'];

export const productsShow: WholeDetail<'products show'> = {
  name: 'products show',
  description,
  parameters: { id, limit },
  sections: {
    profile: {
      name: 'products show profile',
      description: 'profile of the product',
      shape: 'object',
      parameters: { id },
      columns: [
        column.id('product_id', 'Id of the product'),
        column.text('product_name', 'Name'),
        nullable.text('description', 'Description'),
        column.text('category', 'Category'),
        nullable.text('subcategory', 'Subcategory'),
        nullable.text('brand', 'Brand'),
        nullable.text('model', 'Model'),
        column.money('current_price', 'Unit price'),
        column.money('cost', 'Unit cost'),
        nullable.percent('profit_margin_percent', '(price - cost) / price'),
        column.count('current_stock', 'Pieces in stock'),
        column.text('stock_level', 'Out of Stock, Critical, Low, Normal or Overstock'),
        column.text('price_tier', 'Budget, Mid-Range, Premium or Luxury'),
        nullable.date('launch_date', 'Day of launch'),
        column.text('lifecycle_stage', 'New Launch, Current, Mature, Legacy or Unknown'),
        nullable.boolean('is_active', 'Whether it is on sale'),
      ],
    },
    sales: {
      name: 'products show sales',
      description: 'sales of the product, from orders with a fulfilled status',
      shape: 'object',
      parameters: { id },
      columns: [
        column.text('sales_performance', 'By units sold: Best Seller, Good, Moderate, Poor'),
        column.count('total_orders', 'Orders with the product'),
        column.count('total_units_sold', 'Pieces sold'),
        column.money('total_revenue', 'Revenue of these lines'),
        column.money('total_cost', 'Cost of the lines whose cost is known'),
        column.money('total_profit', 'Profit of these lines'),
        nullable.percent('actual_avg_margin', 'Profit of the revenue with known cost'),
        column.count('total_reviews', 'Reviews'),
        column.count('positive_reviews', 'Reviews of 4 or 5 stars'),
        column.amount('avg_rating', 'Stars on average; 0 without reviews'),
        column.amount('product_health_score', '0 to 10, of ratings, units sold and margin'),
      ],
    },
    orders: {
      name: 'products show orders',
      description: 'order lines of any status, latest first',
      shape: 'list',
      parameters: { id, limit },
      columns: [
        column.id('order_id', 'Id of the order'),
        column.timestamp('order_date', 'When it was placed'),
        nullable.text('status', 'Status of the order'),
        column.id('customer_id', 'Id of the customer'),
        nullable.text('customer_name', 'Name of the customer'),
        column.count('quantity', 'Pieces'),
        column.money('unit_price', 'Unit price'),
        column.money('line_total', 'Price of the line'),
      ],
    },
    reviews: {
      name: 'products show reviews',
      description: 'reviews of the product, latest first',
      shape: 'list',
      parameters: { id, limit },
      columns: [
        column.id('review_id', 'Id of the review'),
        column.timestamp('review_date', 'When it was written'),
        column.id('customer_id', 'Id of the customer'),
        nullable.text('customer_name', 'Name of the customer'),
        column.count('rating', 'Stars, 1 to 5'),
        nullable.text('title', 'Title'),
        nullable.text('comment', 'Text'),
        column.count('helpful_votes', 'Readers who found it helpful'),
      ],
    },
  },
};
