/** Who asks, and whether they may. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.js';
import type { Client, Scope } from './api-key.js';
import type { KeyRing } from './key-ring.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose key came with the request; null without one, and for one that nobody has. */
    client: Client | null;
    /** Whether a key came at all. */
    gaveKey: boolean;
  }
  interface FastifyContextConfig {
    /** What a key must allow for this route; a route without it is open to everybody. */
    scope?: Scope;
  }
}

/** Reads the key; refuses nobody, so that what is counted afterwards knows who asks. */
export function identify(app: FastifyInstance, keys: KeyRing | null): void {
  app.decorateRequest('client', null);
  app.decorateRequest('gaveKey', false);
  if (keys === null) return;
  app.addHook('onRequest', async (request) => {
    const key = keyOf(request);
    request.gaveKey = key !== null;
    request.client = key === null ? null : keys.clientOf(key);
  });
}

/** Refuses requests without a key, with an unknown one, and with one that may not do this. */
export function authorize(app: FastifyInstance, keys: KeyRing | null): void {
  if (keys === null) return;
  // Behind the hooks of the route, which count requests: guesses count too.
  app.addHook('preParsing', async (request) => {
    const { scope } = request.routeOptions.config;
    if (scope === undefined) return;
    if (request.client === null) {
      const what = request.gaveKey ? 'The API key is not valid.' : 'This path needs an API key.';
      throw new Problem(401, `${what} Send one as a Bearer token or as X-API-Key.`, {
        headers: { 'www-authenticate': 'Bearer realm="techstore"' },
      });
    }
    if (!request.client.scopes.includes(scope)) {
      throw new Problem(403, `The API key lacks the scope ${scope}.`);
    }
  });
}

function keyOf({ headers }: FastifyRequest): string | null {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return bearer;
  const key = headers['x-api-key'];
  if (typeof key === 'string' && key !== '') return key;
  return headers.authorization === undefined ? null : '';
}
