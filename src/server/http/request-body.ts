/** Bodies: no request needs one. What comes is read, to know where the next request begins, and dropped. */
import type { FastifyInstance } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { Problem } from './problem.js';

/** @param most bytes of a body; a longer one is refused, whatever the method and however it is sent */
export function dropBodies(app: FastifyInstance, most: number): void {
  const tooLong = new Problem(413, `The body is longer than ${most} bytes.`);
  app.addHook('onRequest', async ({ headers }, reply) => {
    const { 'content-length': length, 'transfer-encoding': encoding } = headers;
    if (length === undefined && encoding === undefined) return;
    // Whoever sends a body where none is read is not asked for more on this connection.
    reply.header('connection', 'close');
    if (length !== undefined && Number(length) > most) throw tooLong;
  });
  app.addHook('preParsing', async ({ raw, headers }, _reply, payload) => {
    const hasBody =
      headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
    if (hasBody && !(await readAway(raw, most))) throw tooLong;
    return payload;
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => {
    done(null, undefined);
  });
}

/** False as soon as there are more bytes than `most`; what still comes is dropped. */
function readAway(body: IncomingMessage, most: number): Promise<boolean> {
  return new Promise((resolve) => {
    let size = 0;
    body.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > most) resolve(false);
    });
    body.on('end', () => resolve(true));
    // Nobody is there any more to be answered.
    body.on('close', () => resolve(true));
  });
}
