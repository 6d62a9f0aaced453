/** The rows of orders and of their lines, and some that neither should have. */
import { at } from './chance.mjs';
import { AS_OF, date, FIRST_DAY, money } from './values.mjs';

/** @typedef {import('./files.mjs').Cell} Cell */
/** @typedef {import('./orders.mjs').Order} Order */
/** @typedef {import('./orders.mjs').Item} Item */

/**
 * @param {Order} o
 * @returns {Cell[]}
 */
const orderRow = (o) => [
  o.id,
  o.customer,
  o.placed,
  o.status,
  o.method,
  o.payment,
  money(o.subtotal),
  money(o.tax),
  money(o.shipping),
  money(o.discount),
  money(o.total),
  o.address,
  date(o.promised),
  date(o.arrived),
  o.notes,
];
/**
 * @param {readonly Order[]} orders
 * @returns {Cell[][]} the rows of orders.csv
 */
export function orderRowsOf(orders) {
  const rows = orders.map(orderRow);
  /**
   * @param {number | null} id
   * @param {Partial<Order>} changes
   */
  const dirtyOrder = (id, changes) => orderRow({ ...at(orders, 2000), id, ...changes });
  rows.push(
    dirtyOrder(null, {}),
    dirtyOrder(null, { customer: 12 }),
    dirtyOrder(501, { placed: '2022-12-31 23:59:59', notes: 'entered twice' }),
    dirtyOrder(777, { placed: '2022-12-30 10:00:00', notes: 'entered twice' }),
    dirtyOrder(9001, { customer: null }),
    dirtyOrder(9002, { customer: null }),
    dirtyOrder(9003, { placed: null }),
    dirtyOrder(9004, { total: 0 }),
    dirtyOrder(9005, { total: null }),
    dirtyOrder(9006, { total: -2500 }),
  );
  return rows;
}

/**
 * @param {Item} i
 * @returns {Cell[]}
 */
const itemRow = (i) => [
  i.id,
  i.order,
  i.product,
  i.quantity,
  money(i.price),
  money(i.cost),
  money(i.total),
  i.percent,
  i.created,
];
/**
 * @param {readonly Item[]} items
 * @param {readonly Order[]} orders
 * @returns {Cell[][]} the rows of order_items.csv
 */
export function itemRowsOf(items, orders) {
  const rows = items.map(itemRow);
  const spare = at(items, 3000);
  /**
   * @param {number | null} id
   * @param {Partial<Item>} changes
   */
  const dirtyItem = (id, changes) => itemRow({ ...spare, id, total: null, ...changes });
  const cancelled = orders.find((o) => o.status === 'cancelled' && o.days > FIRST_DAY + 400);
  if (cancelled === undefined) throw new Error('No order was cancelled');
  rows.push(
    dirtyItem(null, {}),
    dirtyItem(null, { quantity: 2 }),
    dirtyItem(1001, { created: '2022-12-31 00:00:00' }),
    dirtyItem(2002, { created: '2022-12-31 00:00:00' }),
    dirtyItem(90001, { order: null }),
    dirtyItem(90002, { product: null }),
    dirtyItem(90003, { quantity: 0 }),
    dirtyItem(90004, { quantity: null }),
    dirtyItem(90005, { quantity: -1 }),
    dirtyItem(90006, { price: 0 }),
    dirtyItem(90007, { price: null }),
    dirtyItem(90008, { created: `${date(AS_OF + 9)} 08:00:00` }),
    dirtyItem(90009, { order: 8001 }),
    dirtyItem(90010, { order: 8002 }),
    dirtyItem(90011, { order: cancelled.id, product: 5001 }),
    dirtyItem(90012, { order: cancelled.id, product: 5002 }),
    // Its margin does not fit any column; the order was cancelled, so no figure carries it on.
    dirtyItem(90013, {
      order: cancelled.id,
      product: 905,
      quantity: 1,
      price: 1,
      cost: 10 ** 15,
      percent: null,
    }),
  );
  return rows;
}
