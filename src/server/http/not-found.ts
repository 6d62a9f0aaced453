/** A path that is not there, and one that is but not for this method. */
import type { FastifyInstance } from 'fastify';
import { sendProblem } from './error-handler.js';
import { Problem } from './problem.js';

/** Register it before the routes: it has to see them. */
export function answerUnknownPaths(app: FastifyInstance): (request: { url: string }) => Problem {
  const known = new Map<string, { readonly pattern: RegExp; readonly methods: Set<string> }>();
  app.addHook('onRoute', ({ url, method }) => {
    const methods = [method].flat();
    // The route that answers preflights of every path says nothing of paths.
    if (url === '*' || url === '/*') return;
    const route = known.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() };
    for (const one of methods) route.methods.add(one);
    known.set(url, route);
  });
  return ({ url }) => {
    const path = url.split('?', 1)[0] ?? '';
    const allowed = new Set<string>();
    for (const { pattern, methods } of known.values()) {
      if (pattern.test(path)) for (const method of methods) allowed.add(method);
    }
    if (allowed.size === 0) {
      return new Problem(404, 'There is nothing at this path. GET / lists what there is.');
    }
    const allow = [...allowed].sort().join(', ');
    return new Problem(405, `This path answers only ${allow}.`, { headers: { allow } });
  };
}

/** To be called once the plugins that its hooks need are there. */
export function handleUnknownPaths(
  app: FastifyInstance,
  problemOf: (request: { url: string }) => Problem,
): void {
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) => {
    sendProblem(reply, problemOf(request));
  });
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
  return new RegExp(`^${source}$`);
}
