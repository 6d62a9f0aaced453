/** One customer in full. */
import { column, nullable, type WholeDetail } from '../metric.js';
import { questions } from '../questions.js';

const {
  description,
  parameters: { id, limit },
} = questions['customers show'];

export const customersShow: WholeDetail<'customers show'> = {
  name: 'customers show',
  description,
  parameters: { id, limit },
  sections: {
    profile: {
      name: 'customers show profile',
      description: 'profile of the customer',
      shape: 'object',
      parameters: { id },
      columns: [
        column.id('customer_id', 'Id of the customer'),
        column.text('name', 'Name, in title case'),
        column.text('email', 'E-mail address, in lower case'),
        nullable.text('phone', 'Telephone number'),
        nullable.text('city', 'City, in title case'),
        nullable.text('country', 'Country, in upper case'),
        column.text('age_group', 'Age at registration'),
        column.date('registration_date', 'Day of registration'),
        column.count('customer_tenure_days', 'Days since registration'),
        column.text('customer_lifetime_stage', 'New, Recent, Regular or Veteran'),
        nullable.boolean('is_active', 'Whether the account is active'),
      ],
    },
    scores: {
      name: 'customers show scores',
      description: 'scores of the customer, from orders with a fulfilled status',
      shape: 'object',
      parameters: { id },
      columns: [
        column.text('customer_segment', 'Segment'),
        column.count('total_orders', 'Orders with a fulfilled status'),
        column.money('total_revenue', 'Total of these orders'),
        column.money('avg_order_value', 'total_revenue / total_orders; 0 without orders'),
        column.money(
          'customer_lifetime_value',
          'total_revenue less the cost of winning a customer',
        ),
        nullable.timestamp('first_order_date', 'First of these orders'),
        nullable.timestamp('last_order_date', 'Last of these orders'),
        nullable.count('recency_days', 'Days since the last of these orders'),
        nullable.count('r_score', 'Recency, 1 to 5'),
        nullable.count('f_score', 'Frequency, 1 to 5'),
        nullable.count('m_score', 'Money, 1 to 5'),
        nullable.text('rfm_score', 'The three scores as digits'),
        nullable.amount('customer_lifetime_months', 'Months of 30 days since the first order'),
        nullable.amount('purchase_frequency_per_month', 'Orders in 30 days on average'),
      ],
    },
    orders: {
      name: 'customers show orders',
      description: 'orders of any status, latest first',
      shape: 'list',
      parameters: { id, limit },
      columns: [
        column.id('order_id', 'Id of the order'),
        column.timestamp('order_date', 'When it was placed'),
        nullable.text('status', 'Status'),
        nullable.text('payment_method', 'How it is paid'),
        nullable.text('payment_status', 'Whether it is paid'),
        column.money('total_amount', 'What the customer pays'),
        nullable.date('actual_delivery', 'When it arrived'),
        nullable.boolean('is_late', 'Whether it arrived after the estimated day'),
      ],
    },
    products: {
      name: 'customers show products',
      description: 'products in orders of any status, by what was spent on them',
      shape: 'list',
      parameters: { id, limit },
      columns: [
        column.id('product_id', 'Id of the product'),
        nullable.text('product_name', 'Name; null if the product no longer exists'),
        nullable.text('category', 'Category'),
        column.count('orders', 'Orders with the product'),
        column.count('units', 'Pieces in them'),
        column.money('spent', 'Sum of these lines'),
        column.timestamp('last_order_date', 'Last order with the product'),
      ],
    },
    reviews: {
      name: 'customers show reviews',
      description: 'reviews that the customer wrote, latest first',
      shape: 'list',
      parameters: { id, limit },
      columns: [
        column.id('review_id', 'Id of the review'),
        column.timestamp('review_date', 'When it was written'),
        column.id('product_id', 'Id of the product'),
        nullable.text('product_name', 'Name of the product'),
        column.count('rating', 'Stars, 1 to 5'),
        nullable.text('title', 'Title'),
        nullable.text('comment', 'Text'),
        column.count('helpful_votes', 'Readers who found it helpful'),
      ],
    },
  },
};
