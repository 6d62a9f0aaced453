/** Orders and their lines: made together, since an order is the sum of its lines. */
import { at, between, chance, pick, pickWeighted } from './chance.mjs';
import { AS_OF, daytime, FIRST_DAY, share, timestamp } from './values.mjs';
import { STREETS } from './words.mjs';

/**
 * @typedef {object} Order
 * @property {number | null} id
 * @property {number | null} customer
 * @property {string | null} placed
 * @property {number} days when it was placed, in days since 1970
 * @property {string} status
 * @property {string} method
 * @property {string} payment
 * @property {number} subtotal in cents, as are all amounts
 * @property {number | null} tax
 * @property {number | null} shipping
 * @property {number | null} discount
 * @property {number | null} total
 * @property {string} address
 * @property {number | null} promised in days since 1970
 * @property {number | null} arrived in days since 1970
 * @property {string | null} notes
 */

/** @typedef {Order & { id: number, total: number }} MadeOrder */

/**
 * @typedef {object} Item
 * @property {number | null} id
 * @property {number | null} order
 * @property {number | null} product
 * @property {number | null} quantity
 * @property {number | null} price in cents
 * @property {number | null} cost in cents
 * @property {number | null} total in cents
 * @property {string | null} percent
 * @property {string} created
 */

/** @typedef {Item & { order: number, product: number }} MadeItem */

/**
 * @typedef {object} Made
 * @property {ReturnType<typeof import('./products.mjs').makeProducts>} products
 * @property {ReturnType<typeof import('./customers.mjs').makeCustomers>} customers
 * @property {MadeOrder[]} orders
 * @property {MadeItem[]} items
 */

const ORDERS = 3000;

const SEASON = [0.8, 0.75, 0.9, 0.95, 1, 1, 0.9, 0.8, 1.05, 1.1, 1.7, 1.9];

/** @param {number} days since 1970 */
function demand(days) {
  const when = new Date(days * 86_400_000);
  const month = (when.getUTCFullYear() - 2023) * 12 + when.getUTCMonth();
  const weekend = when.getUTCDay() % 6 === 0;
  return (1 + 0.04 * month) * at(SEASON, when.getUTCMonth()) * (weekend ? 1.25 : 1);
}

/**
 * @param {number} age of the order, in days; below zero for one of the future
 * @returns {string}
 */
function status(age) {
  if (age < 3)
    return pickWeighted([
      ['pending', 3],
      ['confirmed', 5],
      ['processing', 2],
      ['shipped', 2],
      ['cancelled', 1],
    ]);
  if (age < 12)
    return pickWeighted([
      ['confirmed', 2],
      ['shipped', 6],
      ['delivered', 8],
      ['cancelled', 1],
      ['canceled', 0.3],
    ]);
  return pickWeighted([
    ['delivered', 84],
    ['shipped', 4],
    ['confirmed', 2],
    ['cancelled', 4],
    ['canceled', 1.5],
    ['returned', 4],
    ['pending', 0.5],
  ]);
}

/** @param {string} text */
const untidy = (text) =>
  chance(0.03)
    ? ` ${text.toUpperCase()}`
    : chance(0.04)
      ? text.charAt(0).toUpperCase() + text.slice(1)
      : text;

/**
 * @template T
 * @param {T} item
 * @param {number} weight
 * @returns {[T, number]}
 */
const pair = (item, weight) => [item, weight];

/**
 * @param {Made} made what is added to
 * @param {number} days since 1970
 * @param {import('./customers.mjs').Customer & import('./customers.mjs').Buying} customer
 */
