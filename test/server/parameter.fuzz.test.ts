import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Server } from '../../src/server/app.js';
import { fuzzRuns } from '../helpers/fuzz-runs.js';
import { expectProblem, get, PublishedShop } from './support.js';

const shop = new PublishedShop();
let server: Server;
const log: string[] = [];

beforeAll(async () => {
  await shop.publish();
  server = await shop.server({ log: { write: (line) => log.push(line) } });
});

afterAll(() => shop.remove());

const prototypeNames = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '__defineGetter__',
];

/** Half a surrogate has no place in a URL: a client sends the mark of what is not known. */
const encoded = (text: string): string => encodeURIComponent(Buffer.from(text).toString());

const word = fc.oneof(
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  { weight: 2, arbitrary: fc.string({ maxLength: 30 }) },
  fc.constantFrom(...prototypeNames),
  fc.bigInt().map(String),
  fc.double().map(String),
  fc.constantFrom('', '0', '-1', '1', '365', 'json', 'csv', 'true', 'VIP', 'a\nb', '\u0000', '*'),
);
const segment = fc.oneof(
  word.map(encoded),
  fc.constantFrom(...prototypeNames, '%', '%zz', '%00', '%ff', '..', '.', ';', '%2f'),
);

const fixed = [
  '/',
  '/health',
  '/health/ready',
  '/metrics',
  '/docs',
  '/redoc',
  '/dashboard',
  '/openapi.json',
  '/api/builds',
  '/api/lineage',
  '/api/operations',
  '/api/customers/segments',
  '/api/customers/top-customers',
  '/api/products/best-sellers',
  '/api/products/low-stock',
  '/api/sales/summary',
  '/api/sales/trends',
  '/api/sales/daily',
  '/api/sales/comparison',
  '/api/sources',
];
const path = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...fixed) },
  fc
    .tuple(
      fc.constantFrom(
        '/',
        '/api/',
        '/api/customers/',
        '/api/products/',
        '/api/customers/segments/',
        '/docs/static/',
        '/redoc/',
      ),
      segment,
    )
    .map(([before, last]) => `${before}${last}`),
);

const numRuns = fuzzRuns(2500);

const names = fc.constantFrom(
  ...['limit', 'days', 'months', 'cursor', 'format', 'node', 'direction', 'depth', 'tests'],
  ...['columns', 'column', 'build', 'orders', 'reviews', 'products', ...prototypeNames],
);
const parameter = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(names, word).map(([name, of]) => `${name}=${encoded(of)}`) },
  { weight: 1, arbitrary: fc.tuple(names, segment).map(([name, of]) => `${name}=${of}`) },
  { weight: 1, arbitrary: fc.tuple(segment, segment).map(([name, of]) => `${name}=${of}`) },
  { weight: 1, arbitrary: fc.tuple(names, names).map(([one, two]) => `${one}[${two}]=1`) },
  { weight: 1, arbitrary: fc.constantFrom('', '=', '&', '?', 'days', '%', 'days=%zz') },
);
const urls = fc
  .tuple(path, fc.array(parameter, { maxLength: 4 }))
  .map(([of, query]) => (query.length === 0 ? of : `${of}?${query.join('&')}`));

test('the paths that are asked are all that the description has', async () => {
  const { paths } = (await get(server, '/openapi.json')).json<{ paths: object }>();
  const plain = Object.keys(paths).filter((one) => !one.includes('{'));

  expect(plain.filter((one) => !fixed.includes(one))).toEqual([]);
});

test('no path and no parameter gives an error of the server, and each error has our shape', async () => {
  await fc.assert(
    fc.asyncProperty(urls, async (url) => {
      const answer = await get(server, url);
      expect(answer.statusCode, url).toBeLessThan(500);
      if (answer.statusCode < 400) return;
      const { errors } = answer.json<{ errors: { name: string }[] }>();
      expectProblem(answer, answer.statusCode, { names: errors.map(({ name }) => name) });
    }),
    { numRuns },
  );
});

test('the log holds nothing of what was asked but the route', () => {
  const routes = log.map((line) => (JSON.parse(line) as { route?: string | null }).route);

  expect(log.length).toBeGreaterThanOrEqual(numRuns);
  expect(routes.filter((route) => /[?%=&]/.test(route ?? ''))).toEqual([]);
  expect(log.join('')).not.toContain('?');
});
