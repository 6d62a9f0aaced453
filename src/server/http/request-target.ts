/** What stands between the method and the version of a request. */
import type { IncomingMessage } from 'node:http';

const broken = new WeakSet<IncomingMessage>();

/**
 * The path and query to route by. A proxy may send a whole URL, whose name counts before that of the
 * header Host (RFC 9112, 3.2.2). A path that is no URL is routed as `/` and marked, so that it
 * passes what every request passes before it is refused.
 */
export function targetOf(request: IncomingMessage): string {
  const given = request.url ?? '';
  const target = given.startsWith('/') ? given : withoutOrigin(request, given);
  if (isDecodable(/^[^?#]*/.exec(target)?.[0] ?? '')) return target;
  broken.add(request);
  return '/';
}

/** Whether its path is no URL: `/%`, `/%zz`, `/%c0%ae`. */
export function hasBrokenTarget(request: IncomingMessage): boolean {
  return broken.has(request);
}

function withoutOrigin(request: IncomingMessage, url: string): string {
  const [, name, rest = ''] = /^https?:\/\/([^/?#]*)(.*)$/is.exec(url) ?? [];
  if (name === undefined) return url;
  request.headers.host = name;
  return rest.startsWith('/') ? rest : `/${rest}`;
}

function isDecodable(path: string): boolean {
  if (!path.includes('%')) return true;
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
