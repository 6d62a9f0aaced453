/** What the server says of itself: `/`, `/health`, `/health/ready`, `/metrics`. */
import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import { z } from 'zod';
import { entityTag, isKnown } from '../answer/entity-tag.js';
import type { ServerContext } from '../context.js';
import { Problem } from '../http/problem.js';
import { publishedTables } from '../../metrics/tables.js';
import { ageOf } from '../observe/server-metrics.js';

/** Version of the API, not of the program. */
export const apiVersion = '1.0.0';

const endpoints = {
  top_customers: '/api/customers/top-customers',
  segments: '/api/customers/segments',
  best_sellers: '/api/products/best-sellers',
  low_stock: '/api/products/low-stock',
  sales_summary: '/api/sales/summary',
  sales_trends: '/api/sales/trends',
  sales_daily: '/api/sales/daily',
  sales_comparison: '/api/sales/comparison',
  operations: '/api/operations',
  lineage: '/api/lineage',
  builds: '/api/builds',
  sources: '/api/sources',
  health: '/health',
} as const;

const welcome = {
  message: 'TechStore Analytics API',
  version: apiVersion,
  endpoints,
  docs: '/docs',
};

const welcomeSchema = z
  .object({
    message: z.string(),
    version: z.string().meta({ description: 'Version of the API' }),
    endpoints: z.record(z.string(), z.string()).meta({ description: 'Paths by name' }),
    docs: z.string().meta({ description: 'Path of the documentation' }),
  })
  .meta({ examples: [welcome] });

const readySchema = z
  .strictObject({
    status: z.literal('ready'),
    build: z.string().meta({ description: 'Id of the served build' }),
    as_of: z.iso.date().nullable().meta({ description: 'The date that all figures refer to' }),
    target: z.string().meta({ description: 'Name of the served target' }),
    published_at: z.iso.datetime().nullable().meta({ description: 'When the build was published' }),
    age_seconds: z.int().nullable().meta({ description: 'Time since then' }),
  })
  .meta({
    examples: [
      {
        status: 'ready',
        build: '20250701T021502Z-0c11',
        as_of: '2025-06-30',
        target: 'dev',
        published_at: '2025-07-01T02:15:40.120Z',
        age_seconds: 3600,
      },
    ],
  });

export interface SystemRoutesOptions {
  readonly registry: Registry;
  /** True from the moment on at which the server was told to stop. */
  readonly isStopping: () => boolean;
}

export function addSystemRoutes(
  app: FastifyInstance,
  context: ServerContext,
  { registry, isStopping }: SystemRoutesOptions,
): void {
  app.get(
    '/',
    {
      schema: {
        operationId: 'welcome',
        tags: ['system'],
        summary: 'Index',
        description: 'Paths of the API and of its documentation.',
        response: json('The paths.', welcomeSchema),
        'x-errors': [],
      },
    },
    async (_request, reply) => reply.header('cache-control', 'no-cache').send(welcome),
  );
  app.get(
    '/health',
    {
      config: { rateLimit: false },
      schema: {
        operationId: 'health',
        tags: ['system'],
        summary: 'Liveness',
        description: 'Returns 200 if the process responds. It does not query the database.',
        response: json(
          'It lives.',
          z
            .strictObject({ status: z.literal('healthy') })
            .meta({ examples: [{ status: 'healthy' }] }),
        ),
        'x-errors': [],
      },
    },
    async (_request, reply) =>
      reply.header('cache-control', 'no-store').send({ status: 'healthy' }),
  );
  app.get(
    '/health/ready',
    {
      config: { rateLimit: false },
      schema: {
        operationId: 'ready',
        tags: ['system'],
        summary: 'Readiness',
        description:
          'Returns the served build, its as_of and its age. Returns 503 if the store does not respond or the server is shutting down.',
        response: json('The server is ready.', readySchema),
        'x-errors': [304],
      },
    },
    async (request, reply) => {
      if (isStopping()) throw new Problem(503, 'The server is shutting down.');
      const facts = await context.store.use(async (build) => {
        if (!(await build.hasOneOf(publishedTables))) {
          throw new Problem(
            503,
            'The published build is not a build of the shop. Publish a build of the shop.',
            {
              headers: { 'retry-after': '5' },
            },
          );
        }
        return build.facts;
      });
      // Its age aside, the answer changes only with the build: whoever polls is spared the rest.
      const tag = entityTag(`${context.salt} ready ${facts.id} ${facts.publishedAt}`);
      reply.header('cache-control', 'no-store').header('etag', tag);
      if (isKnown(request.headers['if-none-match'], tag)) return reply.code(304).send();
      return reply.send({
        status: 'ready',
        build: facts.id,
        as_of: facts.asOf,
        target: context.target,
        published_at: facts.publishedAt,
        age_seconds: ageOf(context.store),
      });
    },
  );
  app.get(
    '/metrics',
    {
      config: { rateLimit: false, scope: 'metrics' },
      schema: {
        operationId: 'metrics',
        tags: ['system'],
        summary: 'Metrics of the server',
        description: 'Requests, queries, cache and process in the text format of Prometheus.',
        response: {
          200: {
            description: 'The figures.',
            content: { 'text/plain': { schema: z.string() } },
          },
        },
        'x-errors': [401, 403],
      },
    },
    async (_request, reply) =>
      reply
        .header('cache-control', 'no-store')
        .type(registry.contentType)
        .send(await registry.metrics()),
  );
}

function json(description: string, schema: z.ZodType): unknown {
  return { 200: { description, content: { 'application/json': { schema } } } };
}
