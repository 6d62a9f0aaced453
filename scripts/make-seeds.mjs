/**
 * Writes seeds/*.csv: a shop of 30 months that looks like one, with about one row in a hundred
 * wrong on purpose, so that every rule, every label and every warning of the models has something
 * to show. The same bytes on every run and machine: own random numbers, money in whole cents.
 *
 *     node scripts/make-seeds.mjs           writes the files
 *     node scripts/make-seeds.mjs --check   writes nothing; exit code 1 when a file differs
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/setup.mjs';
import { customerRowsOf, makeCustomers } from './seeds/customers.mjs';
import { csvOf } from './seeds/files.mjs';
import { itemRowsOf, orderRowsOf } from './seeds/order-rows.mjs';
import { makeOrders } from './seeds/orders.mjs';
import { makeCategories, makeProducts, productRowsOf } from './seeds/products.mjs';
import { makeReviews, reviewRowsOf } from './seeds/reviews.mjs';

// In this order: all draw from one row of random numbers.
const products = makeProducts();
const customers = makeCustomers();
const made = makeOrders(products, customers);
const reviews = makeReviews(made);

/** @type {[import('./seeds/files.mjs').Table, import('./seeds/files.mjs').Cell[][]][]} */
const tables = [
  ['customers', customerRowsOf(customers)],
  ['products', productRowsOf(products)],
  ['orders', orderRowsOf(made.orders)],
  ['order_items', itemRowsOf(made.items, made.orders)],
  ['reviews', reviewRowsOf(reviews)],
  ['product_categories', makeCategories()],
];

const check = process.argv.includes('--check');
const folder = join(root, 'seeds');
mkdirSync(folder, { recursive: true });
for (const [table, rows] of tables) {
  const path = join(folder, `${table}.csv`);
  const text = csvOf(table, rows);
  if (!check) {
    writeFileSync(path, text);
    console.log(`seeds/${table}.csv: ${rows.length} rows`);
  } else if (readOrNothing(path) !== text) {
    console.error(
      `seeds/${table}.csv is not what scripts/make-seeds.mjs writes. Run: node scripts/make-seeds.mjs`,
    );
    process.exitCode = 1;
  }
}

/**
 * @param {string} path
 * @returns {string | undefined}
 */
function readOrNothing(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
