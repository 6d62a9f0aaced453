/** Routes that answer with the rows of a metric. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { jsonAnswer, jsonRows } from '../../metrics/answer.js';
import type { Metric, Parameter } from '../../metrics/metric.js';
import type { Values } from '../../metrics/parameters.js';
import { answerSchema, rowSchema } from '../../metrics/schemas.js';
import { readCursor, writeCursor } from '../answer/cursor.js';
import { metaOf, metaSchema } from '../answer/envelope.js';
import { respond, type Asking, type Computed } from '../answer/respond.js';
import { wholeOf, pageOf, type PagedMetric } from '../answer/rows.js';
import type { ServerContext } from '../context.js';
import { cursor, format, inputsOf } from '../openapi/inputs.js';
import { dataErrors, type OperationText } from '../openapi/operation.js';

export interface MetricRoute {
  readonly url: string;
  readonly text: OperationText;
  readonly metric: Metric;
  /** Parameters beside those of the metric. */
  readonly more?: Readonly<Record<string, Parameter>>;
  /** `bare`: as the service that this one replaces. */
  readonly shape: 'bare' | 'enveloped';
  /** The parameter that says how many rows a page has, where the list has pages. */
  readonly pageSize?: string;
  /** The pages are cut out of the whole answer: see `PagedMetric`. */
  readonly cutHere?: boolean;
  /** Rows to show in the description, one of them at least. */
  readonly example: unknown;
}

interface Inputs {
  readonly values: Values;
  readonly format: 'json' | 'csv' | undefined;
  readonly cursor: string | undefined;
}

export function addMetricRoute(
  app: FastifyInstance,
  context: ServerContext,
  route: MetricRoute,
): void {
  const { metric, url } = route;
  const isList = metric.shape === 'list';
  const parameters = { ...metric.parameters, ...route.more };
  const inPath = Object.keys(parameters).filter((name) => url.includes(`:${name}`));
  const inputs = inputsOf(parameters);
  const pick = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, inputs[name] as z.ZodType]));
  const inQuery = Object.keys(parameters).filter((name) => !inPath.includes(name));
  app.get(
    url,
    {
      config: { scope: 'read' },
      schema: {
        ...route.text,
        ...(inPath.length === 0 ? {} : { params: z.object(pick(inPath)) }),
        querystring: z.object({
          ...pick(inQuery),
          ...(route.pageSize === undefined ? {} : { cursor }),
          ...(isList ? { format } : {}),
        }),
        response: { 200: responseOf(route) },
        'x-errors': dataErrors(route.pageSize === undefined ? [] : [404]),
      },
    },
    async (request, reply) => {
      const given = { ...(request.params as object), ...(request.query as object) } as Values;
      const asked: Inputs = {
        values: Object.fromEntries(
          Object.keys(parameters).map((name) => [name, given[name]]),
        ) as Values,
        format: given['format'] as Inputs['format'],
        cursor: given['cursor'] as string | undefined,
      };
      const place = asked.cursor === undefined ? null : readCursor(metric, asked.cursor);
      return respond(context, request, reply, {
        name: metric.name,
        values: [asked.values, place?.after ?? null],
        formats: isList ? ['json', 'csv'] : ['json'],
        format: asked.format,
        from: place?.build ?? null,
        compute: (asking) => compute(context, route, asked, place?.after, asking),
      });
    },
  );
}

async function compute(
  context: ServerContext,
  route: MetricRoute,
  { values, format: asked }: Inputs,
  after: Values | undefined,
  asking: Asking,
): Promise<Computed> {
  const { metric, pageSize, cutHere } = route;
  const { build, shown } = asking;
  const paged: PagedMetric | null =
    pageSize === undefined
      ? null
      : { metric, size: pageSize, ...(cutHere === undefined ? {} : { cutHere }) };
  const page =
    paged === null
      ? { result: await wholeOf(build, context.lists, metric, values), next: null }
      : await pageOf(build, context.lists, paged, values, after);
  const result = shown(page.result);
  const nextPage =
    page.next === null
      ? null
      : pathOf(route.url, values, {
          ...(asked === undefined ? {} : { format: asked }),
          cursor: writeCursor(metric, { build: build.facts.id, after: page.next }),
        });
  return {
    json: () =>
      route.shape === 'bare'
        ? jsonAnswer(metric, result.rows)
        : { data: jsonRows(metric, result.rows), meta: metaOf(context, asking, nextPage) },
    rows: metric.shape === 'list' ? result : null,
    nextPage,
  };
}

/** The same question, with what is added to its query. */
function pathOf(url: string, values: Values, more: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams();
  let path = url;
  for (const [name, value] of Object.entries(values)) {
    const text = String(value);
    if (path.includes(`:${name}`)) path = path.replace(`:${name}`, encodeURIComponent(text));
    else query.set(name, text);
  }
  for (const [name, value] of Object.entries(more)) query.set(name, value);
  return `${path}?${query.toString()}`;
}

function responseOf({ metric, shape, example }: MetricRoute): unknown {
  const rows =
    shape === 'bare'
      ? answerSchema(metric).meta({ examples: [example] })
      : z
          .strictObject({ data: z.array(rowSchema(metric)), meta: metaSchema })
          .meta({ examples: [example] });
  return {
    description: `The result: ${metric.description}.`,
    content: {
      'application/json': { schema: rows },
      ...(metric.shape === 'list'
        ? {
            'text/csv': {
              schema: z.string().meta({ description: 'A header line, then one line per row' }),
            },
          }
        : {}),
    },
  };
}
