/** What a request may look like before anything is done for it. */
import type { FastifyInstance } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { isHost } from './hosts.js';
import { Problem, type FieldError } from './problem.js';
import { dropBodies } from './request-body.js';
import { hasBrokenTarget } from './request-target.js';

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
    const problem = refusalOf(request.raw, request.originalUrl, limits);
    if (problem === null) return;
    reply.header('connection', 'close');
    throw problem;
  });
  dropBodies(app, limits.body);
}

function refusalOf(request: IncomingMessage, url: string, limits: RequestLimits): Problem | null {
  if (url.length > limits.url) {
    return new Problem(414, `The URL is longer than ${limits.url} characters.`);
  }
  const { rawHeaders: lines, headers, httpVersion } = request;
  // Each line has a colon, a blank and an end of two bytes.
  if (lines.reduce((sum, text) => sum + text.length + 2, 0) > limits.headers) {
    return new Problem(431, `The headers are longer than ${limits.headers} bytes.`);
  }
  if (hasBrokenTarget(request)) {
    return new Problem(400, 'The path of the request is not a valid URL.');
  }
  const hosts = lines.filter((text, i) => i % 2 === 0 && text.toLowerCase() === 'host').length;
  if (hosts > 1) return badHeader('Host', 'It must appear only once.');
  if (headers.host === undefined) {
    return httpVersion === '1.1' ? badHeader('Host', 'It is required.') : null;
  }
  if (!isHost(headers.host))
    return badHeader('Host', 'It must be a host name, optionally with a port.');
  const { expect, 'transfer-encoding': encoding } = headers;
  if (encoding !== undefined && encoding.toLowerCase() !== 'chunked') {
    return badHeader('Transfer-Encoding', 'It must be chunked.');
  }
  if (expect !== undefined && expect.toLowerCase() !== '100-continue') {
    const error: FieldError = {
      location: 'header',
      name: 'Expect',
      message: 'It must be 100-continue.',
    };
    return new Problem(417, 'Expect must be 100-continue.', { errors: [error] });
  }
  return null;
}

function badHeader(name: string, message: string): Problem {
  return new Problem(400, message.replace(/^It\b/, `The header ${name}`), {
    errors: [{ location: 'header', name, message }],
  });
}
