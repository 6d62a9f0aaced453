/** Requests that Node itself would answer, or close without an answer: they never reach a route by themselves. */
import { METHODS, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Problem, problemType } from './problem.js';

const refusals: Readonly<Record<string, readonly [status: number, detail: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'The headers of the request are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request took too long to arrive.'],
};

const onlyGet = [405, 'Every path accepts only GET, HEAD.'] as const;

interface RawError extends Error {
  readonly code?: string;
  /** What came, as far as the parser had it. */
  readonly rawPacket?: unknown;
}

function refusalOf(
  { code, rawPacket }: RawError,
  longestUrl: number,
): readonly [status: number, detail: string] {
  const text = Buffer.isBuffer(rawPacket) ? rawPacket.toString('latin1') : '';
  // What Node does not know is no method of any path here. Other requests may stand before it.
  const method = /^([A-Z-]+) \S+ HTTP\/1\.[01]\r\n/.exec(text)?.[1];
  if (code === 'HPE_INVALID_METHOD' && method !== undefined && !METHODS.includes(method)) {
    return onlyGet;
  }
  const url = /^[A-Z]+ (\S*)/.exec(text)?.[1] ?? '';
  if (code === 'HPE_HEADER_OVERFLOW' && url.length > longestUrl) {
    return [414, `The URL is longer than ${longestUrl} characters.`];
  }
  return refusals[code ?? ''] ?? [400, 'This is not a valid HTTP request.'];
}

/**
 * Answers with a problem where the connection still takes one, and closes it. Requests of the
 * same connection that came before are answered first.
 */
export function refuseRaw(error: RawError, socket: Duplex, longestUrl: number): void {
  if (error.code === 'ECONNRESET' || !socket.writable || socket.destroyed) {
    socket.destroy();
    return;
  }
  // Node keeps the answer that is under way at the connection; the next one takes its place.
  const { _httpMessage: underWay } = socket as { _httpMessage?: ServerResponse | null };
  // A request that has not arrived as a whole is the very one that is refused.
  if (underWay?.req.complete === true) {
    underWay.once('close', () => refuseRaw(error, socket, longestUrl));
    return;
  }
  answerRaw(socket, ...refusalOf(error, longestUrl));
}

/** Node's own answers to `Expect` and CONNECT have no body, or are none. */
export function refuseWhatNodeDoes(server: Server): void {
  // It is refused as every request is: see `limitRequests`.
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    server.emit('request', request, response);
  });
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => {
    socket.on('error', () => socket.destroy());
    answerRaw(socket, ...onlyGet);
  });
}

function answerRaw(socket: Duplex, status: number, detail: string): void {
  const problem = new Problem(status, detail).body();
  const body = JSON.stringify(problem);
  socket.end(
    [
      `HTTP/1.1 ${status} ${problem.title}`,
      `content-type: ${problemType}`,
      `content-length: ${Buffer.byteLength(body)}`,
      'cache-control: no-store',
      ...(status === 405 ? ['allow: GET, HEAD'] : []),
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
