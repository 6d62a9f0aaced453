import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Server } from '../../src/server/app.js';
import { maskEmail } from '../../src/server/answer/mask-email.js';
import {
  hashOf,
  newKey,
  recognize,
  type KeyRecord,
  type Scope,
} from '../../src/server/keys/api-key.js';
import { changeKeyFile, readKeyFile } from '../../src/server/keys/key-file.js';
import { KeyRing } from '../../src/server/keys/key-ring.js';
import { keysInEnvironment, recordText } from '../../src/server/keys/keys-in-environment.js';
import { expectProblem, get, PublishedShop } from './support.js';

const shop = new PublishedShop();
const file = join(shop.dir, 'keys', 'api-keys.json');
const keys = { reader: newKey(), support: newKey(), watcher: newKey(), expired: newKey() };

function record(name: string, key: string, scopes: Scope[], expiresAt: string | null): KeyRecord {
  return { name, hash: hashOf(key), scopes, createdAt: '2026-01-01T00:00:00.000Z', expiresAt };
}

const records = [
  record('reader', keys.reader, ['read'], null),
  record('support', keys.support, ['read', 'customers:pii'], '2999-01-01T00:00:00.000Z'),
  record('watcher', keys.watcher, ['metrics'], null),
  record('expired', keys.expired, ['read'], '2026-01-02T00:00:00.000Z'),
];

let server: Server;
const log: string[] = [];

beforeAll(async () => {
  await shop.publish();
  await changeKeyFile(file, () => records);
  server = await shop.server({
    keys: new KeyRing({ fixed: [], file }),
    log: { write: (line) => log.push(line) },
  });
});

afterAll(() => shop.remove());

const bearer = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });

describe('with keys', () => {
  const open = ['/', '/health', '/health/ready', '/openapi.json', '/docs', '/redoc'];
  const guarded = [
    '/api/customers/top-customers',
    '/api/customers/segments/VIP',
    '/api/customers/segments',
    '/api/customers/1',
    '/api/products/best-sellers',
    '/api/products/low-stock',
    '/api/products/10',
    '/api/sales/summary',
    '/api/sales/trends',
    '/api/sales/daily',
    '/api/sales/comparison',
    '/api/operations',
    '/api/lineage',
    '/api/builds',
  ];

  test.each(open)('%s is open to everybody', async (url) => {
    expect((await get(server, url)).statusCode).toBe(200);
  });

  test.each(guarded)('%s needs one', async (url) => {
    const without = await get(server, url);
    expectProblem(without, 401);
    expect(without.headers['www-authenticate']).toBe('Bearer realm="techstore"');
    expect((await get(server, url, bearer(keys.reader))).statusCode).toBe(200);
    expect((await get(server, url, { headers: { 'x-api-key': keys.reader } })).statusCode).toBe(
      200,
    );
  });

  test('a wrong parameter is told only to those who may ask', async () => {
    expectProblem(await get(server, '/api/sales/summary?days=0'), 401);
    expectProblem(await get(server, '/api/sales/summary?days=0', bearer(keys.reader)), 422, {
      names: ['days'],
    });
  });

  test.each([
    ['an unknown key', `Bearer ${newKey()}`],
    ['a key that has expired', `Bearer ${keys.expired}`],
    ['the hash of a key', `Bearer ${hashOf(keys.reader)}`],
    ['a part of a key', `Bearer ${keys.reader.slice(0, -1)}`],
    ['no key behind Bearer', 'Bearer '],
    ['another scheme', `Basic ${keys.reader}`],
  ])('%s is refused', async (_what, authorization) => {
    const answer = await get(server, '/api/operations', { headers: { authorization } });

    expect(expectProblem(answer, 401)['detail']).toMatch(/not valid|needs/);
  });

  test('a key that may not do this is refused, with what it lacks', async () => {
    const answer = await get(server, '/api/operations', bearer(keys.watcher));
    expect(expectProblem(answer, 403)['detail']).toBe('The API key lacks the scope read.');
    expectProblem(await get(server, '/metrics', bearer(keys.reader)), 403);
    expect((await get(server, '/metrics', bearer(keys.watcher))).statusCode).toBe(200);
  });

  test('e-mail addresses are masked, but for those whose key allows them', async () => {
    const urls = ['/api/customers/top-customers', '/api/customers/segments/VIP'];
    for (const url of [...urls, ...urls.map((u) => `${u}?format=csv`), '/api/customers/1']) {
      const masked = await get(server, url, bearer(keys.reader));
      const full = await get(server, url, bearer(keys.support));
      expect(masked.body).toContain('e***@shop.example');
      expect(masked.body).not.toContain('eve@');
      expect(full.body).toContain('eve@shop.example');
      expect(masked.headers['etag']).not.toBe(full.headers['etag']);
      expect(masked.headers['cache-control']).toBe('private, no-cache');
      expect(masked.headers['vary']).toMatch(/Authorization, X-API-Key/);
    }
  });

  test('guesses are counted like any request', async () => {
    const strict = await shop.server({
      keys: new KeyRing({ fixed: records, file: '/nowhere' }),
      rateLimit: 2,
    });
    for (let i = 0; i < 2; i++)
      expectProblem(await get(strict, '/api/operations', bearer('guess')), 401);

    expectProblem(await get(strict, '/api/operations', bearer('guess')), 429);
    // Whoever has a key is counted by it, not by an address that others share.
    expect((await get(strict, '/api/operations', bearer(keys.reader))).statusCode).toBe(200);
  });

  test('the log names the key, and holds neither it nor an address nor an e-mail', () => {
    const text = log.join('');
    expect(text).toContain('"key":"reader"');
    for (const secret of [
      ...Object.values(keys),
      hashOf(keys.reader),
      '127.0.0.1',
      '@shop.example',
    ]) {
      expect(text).not.toContain(secret);
    }
  });
});

