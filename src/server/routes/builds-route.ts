/** `/api/builds`: the builds that are kept. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ResultSet, Value } from '../../engine/engine.js';
import { numberParameter } from '../../metrics/questions.js';
import type { Build } from '../../builds/index.js';
import { csvOf } from '../answer/csv.js';
import { readCursor, writeCursor, type PagedList } from '../answer/cursor.js';
import { metaOf, metaSchema } from '../answer/envelope.js';
import { formatFor, mediaTypes } from '../answer/negotiate.js';
import type { ServerContext } from '../context.js';
import * as examples from '../openapi/examples.js';
import { cursor, format, inputsOf } from '../openapi/inputs.js';
import { dataErrors } from '../openapi/operation.js';

const count = z.int().min(0);
const instant = z.iso.datetime();

const buildSchema = z.strictObject({
  build: z.string().meta({ description: 'Id; ids sort by the time of the build' }),
  state: z
    .enum(['published', 'kept', 'imported', 'failed', 'working', 'unpublished', 'finished'])
    .meta({ description: 'published: the served build; kept: a build that was published earlier' }),
  started_at: instant.meta({ description: 'When the build started' }),
  finished_at: instant.meta({ description: 'When the build ended' }),
  published_at: instant.nullable().meta({ description: 'When the build was last published' }),
  as_of: z.iso
    .date()
    .nullable()
    .meta({ description: 'The date that the figures of the build refer to' }),
  tables: count.meta({ description: 'Number of tables' }),
  rows: count.meta({ description: 'Rows of all tables' }),
  tests_passed: count.meta({ description: 'Tests that passed' }),
  tests_warned: count.meta({ description: 'Tests that warned' }),
  tests_failed: count.meta({ description: 'Tests that failed' }),
});

type BuildRow = z.infer<typeof buildSchema>;

const example: BuildRow = {
  build: '20250701T021502Z-0c11',
  state: 'published',
  started_at: '2025-07-01T02:15:02.000Z',
  finished_at: '2025-07-01T02:15:39.800Z',
  published_at: '2025-07-01T02:15:40.120Z',
  as_of: '2025-06-30',
  tables: 16,
  rows: 20411,
  tests_passed: 180,
  tests_warned: 7,
  tests_failed: 0,
};

const parameters = { limit: numberParameter('builds per page', 50, [1, 200]) };

const list: PagedList = {
  name: 'builds',
  columns: [{ name: 'build', type: 'build' }],
  order: [{ column: 'build' }],
};

export function addBuildsRoute(
  app: FastifyInstance,
  context: ServerContext,
  builds: () => Promise<readonly Build[]>,
): void {
  app.get(
    '/api/builds',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'builds',
        tags: ['operations'],
        summary: 'Builds',
        description: 'The kept builds, newest first, with their test results.',
        querystring: z.object({ ...inputsOf(parameters), cursor, format }),
        response: {
          200: {
            description: 'The builds.',
            content: {
              'application/json': {
                schema: z
                  .strictObject({ data: z.array(buildSchema), meta: metaSchema })
                  .meta({ examples: [{ data: [example], meta: examples.meta }] }),
              },
              'text/csv': { schema: z.string() },
            },
          },
        },
        'x-errors': dataErrors([404]),
      },
    },
    async (request, reply) => {
      const query = request.query as { limit: number; cursor?: string; format?: 'json' | 'csv' };
      const wanted = formatFor(request, ['json', 'csv'], query.format);
      const place = query.cursor === undefined ? null : readCursor(list, query.cursor);
      const { facts } = await context.store.use(async (build) => build);
      const before = place === null ? null : String(place.after['build']);
      const behind = (await builds()).filter(({ id }) => before === null || id < before);
      const page = behind.slice(0, query.limit).map(rowOf);
      const last = page.at(-1);
      const nextPage =
        behind.length > page.length && last !== undefined
          ? nextPageOf(query, writeCursor(list, { build: facts.id, after: { build: last.build } }))
          : null;
      if (nextPage !== null) reply.header('link', `<${nextPage}>; rel="next"`);
      request.answeredFrom = facts.id;
      // It changes whenever a build ends, published or not.
      reply.header('cache-control', 'no-store').header('x-build', facts.id);
      if (wanted === 'csv') {
        return reply.type(`${mediaTypes.csv}; charset=utf-8`).send(await csvOf(tableOf(page)));
      }
      const meta = metaOf(context, { build: { facts }, continuedFrom: null }, nextPage);
      return reply.send({ data: page, meta });
    },
  );
}

function nextPageOf(query: { limit: number; format?: string }, next: string): string {
  const form = query.format === undefined ? '' : `&format=${query.format}`;
  return `/api/builds?limit=${query.limit}${form}&cursor=${next}`;
}

function rowOf({ id, published, record }: Build): BuildRow {
  const tests = Object.entries(record.nodes).filter(([node]) => /^(unit_)?test\./.test(node));
  const withStatus = (...statuses: readonly string[]): number =>
    tests.filter(([, state]) => statuses.includes((state as { status?: string }).status ?? ''))
      .length;
  return {
    build: id,
    state: published ? 'published' : record.state === 'published' ? 'kept' : record.state,
    started_at: record.startedAt,
    finished_at: record.finishedAt,
    published_at: record.publishedAt,
    as_of: record.asOf,
    tables: Object.keys(record.rows).length,
    rows: Object.values(record.rows).reduce<number>((sum, rows) => sum + (rows ?? 0), 0),
    tests_passed: withStatus('pass', 'success'),
    tests_warned: withStatus('warn'),
    tests_failed: withStatus('fail', 'error'),
  };
}

function tableOf(rows: readonly BuildRow[]): ResultSet {
  const names = Object.keys(buildSchema.shape) as (keyof BuildRow)[];
  return {
    columns: names.map((name) => ({
      name,
      type: typeof example[name] === 'number' ? 'BIGINT' : 'VARCHAR',
      kind: typeof example[name] === 'number' ? 'integer' : 'text',
    })),
    rows: rows.map((row) => names.map((name): Value => row[name])),
  };
}
