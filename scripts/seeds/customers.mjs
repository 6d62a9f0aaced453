/** Customers: who they are, and how much they buy. */
import { at, between, chance, pick, pickWeighted, random } from './chance.mjs';
import { AS_OF, date, day, FIRST_DAY } from './values.mjs';
import { FIRST_NAMES, LAST_NAMES, PLACES } from './words.mjs';

/** @typedef {import('./files.mjs').Cell} Cell */

/**
 * @typedef {object} Customer
 * @property {number | null} id
 * @property {string | null} name
 * @property {string | null} email
 * @property {number | null} registered in days since 1970
 * @property {number | null} born in days since 1970
 * @property {string | null} phone
 * @property {string} city
 * @property {string} country
 * @property {boolean} active
 */

/**
 * @typedef {object} Buying
 * @property {number} id
 * @property {number} registered in days since 1970
 * @property {number} until the last day on which they buy, in days since 1970
 * @property {number} left how many orders they make at most
 * @property {number} weight how eager they are, beside others
 */

const CUSTOMERS = 300;

/** @returns {(Customer & Buying)[]} those who buy, with some faults */
export function makeCustomers() {
  /** @type {(Customer & Buying)[]} */
  const customers = [];
  for (let id = 1; id <= CUSTOMERS; id++) {
    const first = pick(FIRST_NAMES);
    const last = pick(LAST_NAMES);
    const [city, country, phone] = pick(PLACES);
    const kind = pickWeighted([
      ['heavy', 10],
      ['regular', 24],
      ['occasional', 22],
      ['churned', 18],
      ['once', 12],
      ['newcomer', 7],
      ['prospect', 7],
    ]);
    const registered =
      kind === 'newcomer'
        ? AS_OF - between(2, 75)
        : kind === 'prospect'
          ? AS_OF - between(1, 700)
          : chance(0.35)
            ? FIRST_DAY - between(1, 420)
            : FIRST_DAY + Math.floor(Math.sqrt(random()) * 760);
    const email = `${first}.${last}`
      .normalize('NFD')
      .replace(/[^A-Za-z.]/g, '')
      .toLowerCase();
    customers.push({
      id,
      name: `${first} ${last}`,
      email: `${email}${id}@example.com`,
      registered,
      born: chance(0.08) ? null : registered - between(16 * 366, 78 * 365),
      phone: chance(0.9) ? `${phone} ${between(100, 999)} ${between(1000, 9999)}` : null,
      city,
      country,
      active: kind === 'churned' ? chance(0.5) : !chance(0.02),
      until: kind === 'churned' ? Math.min(registered + between(120, 420), AS_OF - 200) : AS_OF + 30,
      // How many orders at most, and how eager.
      left: { heavy: 99, regular: 30, occasional: 5, churned: 14, once: 1, newcomer: 1, prospect: 0 }[
        kind
      ],
      weight: {
        heavy: 10,
        regular: 3,
        occasional: 0.5,
        churned: 4,
        once: 0.3,
        newcomer: 6,
        prospect: 0,
      }[kind],
    });
  }
  // Those who came on a leap day, and messy typing that the silver layer cleans.
  at(customers, 16).born = day('1996-02-29');
  at(customers, 16).registered = day('2023-02-28');
  at(customers, 17).born = day('2004-02-29');
  at(customers, 17).registered = day('2024-02-29');
  at(customers, 23).name = '  ANA  garcía-lópez ';
  at(customers, 24).name = "siobhán o'BRIEN";
  at(customers, 25).email = ' Mixed.Case@Example.COM ';
  at(customers, 26).city = 'SAN sebastián';
  at(customers, 27).country = ' spain';
  at(customers, 28).born = at(customers, 28).registered + 400; // born after the registration
  at(customers, 40).email = 'no-address-given';
  at(customers, 41).email = 'call me: 555-0100';
  at(customers, 90).email = 'zoe(at)example.com';
  return customers;
}

/**
 * @param {Customer} c
 * @returns {Cell[]}
 */
const customerRow = (c) => [
  c.id,
  c.name,
  c.email,
  date(c.registered),
  date(c.born),
  c.phone,
  c.city,
  c.country,
  c.active,
];
/**
 * @param {readonly (Customer & Buying)[]} customers
 * @returns {Cell[][]} the rows of customers.csv: theirs, and some that no customer should have
 */
export function customerRowsOf(customers) {
  const rows = customers.map(customerRow);
  /**
   * @param {number | null} id
   * @param {Partial<Customer>} changes
   */
  const dirtyCustomer = (id, changes) => customerRow({ ...at(customers, 60), id, ...changes });
  rows.push(
    dirtyCustomer(null, { email: 'no.id@example.com' }),
    dirtyCustomer(951, { registered: AS_OF + 2, email: 'early.bird@example.com' }),
    dirtyCustomer(62, {
      registered: at(customers, 61).registered - 90,
      email: 'old.address@example.com',
    }),
    dirtyCustomer(952, { name: null }),
    dirtyCustomer(953, { email: null }),
    dirtyCustomer(954, { registered: null }),
  );
  return rows;
}
