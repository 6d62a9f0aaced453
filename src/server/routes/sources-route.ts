/** `/api/sources`: how old the newest records are that the served build was made of. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Build } from '../../builds/index.js';
import { freshnessStatus, type FreshnessLimit, limitSeconds } from '../../ground/freshness.js';
import { csvOf } from '../answer/csv.js';
import { metaOf, metaSchema } from '../answer/envelope.js';
import { formatFor, mediaTypes } from '../answer/negotiate.js';
import type { ServerContext } from '../context.js';
import * as examples from '../openapi/examples.js';
import { format } from '../openapi/inputs.js';
import { dataErrors } from '../openapi/operation.js';

const seconds = z.int().min(0).nullable();

const sourceSchema = z.strictObject({
  source: z.string().meta({ description: 'Name of the source' }),
  table: z.string().meta({ description: 'Name of its table' }),
  status: z.enum(['pass', 'warn', 'error', 'unknown']).meta({
    description:
      'State now: within its limits, older than warn_after, older than error_after; unknown if its time could not be read',
  }),
  newest_at: z.iso
    .datetime()
    .nullable()
    .meta({ description: 'Time of its newest record, or of its file; null where none has a time' }),
  age_seconds: z.int().nullable().meta({ description: 'Time since then' }),
  from_file: z
    .boolean()
    .meta({ description: 'True if newest_at is the time of the file that the source came from' }),
  checked_at: z.iso.datetime().meta({ description: 'When the build read that time' }),
  warn_after_seconds: seconds.meta({ description: 'Age from which on it is a warning' }),
  error_after_seconds: seconds.meta({ description: 'Age from which on no build is published' }),
});

type SourceRow = z.infer<typeof sourceSchema>;

const example: SourceRow = {
  source: 'techstore',
  table: 'orders',
  status: 'pass',
  newest_at: '2025-06-30T23:41:07.000Z',
  age_seconds: 9235,
  from_file: false,
  checked_at: '2025-07-01T02:15:03.000Z',
  warn_after_seconds: 86400,
  error_after_seconds: null,
};

export function addSourcesRoute(
  app: FastifyInstance,
  context: ServerContext,
  builds: () => Promise<readonly Build[]>,
): void {
  app.get(
    '/api/sources',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'sources',
        tags: ['operations'],
        summary: 'Freshness of sources',
        description:
          'The sources of the served build that have a freshness limit. The age and the state are those of now.',
        querystring: z.object({ format }),
        response: {
          200: {
            description: 'The sources.',
            content: {
              'application/json': {
                schema: z
                  .strictObject({ data: z.array(sourceSchema), meta: metaSchema })
                  .meta({ examples: [{ data: [example], meta: examples.meta }] }),
              },
              'text/csv': { schema: z.string() },
            },
          },
        },
        'x-errors': dataErrors([]),
      },
    },
    async (request, reply) => {
      const wanted = formatFor(
        request,
        ['json', 'csv'],
        (request.query as { format?: 'json' | 'csv' }).format,
      );
      const { facts } = await context.store.use(async (build) => build);
      const served = (await builds()).find(({ id }) => id === facts.id);
      const rows = rowsOf(served, Date.now());
      request.answeredFrom = facts.id;
      // Ages grow while the build stays.
      reply.header('cache-control', 'no-store').header('x-build', facts.id);
      if (wanted === 'csv') {
        return reply.type(`${mediaTypes.csv}; charset=utf-8`).send(await csvOf(tableOf(rows)));
      }
      const meta = metaOf(context, { build: { facts }, continuedFrom: null }, null);
      return reply.send({ data: rows, meta });
    },
  );
}

function rowsOf(build: Build | undefined, now: number): SourceRow[] {
  return (build?.record.freshness ?? []).map((one) => {
    const { warnAfter, errorAfter, maxLoadedAt } = one;
    const age = maxLoadedAt === null ? null : (now - Date.parse(maxLoadedAt)) / 1000;
    const isUnknown = one.status === 'runtime error';
    const secondsOf = (limit: FreshnessLimit | null): number | null =>
      limit === null ? null : limitSeconds(limit);
    return {
      source: one.sourceName,
      table: one.name,
      // Without a record it is as old as can be.
      status: isUnknown ? 'unknown' : freshnessStatus(age ?? Infinity, { warnAfter, errorAfter }),
      newest_at: maxLoadedAt,
      age_seconds: age === null ? null : Math.floor(age),
      from_file: one.fromFile,
      checked_at: one.checkedAt,
      warn_after_seconds: secondsOf(warnAfter),
      error_after_seconds: secondsOf(errorAfter),
    };
  });
}

function tableOf(rows: readonly SourceRow[]): Parameters<typeof csvOf>[0] {
  const names = Object.keys(sourceSchema.shape) as (keyof SourceRow)[];
  const isNumber = (name: keyof SourceRow): boolean => name.endsWith('_seconds');
  return {
    columns: names.map((name) => ({
      name,
      type: isNumber(name) ? 'BIGINT' : 'VARCHAR',
      kind: isNumber(name) ? 'integer' : 'text',
    })),
    rows: rows.map((row) => names.map((name) => row[name])),
  };
}
