/** Where a server listens, and how it stops. */
import { TechstoreError } from '../errors.js';
import type { Server } from './app.js';

export type Listening =
  | { readonly host: string; readonly port: number }
  /** A socket that another program listens on and hands over, as systemd does. */
  | { readonly fd: number };

/** The first socket that was handed over: systemd begins to count at 3. */
const FIRST_FD = 3;

/** The socket that whoever started this process listens on already; null when there is none. */
export function socketHandedOver(
  env: Readonly<Record<string, string | undefined>>,
  pid: number,
): number | null {
  const count = Number(env['LISTEN_FDS'] ?? '0');
  const isForUs = env['LISTEN_PID'] === undefined || Number(env['LISTEN_PID']) === pid;
  return Number.isInteger(count) && count > 0 && isForUs ? FIRST_FD : null;
}

/** The URL that it answers at. Code `usage` when the address can't be listened on. */
export async function listen({ app }: Server, where: Listening): Promise<string> {
  try {
    // Fastify passes what it does not know on to Node, whose server takes a descriptor.
    return await app.listen(where as { host: string; port: number });
  } catch (error) {
    throw toUsage(error, where);
  }
}

function toUsage(error: unknown, where: Listening): unknown {
  const { code } = error as NodeJS.ErrnoException;
  const place = 'fd' in where ? `the socket ${where.fd}` : `${where.host}, port ${where.port},`;
  // After the last port there is none: 0 takes any that is free.
  const next = 'fd' in where || where.port >= 65_535 ? 0 : where.port + 1;
  const reason: Partial<Record<string, readonly [what: string, hint: string]>> = {
    EADDRINUSE: ['it is in use', `Stop the other program, or choose another port: --port ${next}.`],
    EACCES: ['permission denied', 'Choose a port above 1023.'],
    EADDRNOTAVAIL: ['this machine has no such address', 'Use 127.0.0.1, or 0.0.0.0 for all.'],
    ENOTFOUND: ['the host name is unknown', 'Use 127.0.0.1, or 0.0.0.0 for all.'],
    EBADF: ['it is not open', 'Unset LISTEN_FDS, or pass a listening socket.'],
    EINVAL: ['it is not a socket', 'Unset LISTEN_FDS, or pass a listening socket.'],
    ENOTSOCK: ['it is not a socket', 'Unset LISTEN_FDS, or pass a listening socket.'],
  };
  const found = reason[code ?? ''];
  if (found === undefined) return error;
  return new TechstoreError('usage', `Cannot listen on ${place} ${found[0]}`.replace(',  ', ', '), {
    hint: found[1],
    cause: error,
  });
}

/**
 * Takes no more connections, and comes back when every request that arrived is
 * answered, or after `patience` milliseconds, when what is left is cut off.
 */
export async function stop(server: Server, patience: number): Promise<void> {
  server.announceStop();
  const cutOff = setTimeout(() => {
    server.app.server.closeAllConnections();
  }, patience);
  await server.app.close();
  clearTimeout(cutOff);
}
