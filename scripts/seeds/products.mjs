/** Categories and products. */
import { at, between, chance, pickWeighted } from './chance.mjs';
import { AS_OF, date, daytime, money, share, timestamp } from './values.mjs';
import { CATALOG } from './words.mjs';

/** @typedef {import('./files.mjs').Cell} Cell */

/**
 * @typedef {object} Product
 * @property {number | null} id
 * @property {string | null} name
 * @property {string | null} description
 * @property {string | null} category
 * @property {string} subcategory
 * @property {string} brand
 * @property {string} model
 * @property {number} price in cents
 * @property {number | null} cost in cents
 * @property {number | null} stock
 * @property {string} weight in kilograms
 * @property {string | null} dimensions
 * @property {number | null} launched in days since 1970
 * @property {boolean} active
 * @property {string} created
 * @property {number} popularity how often it is bought, beside others
 */

/** @returns {Cell[][]} the rows of product_categories.csv */
export function makeCategories() {
  /** @type {Cell[][]} */
  const categories = [];
  for (const [name, subcategories] of Object.entries(CATALOG)) {
    const parent = categories.length + 1;
    categories.push([parent, name, null, `Everything in ${name.toLowerCase()}`, true]);
    for (const subcategory of Object.keys(subcategories))
      categories.push([categories.length + 1, subcategory, parent, null, subcategory !== 'Desktops']);
  }
  // Clerical errors: an id given twice, and one not given.
  categories.push([4, 'Monitors & Screens', 1, 'Duplicate of a category, to be removed', false]);
  categories.push([null, 'Refurbished', null, 'Without an id yet', false]);
  return categories;
}

const variants = ['', 'Plus', 'Pro', 'Max', 'SE'];

/** @returns {(Product & { id: number, price: number, cost: number })[]} the goods of the shop, with some faults */
export function makeProducts() {
  /** @type {(Product & { id: number, price: number, cost: number })[]} */
  const products = [];
  for (let round = 0; products.length < 80; round++) {
    for (const [category, subcategories] of Object.entries(CATALOG)) {
      for (const [subcategory, goods] of Object.entries(subcategories)) {
        for (const [brand, what, low, high] of goods) {
          if (products.length === 80) continue;
          const id = products.length + 1;
          const price = Math.min(
            Math.floor(between(low, high) / 100) * 100 + 99 - 9 * between(0, 1),
            high,
          );
          const launched = round === 2 ? AS_OF - between(3, 300) : AS_OF - between(60, 1500);
          products.push({
            id,
            name: `${brand} ${what}${variants[round] ? ` ${variants[round]}` : ''}`,
            description: chance(0.9)
              ? `${what} by ${brand}, ${subcategory.toLowerCase()} range`
              : null,
            category,
            subcategory,
            brand,
            model: `${brand.slice(0, 2).toUpperCase()}-${1000 + 7 * id}`,
            price,
            cost: share(price, between(48, 82), 100),
            stock: pickWeighted([
              [0, 3],
              [between(1, 9), 4],
              [between(10, 49), 7],
              [between(50, 199), 12],
              [between(200, 900), 5],
            ]),
            weight: `${between(0, 12)}.${String(between(50, 999)).padStart(3, '0')}`,
            dimensions: chance(0.85)
              ? `${between(5, 90)} x ${between(5, 60)} x ${between(2, 40)} cm`
              : null,
            launched,
            active: !chance(0.06),
            created: timestamp(launched - between(1, 30), daytime()),
            // A few bestsellers, a long tail, and some that hardly anybody wants.
            popularity:
              id % 13 === 0
                ? 0.05
                : (1 / (1 + (id % 17))) * (price < 10000 ? 3 : price < 50000 ? 1.3 : 0.6),
          });
        }
      }
    }
  }
  at(products, 4).launched = null;
  at(products, 37).launched = null;
  at(products, 11).stock = null;
  at(products, 20).name = `  ${at(products, 20).name} `;
  at(products, 30).category = ' Audio ';
  at(products, 44).price = at(products, 44).cost - 150; // sold at a loss
  at(products, 50).category = 'Gadgets'; // no such category
  at(products, 51).category = 'phones'; // categories are exact
  return products;
}

/**
 * @param {Product} p
 * @returns {Cell[]}
 */
const productRow = (p) => [
  p.id,
  p.name,
  p.description,
  p.category,
  p.subcategory,
  p.brand,
  p.model,
  money(p.price),
  money(p.cost),
  p.stock,
  p.weight,
  p.dimensions,
  date(p.launched),
  p.active,
  p.created,
];
/**
 * @param {readonly Product[]} products
 * @returns {Cell[][]} the rows of products.csv: theirs, and some that no product should have
 */
export function productRowsOf(products) {
  const rows = products.map(productRow);
  /**
   * @param {number | null} id
   * @param {Partial<Product>} changes
   */
  const dirtyProduct = (id, changes) =>
    productRow({
      ...at(products, 6),
      id,
      launched: AS_OF - 40,
      created: '2025-05-20 09:00:00',
      ...changes,
    });
  rows.push(
    dirtyProduct(null, { name: 'Kestrel Prototype' }),
    dirtyProduct(12, { name: 'Superseded listing', created: '2020-01-01 00:00:00' }),
    dirtyProduct(901, { name: null }),
    dirtyProduct(902, { category: null }),
    dirtyProduct(903, { price: 0 }),
    dirtyProduct(904, { cost: null }),
    // The decimal point slipped: a margin so far below zero that no column holds it.
    dirtyProduct(905, {
      name: 'Voltio Cable Tie',
      category: 'Phones',
      subcategory: 'Chargers',
      price: 1,
      cost: 10 ** 15,
      stock: 250,
    }),
  );
  return rows;
}
