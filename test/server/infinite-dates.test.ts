/** Dates without an end, as DuckDB has them: in answers they are its own words for them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { salesTrends } from '../../src/metrics/definitions/sales.js';
import { answerSchema } from '../../src/metrics/schemas.js';
import type { Server } from '../../src/server/app.js';
import { get, PublishedShop } from './support.js';

const shop = new PublishedShop();
let server: Server;

beforeAll(async () => {
  await shop.publish(`
    update gold_customer_analytics set first_order_date = '-infinity', last_order_date = 'infinity'
      where customer_id = 1;
    update silver_customers set registration_date = '-infinity' where id = 1;
    update silver_products set launch_date = 'infinity' where id = 12;
    update silver_reviews set review_date = 'infinity' where id = 1;
    update gold_sales_metrics set month_start = 'infinity' where month_start = '2024-12-01';
    update gold_sales_metrics set month_start = '-infinity' where sale_date = '2024-11-28'`);
  server = await shop.server();
});

afterAll(() => shop.remove());

/** What an infinite date looks like where its number of days is taken for a day. */
const farAway = /\(BC\)|\d{5,}-\d\d-\d\d|null-null|NaN/;

test('in the answers for one customer and one product', async () => {
  const customer = await get(server, '/api/customers/1');
  const product = await get(server, '/api/products/12');

  expect([customer.statusCode, product.statusCode]).toEqual([200, 200]);
  expect(customer.body).toContain('"registration_date":"-infinity"');
  expect(customer.body).toContain('"first_order_date":"-infinity"');
  expect(customer.body).toContain('"last_order_date":"infinity"');
  expect(customer.body).not.toMatch(farAway);
  expect(product.body).toContain('"launch_date":"infinity"');
  expect(product.body).not.toMatch(farAway);
});

test.each(['json', 'csv'])('in lists and from one page to the next, as %s', async (format) => {
  const dates: string[] = [];
  let url = `/api/sales/trends?months=1&format=${format}`;
  for (let page = 0; page < 5 && url !== ''; page++) {
    const answer = await get(server, url);
    expect(answer.statusCode, `${url} ${answer.body}`).toBe(200);
    expect(answer.body).not.toMatch(farAway);
    dates.push(...(answer.body.match(/-?infinity|\d{4}-\d\d-\d\d/g) ?? []));
    url = /^<(.+)>; rel="next"$/.exec(String(answer.headers['link']))?.[1] ?? '';
  }

  expect(url).toBe('');
  expect(dates).toEqual(['infinity', '2024-11-01', '-infinity']);
});

test('no other answer fails because of them', async () => {
  for (const url of [
    '/api/sales/summary',
    '/api/sales/summary?days=365',
    '/api/sales/trends',
    '/api/sales/comparison',
    '/api/customers/top-customers',
    '/api/customers/top-customers?format=csv',
    '/api/customers/segments/VIP',
    '/api/operations',
  ]) {
    const answer = await get(server, url);
    expect(answer.statusCode, url).toBe(200);
    expect(answer.body, url).not.toMatch(farAway);
  }
});

test('as the description of the API has them', async () => {
  const rows: unknown = (await get(server, '/api/sales/trends?months=3')).json();

  expect(answerSchema(salesTrends).parse(rows)).toEqual(rows);
});
