/** What a request may look like before anything is done for it. */
import type { FastifyInstance } from 'fastify';
import { Problem } from './problem.js';

export interface RequestLimits {
  /** Bytes of a body. No request needs one. Default 16 KiB. */
  readonly body: number;
  /** Characters of path and query together. Default 8,192. */
  readonly url: number;
  /** Bytes of all headers. Default 16 KiB. */
  readonly headers: number;
  /** Milliseconds in which a whole request has to arrive. Default 10 s. */
  readonly arrival: number;
  /** Milliseconds without a byte in either direction after which a connection is closed. Default 30 s. */
  readonly silence: number;
  /** Milliseconds that a connection stays open for another request. Default 5 s. */
  readonly keepAlive: number;
  /** Connections at once. Default 1,000. */
  readonly connections: number;
}

export const defaultRequestLimits: RequestLimits = {
  body: 16_384,
  url: 8192,
  headers: 16_384,
  arrival: 10_000,
  silence: 30_000,
  keepAlive: 5000,
  connections: 1000,
};

export function limitRequests(app: FastifyInstance, limits: RequestLimits): void {
  app.addHook('onRequest', async (request, reply) => {
    if ((request.raw.url ?? '').length > limits.url) {
      throw new Problem(414, `The URL is longer than ${limits.url} characters.`);
    }
    if (request.headers.host === undefined && request.raw.httpVersion === '1.1') {
      reply.header('connection', 'close');
      throw new Problem(400, 'The request has no header Host.');
    }
    const length = request.headers['content-length'];
    const isLong = length !== undefined && Number(length) > limits.body;
    // The rest of a body that nobody reads must not hold the connection.
    if (length !== undefined || request.headers['transfer-encoding'] !== undefined) {
      reply.header('connection', 'close');
    }
    if (isLong) throw new Problem(413, `The body is longer than ${limits.body} bytes.`);
  });
  // A body is taken, to know how long it is, and is not looked into.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, done) => {
    done(null, undefined);
  });
}