describe('keys', () => {
  test('are stored as hashes, in a file that only its owner reads', () => {
    const text = readFileSync(file, 'utf8');

    for (const key of Object.values(keys)) expect(text).not.toContain(key);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readKeyFile(file)).toEqual(records);
  });

  test('are new each time, and too many to guess', () => {
    expect(newKey()).toMatch(/^tsk_[\w-]{43}$/);
    expect(newKey()).not.toBe(newKey());
  });

  test('are recognized until the instant at which they expire', () => {
    const at = (instant: string) => recognize(keys.expired, records, new Date(instant));

    expect(at('2026-01-01T23:59:59.999Z')).toEqual({ name: 'expired', scopes: ['read'] });
    expect(at('2026-01-02T00:00:00.000Z')).toBeNull();
  });

  test('in the environment are records with scopes and expiry', () => {
    const text = `${recordText(records[0] as KeyRecord)}\n  ${recordText(records[1] as KeyRecord)} `;
    const given = keysInEnvironment(text);

    expect(given.map(({ name, scopes, expiresAt }) => [name, scopes, expiresAt])).toEqual([
      ['reader', ['read'], null],
      ['support', ['read', 'customers:pii'], '2999-01-01T00:00:00.000Z'],
    ]);
    expect(recognize(keys.support, given, new Date())?.name).toBe('support');
    expect(keysInEnvironment(`short/${hashOf('x')}`)).toMatchObject([{ scopes: ['read'] }]);
    expect(keysInEnvironment(undefined)).toEqual([]);
  });

  test('in the clear are refused, and not repeated', () => {
    for (const text of [
      keys.reader,
      `name/${keys.reader}`,
      `a/${hashOf('x')}/write`,
      'a/b/c/d/e',
    ]) {
      expect(() => keysInEnvironment(text)).toThrow(/Entry 1 of TECHSTORE_API_KEYS/);
      try {
        keysInEnvironment(text);
      } catch (error) {
        expect(String(error)).not.toContain(keys.reader);
      }
    }
  });

  test('that were revoked are refused while the server runs, and a broken file changes nothing', async () => {
    let now = Date.parse('2026-06-01T00:00:00Z');
    const own = join(shop.dir, 'own.json');
    await changeKeyFile(own, () => records);
    const troubles: unknown[] = [];
    const ring = new KeyRing({
      fixed: [],
      file: own,
      now: () => new Date((now += 2000)),
      onTrouble: (error) => troubles.push(error),
    });
    expect(ring.clientOf(keys.reader)?.name).toBe('reader');
    await changeKeyFile(own, () => records.slice(1));
    expect(ring.clientOf(keys.reader)).toBeNull();
    expect(ring.clientOf(keys.support)?.name).toBe('support');
    writeFileSync(own, '{"keys": ');
    expect(ring.clientOf(keys.support)?.name).toBe('support');
    expect(troubles).toHaveLength(1);
  });
});

test.each([
  ['ada@shop.example', 'a***@shop.example'],
  ['a@b', 'a***@b'],
  ['éve.x+y@shop.example', 'é***@shop.example'],
  ['👩@shop.example', '👩***@shop.example'],
  ['call me: 555-0100', '***'],
  ['zoe(at)example.com', '***'],
  ['two words@shop.example', '***'],
  ['a@b@c', '***'],
  ['', '***'],
])('%s is shown as %s', (address, shown) => {
  expect(maskEmail(address)).toBe(shown);
});
