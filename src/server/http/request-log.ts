/** The log: a line of JSON for each request, with nothing in it that a client wrote but its request id. */
import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** A client's own id is taken when it can do no harm in a log. */
export function requestId(request: { headers: Record<string, unknown> }): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
}

/**
 * The route, not the path, which holds ids of customers and whatever somebody types;
 * no address, no headers. Errors of the framework are logged by name.
 */
export const serializers = {
  req: (request: FastifyRequest) => ({ method: request.method, route: routeOf(request) }),
  res: (reply: { statusCode: number }) => ({ status: reply.statusCode }),
  // Its message may quote the request.
  err: (error: Error & { code?: string }) => ({
    type: error.name,
    message: error.code ?? '',
    stack: '',
  }),
};

/**
 * The framework's own messages may quote the URL, with all of its parameters ("Reply was already
 * sent …"), and an error without a message of its own is logged with the error's.
 */
export const hooks = {
  logMethod(this: unknown, given: readonly unknown[], log: (...args: unknown[]) => void): void {
    const [first, ...others] = given;
    if (typeof first === 'string') {
      log.apply(this, [first, ...others].map(withoutUrls));
      return;
    }
    const [message, ...values] = others;
    const text = typeof message === 'string' ? message : 'the HTTP framework reported an error';
    log.apply(this, [first, ...[text, ...values].map(withoutUrls)]);
  },
};

/** Without the words that are a URL, or a part of one. */
function withoutUrls(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/\S*[/?&=%]\S*/g, '…') : value;
}

export function routeOf(request: FastifyRequest): string | null {
  return request.is404 ? null : (request.routeOptions.url ?? null);
}

export function logRequests(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        route: routeOf(request),
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        build: request.answeredFrom,
        cache: request.cacheState,
        key: request.client?.name ?? null,
      },
      'answered',
    );
  });
}
