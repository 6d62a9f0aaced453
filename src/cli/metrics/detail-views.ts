/** How a person reads one customer or one product. */
import type { SectionName } from '../../metrics/metric-names.js';
import type { View } from './views.js';

const orderColumns = [
  { title: 'Order', from: 'order_id', form: 'id' },
  { title: 'Date', from: 'order_date', form: 'date' },
  { title: 'Status', from: 'status', form: 'text' },
] as const;

const reviewColumns = [
  { title: 'Date', from: 'review_date', form: 'date' },
  { title: 'Stars', from: 'rating', form: 'count' },
  { title: 'Title', from: 'title', form: 'text' },
  { title: 'Text', from: 'comment', form: 'text', rank: 2, least: 28 },
] as const;

export const detailViews: Readonly<Record<SectionName, View>> = {
  'customers show profile': {
    title: 'Customer',
    columns: [
      { title: 'Id', from: 'customer_id', form: 'id' },
      { title: 'Name', from: 'name', form: 'text' },
      { title: 'E-mail', from: 'email', form: 'text' },
      { title: 'Phone', from: 'phone', form: 'text' },
      { title: 'City', from: 'city', form: 'text' },
      { title: 'Country', from: 'country', form: 'text' },
      { title: 'Age', from: 'age_group', form: 'text' },
      { title: 'Registered', from: 'registration_date', form: 'date' },
      { title: 'Stage', from: 'customer_lifetime_stage', form: 'text' },
      { title: 'Active', from: 'is_active', form: 'yes-no' },
    ],
    empty: '',
  },
  'customers show scores': {
    title: 'Value',
    columns: [
      { title: 'Segment', from: 'customer_segment', form: 'text' },
      { title: 'Scores (R F M)', from: 'rfm_score', form: 'text' },
      { title: 'Orders', from: 'total_orders', form: 'count' },
      { title: 'Revenue', from: 'total_revenue', form: 'money' },
      { title: 'Average order', from: 'avg_order_value', form: 'money' },
      { title: 'Lifetime value', from: 'customer_lifetime_value', form: 'money' },
      { title: 'First order', from: 'first_order_date', form: 'date' },
      { title: 'Last order', from: 'last_order_date', form: 'date' },
      { title: 'Days since', from: 'recency_days', form: 'count' },
      { title: 'Orders a month', from: 'purchase_frequency_per_month', form: 'amount' },
    ],
    empty: '',
  },
  'customers show orders': {
    title: 'Orders',
    columns: [
      ...orderColumns,
      { title: 'Payment', from: 'payment_method', form: 'text', rank: 2 },
      { title: 'Paid', from: 'payment_status', form: 'text', rank: 3 },
      { title: 'Delivered', from: 'actual_delivery', form: 'date', rank: 1 },
      { title: 'Late', from: 'is_late', form: 'yes-no', rank: 1 },
      { title: 'Total', from: 'total_amount', form: 'money' },
    ],
    empty: 'No orders.',
  },
  'customers show products': {
    title: 'Products in these orders',
    columns: [
      { title: 'Id', from: 'product_id', form: 'id' },
      { title: 'Product', from: 'product_name', form: 'text', least: 28 },
      { title: 'Category', from: 'category', form: 'text', rank: 2 },
      { title: 'Orders', from: 'orders', form: 'count', rank: 1 },
      { title: 'Units', from: 'units', form: 'count' },
      { title: 'Spent', from: 'spent', form: 'money' },
      { title: 'Last', from: 'last_order_date', form: 'date', rank: 1 },
    ],
    empty: 'No products.',
  },
  'customers show reviews': {
    title: 'Reviews',
    columns: [
      ...reviewColumns,
      { title: 'Product', from: 'product_name', form: 'text', rank: 1 },
      { title: 'Helpful', from: 'helpful_votes', form: 'count', rank: 3 },
    ],
    empty: 'No reviews.',
  },
  'products show profile': {
    title: 'Product',
    columns: [
      { title: 'Id', from: 'product_id', form: 'id' },
      { title: 'Name', from: 'product_name', form: 'text' },
      { title: 'Description', from: 'description', form: 'text' },
      { title: 'Category', from: 'category', form: 'text' },
      { title: 'Subcategory', from: 'subcategory', form: 'text' },
      { title: 'Brand', from: 'brand', form: 'text' },
      { title: 'Model', from: 'model', form: 'text' },
      { title: 'Price', from: 'current_price', form: 'money' },
      { title: 'Cost', from: 'cost', form: 'money' },
      { title: 'Margin', from: 'profit_margin_percent', form: 'percent' },
      { title: 'Stock', from: 'current_stock', form: 'count' },
      { title: 'Stock level', from: 'stock_level', form: 'text' },
      { title: 'Price tier', from: 'price_tier', form: 'text' },
      { title: 'Launched', from: 'launch_date', form: 'date' },
      { title: 'Lifecycle', from: 'lifecycle_stage', form: 'text' },
      { title: 'On sale', from: 'is_active', form: 'yes-no' },
    ],
    empty: '',
  },
  'products show sales': {
    title: 'Sales',
    columns: [
      { title: 'Performance', from: 'sales_performance', form: 'text' },
      { title: 'Orders', from: 'total_orders', form: 'count' },
      { title: 'Units', from: 'total_units_sold', form: 'count' },
      { title: 'Revenue', from: 'total_revenue', form: 'money' },
      { title: 'Profit', from: 'total_profit', form: 'money' },
      { title: 'Margin', from: 'actual_avg_margin', form: 'percent' },
      { title: 'Reviews', from: 'total_reviews', form: 'count' },
      { title: 'Rating', from: 'avg_rating', form: 'amount' },
      { title: 'Health (0 to 10)', from: 'product_health_score', form: 'amount' },
    ],
    empty: '',
  },
  'products show orders': {
    title: 'Orders',
    columns: [
      ...orderColumns,
      { title: 'Customer', from: 'customer_name', form: 'text' },
      { title: 'Units', from: 'quantity', form: 'count' },
      { title: 'Price', from: 'unit_price', form: 'money', rank: 1 },
      { title: 'Total', from: 'line_total', form: 'money' },
    ],
    empty: 'No orders.',
  },
  'products show reviews': {
    title: 'Reviews',
    columns: [
      ...reviewColumns,
      { title: 'Customer', from: 'customer_name', form: 'text', rank: 1 },
      { title: 'Helpful', from: 'helpful_votes', form: 'count', rank: 3 },
    ],
    empty: 'No reviews.',
  },
};
