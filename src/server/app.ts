/** The server put together: what each request goes through, in this order. */
import compress from '@fastify/compress';
import cors from '@fastify/cors';
import underPressure from '@fastify/under-pressure';
import fastify, { LogController, type FastifyInstance } from 'fastify';
import { createHash } from 'node:crypto';
import { AnswerCache } from './answer/answer-cache.js';
import { LongLists } from './answer/long-lists.js';
import type { ServerContext } from './context.js';
import { refuseRaw, refuseWhatNodeDoes } from './http/client-error.js';
import { handleErrors, sendProblem, toProblem } from './http/error-handler.js';
import { checkHost } from './http/hosts.js';
import { answerIfNoneMatchesAny } from './http/if-none-match.js';
import { handleUnknownPaths, KnownPaths } from './http/not-found.js';
import { limitRate } from './http/rate-limit.js';
import { hooks, logRequests, requestId, serializers } from './http/request-log.js';
import { defaultRequestLimits, limitRequests } from './http/request-limits.js';
import { targetOf } from './http/request-target.js';
import { setSecurityHeaders } from './http/security-headers.js';
import { authorize, identify } from './keys/authenticate.js';
import { observe } from './observe/server-metrics.js';
import { describeRoutes } from './openapi/describe.js';
import { validatorCompiler } from './openapi/validate.js';
import { defaults, type ServerOptions } from './options.js';
import { addBuildsRoute } from './routes/builds-route.js';
import { addSourcesRoute } from './routes/sources-route.js';
import { recentBuilds } from './store/recent-builds.js';
import { addDashboard } from './routes/dashboard.js';
import { addDetailRoutes } from './routes/detail-route.js';
import { addLineageRoute } from './routes/lineage-route.js';
import { addMetricRoute } from './routes/list-route.js';
import { metricRoutes } from './routes/metric-routes.js';
import { addPages } from './routes/pages.js';
import { addSystemRoutes } from './routes/system-routes.js';

export interface Server {
  readonly app: FastifyInstance;
  /** From now on `/health/ready` says that the server is about to stop. */
  announceStop(): void;
}

/** A server that does not listen yet: `app.inject` asks it, `app.listen` lets others do so. */
export async function createServer(options: ServerOptions): Promise<Server> {
  const { store } = options;
  const limits = { ...defaultRequestLimits, ...options.limits };
  let isStopping = false;
  const app = fastify({
    ...(options.log === undefined
      ? { logger: false }
      : { logger: { level: options.logLevel ?? 'info', stream: options.log, serializers, hooks } }),
    // One line a request is ours: see `logRequests`.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestId,
    requestIdHeader: false,
    trustProxy: [...(options.trustedProxies ?? [])],
    // The URL has a limit of its own.
    routerOptions: { maxParamLength: Math.max(limits.url, 100) },
    // Requests that a connection already carries are answered before it is closed.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    connectionTimeout: limits.silence,
    requestTimeout: limits.arrival,
    keepAliveTimeout: limits.keepAlive,
    http: {
      // Node counts the URL among them: see `limitRequests`.
      maxHeaderSize: limits.headers + limits.url,
      headersTimeout: limits.arrival,
      // Node looks only every 30 seconds who is late.
      connectionsCheckingInterval: Math.min(1000, limits.arrival),
      // Node's own refusal has no body: see `limitRequests`.
      requireHostHeader: false,
    },
    clientErrorHandler: (error, socket) => refuseRaw(error, socket, limits.url),
    rewriteUrl: targetOf,
    frameworkErrors: (error, request, reply) => {
      sendProblem(reply, toProblem(error, request, errors));
    },
  });
  const paths = new KnownPaths(app);
  const errors = { debug: options.debug ?? false, paths };
  app.server.maxConnections = limits.connections;
  // Node would pass over further ones in silence; their length is limited.
  app.server.maxHeadersCount = 0;
  refuseWhatNodeDoes(app.server);
  app.decorateRequest('answeredFrom', null);
  app.decorateRequest('cacheState', null);
  app.setValidatorCompiler(validatorCompiler);
  // What is sent was made to its schema; tests compare the two.
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));

  logRequests(app);
  handleErrors(app, errors);
  await setSecurityHeaders(app);
  const cache = new AnswerCache(options.cacheBytes ?? defaults.cacheBytes);
  const registry = observe(app, { store, cache, lostLines: () => options.log?.lost ?? 0 });
  await allowOrigins(app, paths, options.corsOrigins ?? []);
  limitRequests(app, limits);
  if (options.allowedHosts !== null && options.allowedHosts !== undefined) {
    checkHost(app, options.allowedHosts);
  }
  identify(app, options.keys);
  await limitRate(app, options.rateLimit ?? defaults.rateLimit);
  authorize(app, options.keys);
  await app.register(underPressure, {
    maxEventLoopDelay: options.maxEventLoopDelay ?? defaults.maxEventLoopDelay,
  });
  answerIfNoneMatchesAny(app);
  await app.register(compress, {
    threshold: 1024,
    encodings: ['br', 'gzip'],
    inflateIfDeflated: false,
  });
  await describeRoutes(app, options.keys !== null);
  handleUnknownPaths(app, paths);

  const context: ServerContext = {
    store,
    cache,
    lists: new LongLists(),
    target: options.target,
    salt: createHash('sha256').update(options.version).digest('base64url'),
    keys: options.keys,
    masksEmails: (client) =>
      options.keys === null
        ? options.masksEmails
        : client?.scopes.includes('customers:pii') !== true,
  };
  addSystemRoutes(app, context, { registry, isStopping: () => isStopping });
  for (const route of metricRoutes) addMetricRoute(app, context, route);
  addDetailRoutes(app, context);
  addLineageRoute(app, context);
  const builds = recentBuilds(context.store);
  addBuildsRoute(app, context, builds);
  addSourcesRoute(app, context, builds);
  await addPages(app);
  await addDashboard(app);
  await app.ready();
  return {
    app,
    announceStop: () => {
      isStopping = true;
    },
  };
}

async function allowOrigins(
  app: FastifyInstance,
  paths: KnownPaths,
  origins: readonly string[],
): Promise<void> {
  if (origins.length === 0) return;
  // The plugin refuses a preflight that is none in a shape of its own.
  app.addHook('onRequest', async (request) => {
    const { origin, 'access-control-request-method': method } = request.headers;
    if (request.method !== 'OPTIONS' || (origin !== undefined && method !== undefined)) return;
    throw paths.problemOf(request);
  });
  await app.register(cors, {
    // Never with credentials: a key is sent by the page itself, not by the browser.
    origin: async (origin: string | undefined) =>
      origin !== undefined && (origins.includes('*') || origins.includes(origin)),
    credentials: false,
    methods: ['GET', 'HEAD'],
    allowedHeaders: ['Authorization', 'X-API-Key', 'If-None-Match', 'Accept', 'X-Request-Id'],
    exposedHeaders: [
      'ETag',
      'Link',
      'X-Build',
      'X-Continued-From',
      'X-Problem-Code',
      'X-Request-Id',
      'Retry-After',
    ],
    maxAge: 600,
  });
}
