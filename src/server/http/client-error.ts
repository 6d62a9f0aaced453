/** Requests that Node's own parser refuses: they never reach a route. */
import type { Socket } from 'node:net';
import { Problem, problemType } from './problem.js';

const refusals: Readonly<Record<string, readonly [status: number, detail: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'The headers of the request are too large.'],
  // What Node does not know is no method of any path here.
  HPE_INVALID_METHOD: [405, 'Every path answers only GET, HEAD.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request took too long to arrive.'],
};

/** Answers with a problem where the connection still takes one, and closes it. */
export function refuseRaw(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable || socket.destroyed) {
    socket.destroy();
    return;
  }
  const [status, detail] = refusals[error.code ?? ''] ?? [400, 'This is not a valid HTTP request.'];
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