function addOrder({ products, orders, items }, days, customer) {
  const id = orders.length + 1;
  const placed = timestamp(days, daytime());
  const onSale = products.filter((p) => p.launched === null || p.launched <= days);
  const weights = onSale.map((p) => pair(p, p.popularity));
  let subtotal = 0;
  const lines = pickWeighted([
    [1, 40],
    [2, 28],
    [3, 17],
    [4, 10],
    [5, 5],
  ]);
  for (let line = 0; line < lines; line++) {
    const product = pickWeighted(weights);
    const quantity =
      product.price < 8000
        ? pickWeighted([
            [1, 60],
            [2, 25],
            [3, 10],
            [6, 5],
          ])
        : chance(0.05)
          ? 2
          : 1;
    const percent = chance(0.15) ? pick([5, 7.5, 10, 12.5, 20]) : 0;
    const total = share(product.price * quantity, 1000 - percent * 10, 1000);
    subtotal += total;
    items.push({
      id: items.length + 1,
      order: id,
      product: product.id,
      quantity,
      price: product.price,
      cost: product.cost,
      total: chance(0.05) ? null : total,
      percent: percent === 0 && chance(0.3) ? null : `${percent.toFixed(2)}`,
      created: placed,
    });
  }
  const tax = share(subtotal, 21, 100);
  const shipping = subtotal >= 10000 ? 0 : pick([495, 495, 790]);
  const discount = chance(0.12) ? Math.min(share(subtotal, 5, 100), 5000) : 0;
  const state = status(AS_OF - days);
  const promised = days + between(3, 7);
  const arrived =
    state === 'delivered' || state === 'returned'
      ? promised +
        pickWeighted([
          [-2, 3],
          [-1, 5],
          [0, 6],
          [1, 2],
          [3, 1],
        ])
      : null;
  orders.push({
    id,
    customer: customer.id,
    placed,
    days,
    status: untidy(state),
    method: untidy(
      pickWeighted([
        ['card', 60],
        ['paypal', 25],
        ['transfer', 10],
        ['cash', 5],
      ]),
    ),
    payment: state.startsWith('cancel') ? 'refunded' : state === 'pending' ? 'pending' : 'paid',
    subtotal,
    tax,
    shipping,
    discount,
    total: subtotal + tax + shipping - discount,
    address: `${pick(STREETS)} ${between(1, 180)}, ${customer.city}`,
    promised: chance(0.02) ? null : promised,
    arrived,
    notes: chance(0.06)
      ? pick(['Leave at the door, please', 'Gift: "for Zoë"', 'Ring twice', 'Portería, 2º B'])
      : null,
  });
}

/**
 * Orders of all days, more of them where more is bought, with some faults.
 * @param {Made['products']} products
 * @param {Made['customers']} customers
 * @returns {Made}
 */
export function makeOrders(products, customers) {
  /** @type {Made} */
  const made = { products, customers, orders: [], items: [] };
  const { orders, items } = made;
  let totalDemand = 0;
  for (let d = FIRST_DAY; d <= AS_OF; d++) totalDemand += demand(d);

  let due = 0;
  for (let d = FIRST_DAY; d <= AS_OF; d++) {
    due += (demand(d) / totalDemand) * ORDERS;
    while (orders.length < Math.round(due)) {
      const buyers = customers
        .filter((c) => c.left > 0 && c.registered <= d && d <= c.until)
        .map((c) => pair(c, c.weight));
      const customer = pickWeighted(buyers);
      customer.left -= 1;
      addOrder(made, d, customer);
    }
  }
  // Orders that a clock ahead of its time dated tomorrow and later.
  for (let late = 1; late <= 4; late++) addOrder(made, AS_OF + late, at(customers, 9 * late));

  // Sums that do not add up, deliveries before the order, customers and goods nobody knows.
  at(orders, 120).total += 1000;
  at(orders, 470).total -= 2;
  at(orders, 1330).total += 9900;
  at(orders, 300).tax = (at(orders, 300).tax ?? 0) + 350;
  at(orders, 300).total += 350;
  at(orders, 815).tax = 0;
  at(orders, 815).total -= share(at(orders, 815).subtotal, 21, 100);
  at(orders, 640).subtotal += 5000;
  at(orders, 2222).subtotal -= 1;
  for (const index of [77, 1004, 2500]) at(orders, index).arrived = at(orders, index).days - 1;
  at(orders, 210).customer = 7001;
  at(orders, 1500).customer = 7002;
  at(orders, 2750).customer = 7002;
  for (const index of [33, 909]) at(orders, index).discount = null;
  at(orders, 1111).shipping = null;
  at(orders, 1777).tax = null;

  for (const index of [55, 1200, 3100, 4400]) at(items, index).cost = null;
  return made;
}
