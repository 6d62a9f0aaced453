/** Which names a server answers to. */
import { isIP } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { Problem } from './problem.js';

export function isLoopback(address: string): boolean {
  return address === 'localhost' || address === '::1' || /^127(\.\d{1,3}){3}$/.test(address);
}

/** Whether a header Host is one: a name or an address, and a port or none. */
export function isHost(header: string): boolean {
  const [, address, name, port = ''] =
    /^(?:\[([0-9a-f:.]+)\]|([\w.~-]+))(?::(\d{0,5}))?$/i.exec(header) ?? [];
  if (Number(port) > 65_535) return false;
  return name !== undefined || isIP(address ?? '') === 6;
}

/**
 * A page of any site can make the name of its own server point to this machine, and then
 * read what a server without keys answers. Its requests still carry that name.
 */
export function checkHost(app: FastifyInstance, allowed: readonly string[]): void {
  const names = new Set(allowed.map((name) => name.toLowerCase()));
  app.addHook('onRequest', async (request) => {
    const host = hostOf(request.headers.host ?? '');
    if (names.has(host) || isLoopback(host)) return;
    throw new Problem(421, 'This server does not accept the name in the header Host.');
  });
}

/** The same of a header Host. */
export function isLoopbackName(header: string): boolean {
  return isLoopback(hostOf(header));
}

/** `[::1]:8000` is `::1`, `Shop.example:8000` is `shop.example`. */
function hostOf(header: string): string {
  const bare = header.toLowerCase().replace(/:\d+$/, '');
  const address = bare.replace(/^\[(.*)\]$/, '$1');
  return isIP(address) === 6 ? address : bare;
}
