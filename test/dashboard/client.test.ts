import { describe, expect, test } from 'vitest';
import { apiWith } from '../../src/dashboard/api/client.js';
import type { ApiFailure } from '../../src/dashboard/api/failure.js';

interface Sent {
  path: string;
  headers: Record<string, string>;
}

function answering(answer: () => Response | Promise<Response>, key: string | null = null) {
  const sent: Sent[] = [];
  const api = apiWith(() => key, (async (
    path: string,
    options: { headers: Record<string, string> },
  ) => {
    sent.push({ path, headers: options.headers });
    return answer();
  }) as typeof fetch);
  return { api, sent };
}

async function failureOf(answer: () => Response | Promise<Response>): Promise<ApiFailure> {
  return answering(answer)
    .api.ask('/api/operations')
    .then(
      () => expect.unreachable('it must fail'),
      (error: unknown) => error as ApiFailure,
    );
}

const problem = (status: number, detail: string, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify({ title: 'T', status, detail, errors: [] }), { status, headers });

describe('A question', () => {
  test('comes back with its build and its tag', async () => {
    const { api, sent } = answering(() =>
      Response.json([1], { headers: { 'x-build': 'b1', etag: 'W/"t"' } }),
    );

    expect(await api.ask('/api/x')).toEqual({ body: [1], build: 'b1', tag: 'W/"t"' });
    expect(sent).toEqual([{ path: '/api/x', headers: { accept: 'application/json' } }]);
  });

  test('carries the key in a header, never in the URL', async () => {
    const { api, sent } = answering(() => Response.json({}), 'secret');
    await api.ask('/api/x');

    expect(sent[0]).toEqual({
      path: '/api/x',
      headers: { accept: 'application/json', 'x-api-key': 'secret' },
    });
  });

  test('is answered with nothing when what it names still holds', async () => {
    const { api, sent } = answering(() => new Response(null, { status: 304 }));

    expect(await api.ask('/health/ready', { ifNot: 'W/"t"' })).toBeNull();
    expect(sent[0]?.headers['if-none-match']).toBe('W/"t"');
  });
});

describe('A question that is not answered', () => {
  test('tells why in the words of the server, and when to come again', async () => {
    const tooOften = await failureOf(() => problem(429, 'Too many.', { 'retry-after': '17' }));
    expect(tooOften).toMatchObject({ kind: 'too-often', message: 'Too many.', retryAfter: 17 });
    const busy = await failureOf(() => problem(503, 'Busy.'));
    expect(busy).toMatchObject({ kind: 'unavailable', retryAfter: 5 });
    const fresh = await failureOf(() =>
      problem(503, 'No build yet.', { 'retry-after': '5', 'x-problem-code': 'unpublished' }),
    );
    expect(fresh).toMatchObject({ kind: 'unpublished', retryAfter: 5 });
  });

  test('for want of a key is not tried again by itself', async () => {
    expect(await failureOf(() => problem(401, 'No key.'))).toMatchObject({
      kind: 'unauthorized',
      retryAfter: null,
    });
    expect(await failureOf(() => problem(403, 'No scope.'))).toMatchObject({ kind: 'forbidden' });
  });

  test('by a proxy whose page is no JSON is told by its status', async () => {
    const down = await failureOf(() => new Response('<h1>Bad gateway</h1>', { status: 502 }));
    expect(down).toMatchObject({
      kind: 'unavailable',
      message: 'The server responded with status 502.',
      retryAfter: 5,
    });
  });

  test('at all is offline, and so is an answer that breaks off', async () => {
    const gone = await failureOf(() => Promise.reject(new TypeError('fetch failed')));
    expect(gone).toMatchObject({ kind: 'offline', retryAfter: 5 });
    expect(await failureOf(() => new Response('{"data": [', { status: 200 }))).toMatchObject({
      kind: 'offline',
    });
  });

  test('by a date in Retry-After is tried again after a while, not at once', async () => {
    const failure = await failureOf(() =>
      problem(503, 'Busy.', { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }),
    );
    expect(failure.retryAfter).toBe(5);
    expect((await failureOf(() => problem(503, 'Busy.', { 'retry-after': '0' }))).retryAfter).toBe(
      1,
    );
  });
});
