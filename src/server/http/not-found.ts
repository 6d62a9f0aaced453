/** A path that is not there, one that is but not for this method, and one with a slash too many. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { sendProblem } from './error-handler.js';
import { Problem } from './problem.js';

interface Known {
  readonly pattern: RegExp;
  readonly methods: Set<string>;
}

/** The paths of the server. */
export class KnownPaths {
  private readonly known = new Map<string, Known>();

  /** Make it before the routes: it has to see them. */
  constructor(app: FastifyInstance) {
    app.addHook('onRoute', ({ url, method }) => {
      // The route that answers preflights of every path says nothing of paths.
      if (url === '*' || url === '/*') return;
      const route = this.known.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() };
      for (const one of [method].flat()) route.methods.add(one);
      this.known.set(url, route);
    });
  }

  /** What a path that is not there is answered with, and one that is but not for the method. */
  problemOf({ url }: { readonly url: string }): Problem {
    const path = pathOf(url);
    // The server as a whole, of which OPTIONS may ask.
    const allowed = path === '*' ? new Set(['GET', 'HEAD']) : this.methodsOf(path);
    if (allowed.size === 0) {
      return new Problem(404, 'This path does not exist. GET / lists the paths.');
    }
    const allow = [...allowed].sort().join(', ');
    return new Problem(405, `This path accepts only ${allow}.`, { headers: { allow } });
  }

  /** Where a path with a slash too many at its end leads, with its query; null where there is nothing. */
  withoutSlash(url: string): string | null {
    const path = pathOf(url);
    let end = path.length;
    while (path.endsWith('/', end)) end -= 1;
    const bare = path.slice(0, end);
    if (end === path.length || this.has(path) || !this.has(bare)) return null;
    return `${bare}${url.slice(path.length)}`;
  }

  has(path: string): boolean {
    return this.methodsOf(path).size > 0;
  }

  private methodsOf(path: string): ReadonlySet<string> {
    const text = decoded(path);
    const routes = [...this.known.values()].filter(({ pattern }) => pattern.test(text));
    const methods = new Set(routes.flatMap((route) => [...route.methods]));
    // A plugin may tell of one of the two alone.
    return methods.has('HEAD') ? methods.add('GET') : methods;
  }
}

/** To be called once the plugins that its hooks need are there. */
export function handleUnknownPaths(app: FastifyInstance, paths: KnownPaths): void {
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) => {
    const place = paths.withoutSlash(request.url);
    if (place === null) sendProblem(reply, paths.problemOf(request));
    else redirect(reply, place);
  });
  // The router takes a part of the path that is empty for an id.
  app.addHook('preParsing', async (request, reply, payload) => {
    const path = pathOf(request.url);
    if (request.is404 || !path.endsWith('/') || paths.has(path)) return payload;
    const place = paths.withoutSlash(request.url);
    if (place === null) throw paths.problemOf(request);
    redirect(reply, place);
    return payload;
  });
}

/** As the service that this one replaces: the method stays what it is. */
function redirect(reply: FastifyReply, place: string): void {
  void reply.header('cache-control', 'no-store').redirect(place, 307);
}

function pathOf(url: string): string {
  return /^[^?#]*/.exec(url)?.[0] ?? '';
}

/** As the router reads it; a slash that is written as %2F parts nothing. */
function decoded(path: string): string {
  try {
    return path
      .split('/')
      .map((part) => decodeURIComponent(part).replaceAll('/', '%2F'))
      .join('/');
  } catch {
    return path;
  }
}

/** `/api/customers/:id` as a pattern; a star stands for anything. */
function patternOf(url: string): RegExp {
  const source = url
    .split('/')
    .map((part) => {
      if (part.startsWith(':')) return '[^/]+';
      return part.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
    })
    .join('/');
  return new RegExp(`^${source}$`, 's');
}
