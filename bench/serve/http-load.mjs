/** As many requests as a server on this machine answers, over connections that stay open. */
import { connect } from 'node:net';

/**
 * Each connection asks again as soon as it has its answer.
 *
 * @param pathOf gives the path of the n-th request
 * @param etagOf gives what its If-None-Match names, where it has one
 * @returns requests a second and milliseconds, how many were not answered with 200, and how many with each status
 */
export async function load({
  port,
  connections,
  seconds,
  requests = Infinity,
  pathOf,
  etagOf = () => undefined,
}) {
  const times = [];
  const statuses = {};
  let asked = 0;
  let answered = 0;
  let refused = 0;
  const started = performance.now();
  const end = started + seconds * 1000;
  const mayAsk = () => asked < requests && performance.now() < end;
  const one = () =>
    new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      socket.setNoDelay(true);
      let sentAt = 0;
      let buffered = Buffer.alloc(0);
      const ask = () => {
        if (!mayAsk()) {
          socket.end();
          return resolve();
        }
        sentAt = performance.now();
        const n = asked++;
        const etag = etagOf(n);
        const known = etag === undefined ? '' : `If-None-Match: ${etag}\r\n`;
        socket.write(`GET ${pathOf(n)} HTTP/1.1\r\nHost: localhost\r\n${known}\r\n`);
      };
      socket.on('connect', ask);
      socket.on('error', reject);
      socket.on('data', (chunk) => {
        buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk]);
        const headEnd = buffered.indexOf('\r\n\r\n');
        if (headEnd === -1) return;
        const head = buffered.toString('latin1', 0, headEnd);
        const status = head.slice(9, 12);
        const length = status === '304' ? 0 : Number(/content-length: *(\d+)/i.exec(head)?.[1]);
        if (buffered.length < headEnd + 4 + length) return;
        // Only some: a million of them would measure this process.
        if (times.length < 200_000) times.push(performance.now() - sentAt);
        answered += 1;
        statuses[status] = (statuses[status] ?? 0) + 1;
        if (status !== '200') refused += 1;
        buffered = Buffer.alloc(0);
        ask();
      });
    });
  await Promise.all(Array.from({ length: connections }, one));
  const took = (performance.now() - started) / 1000;
  times.sort((a, b) => a - b);
  return {
    perSecond: answered / took,
    p50: times[Math.floor(times.length * 0.5)],
    p99: times[Math.floor(times.length * 0.99)],
    answered,
    refused,
    statuses,
  };
}
