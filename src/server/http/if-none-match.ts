/** `If-None-Match: *`: nothing is wanted as long as there is an answer at all (RFC 9110, 13.1.2). */
import type { FastifyInstance } from 'fastify';

/** Register it before what changes answers, such as compression. */
export function answerIfNoneMatchesAny(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    const isAny = request.headers['if-none-match']?.trim() === '*';
    const isData = typeof payload === 'string' || Buffer.isBuffer(payload);
    // Files, which come as streams, look at it themselves.
    if (!isAny || !isData || reply.statusCode !== 200) return payload;
    reply.code(304).removeHeader('content-type').removeHeader('content-length');
    // The framework counts the bytes of what HEAD does not send.
    return request.method === 'HEAD' ? '' : null;
  });
}
