/** Requests that Node's own parser refuses: they never reach a route. */
import type { Socket } from 'node:net';
import { Problem, problemType } from './problem.js';

const refusals: Readonly<Record<string, readonly [status: number, detail: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'The headers of the request are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request took too long to arrive.'],
};

interface RawError extends Error {
  readonly code?: string;
  /** What came, as far as the parser had it. */
  readonly rawPacket?: unknown;
}

function refusalOf({ code, rawPacket }: RawError): readonly [status: number, detail: string] {
  const isRequest = /^[A-Z]+ \S+ HTTP\/1\.[01]\r\n/.test(
    Buffer.isBuffer(rawPacket) ? rawPacket.toString('latin1') : '',
  );
  // What Node does not know is no method of any path here.
  if (code === 'HPE_INVALID_METHOD' && isRequest)
    return [405, 'Every path answers only GET, HEAD.'];
  return refusals[code ?? ''] ?? [400, 'This is not a valid HTTP request.'];
}

/** Answers with a problem where the connection still takes one, and closes it. */
export function refuseRaw(error: RawError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable || socket.destroyed) {
    socket.destroy();
    return;
  }
  const [status, detail] = refusalOf(error);
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
