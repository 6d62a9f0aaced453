/** What customers say about what they bought. */
import { at, between, chance, pick, pickWeighted } from './chance.mjs';
import { AS_OF, date, daytime, timestamp } from './values.mjs';
import { COMMENTS, TITLES } from './words.mjs';

/** @typedef {import('./files.mjs').Cell} Cell */

/**
 * @typedef {object} Review
 * @property {number | null} id
 * @property {number | null} product
 * @property {number | null} customer
 * @property {number | null} order
 * @property {number | null} rating
 * @property {string | null} title
 * @property {string | null} comment
 * @property {string | null} written
 * @property {boolean} verified
 * @property {number | null} helpful
 * @property {number | null} votes
 */

const REVIEWS = 800;

/**
 * Of goods that were delivered, with some faults.
 * @param {import('./orders.mjs').Made} made
 * @returns {Review[]}
 */
export function makeReviews({ orders, items }) {
  /** @type {Review[]} */
  const reviews = [];
  const reviewable = items.filter(
    (i) => at(orders, i.order - 1).days < AS_OF - 12 && /deliv/i.test(at(orders, i.order - 1).status),
  );
  for (let id = 1; id <= REVIEWS; id++) {
    const item = pick(reviewable);
    const order = at(orders, item.order - 1);
    const rating = pickWeighted([
      [5, 42],
      [4, 28],
      [3, 14],
      [2, 8],
      [1, 8],
    ]);
    const votes = chance(0.45) ? 0 : between(1, 40);
    reviews.push({
      id,
      product: item.product,
      customer: order.customer,
      order: chance(0.9) ? order.id : null,
      rating,
      title: chance(0.85) ? TITLES[rating] : null,
      comment: chance(0.8)
        ? chance(0.05)
          ? `  ${pick(COMMENTS[rating])} `
          : pick(COMMENTS[rating])
        : null,
      written: timestamp(Math.min(order.days + between(8, 40), AS_OF), daytime()),
      verified: chance(0.88),
      helpful: votes === 0 && chance(0.2) ? null : between(0, votes),
      votes: votes === 0 && chance(0.1) ? null : votes,
    });
  }
  at(reviews, 100).product = 5003;
  at(reviews, 333).product = 5003;
  at(reviews, 200).customer = 7003;
  at(reviews, 444).customer = 7004;
  at(reviews, 222).order = 8003;
  at(reviews, 555).order = 8004;
  at(reviews, 600).helpful = 10 ** 15; // a counter gone wild: a share that does not fit
  at(reviews, 600).votes = 1;
  return reviews;
}

/**
 * @param {Review} r
 * @returns {Cell[]}
 */
const reviewRow = (r) => [
  r.id,
  r.product,
  r.customer,
  r.order,
  r.rating,
  r.title,
  r.comment,
  r.written,
  r.verified,
  r.helpful,
  r.votes,
];
/**
 * @param {readonly Review[]} reviews
 * @returns {Cell[][]} the rows of reviews.csv: theirs, and some that no review should have
 */
export function reviewRowsOf(reviews) {
  const rows = reviews.map(reviewRow);
  /**
   * @param {number | null} id
   * @param {Partial<Review>} changes
   */
  const dirtyReview = (id, changes) => reviewRow({ ...at(reviews, 0), id, ...changes });
  rows.push(
    dirtyReview(null, {}),
    dirtyReview(9101, { written: `${date(AS_OF + 1)} 10:00:00` }),
    dirtyReview(77, { written: '2022-12-31 00:00:00' }),
    dirtyReview(9102, { product: null }),
    dirtyReview(9103, { customer: null }),
    dirtyReview(9104, { written: null }),
    dirtyReview(9105, { rating: 6 }),
    dirtyReview(9106, { rating: 0 }),
    dirtyReview(9107, { rating: null }),
  );
  return rows;
}
