/** So many requests a minute for each key or, without one, each address. */
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { Problem } from './problem.js';

/** @param max 0 for no limit */
export async function limitRate(app: FastifyInstance, max: number): Promise<void> {
  await app.register(rateLimit, {
    global: max > 0,
    max: max > 0 ? max : Number.MAX_SAFE_INTEGER,
    timeWindow: 60_000,
    // As many clients as are remembered; more of them push the oldest out.
    cache: 10_000,
    keyGenerator: (request) =>
      request.client === null ? `address ${request.ip}` : `key ${request.client.name}`,
    errorResponseBuilder: (_request, { ttl }) => {
      const seconds = Math.max(1, Math.ceil(ttl / 1000));
      return new Problem(429, `Too many requests. Try again in ${seconds} seconds.`, {
        headers: { 'retry-after': String(seconds) },
      });
    },
  });
}
