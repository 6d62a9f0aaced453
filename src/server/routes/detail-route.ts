/** Routes that tell one thing in full: a customer, a product. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ask, jsonAnswer, type JsonRow } from '../../metrics/answer.js';
import { customersShow } from '../../metrics/definitions/customer-detail.js';
import { productsShow } from '../../metrics/definitions/product-detail.js';
import type { Detail } from '../../metrics/metric.js';
import type { Values } from '../../metrics/parameters.js';
import { answerSchema } from '../../metrics/schemas.js';
import { metaOf, metaSchema } from '../answer/envelope.js';
import { respond, type Asking, type Computed } from '../answer/respond.js';
import type { ServerContext } from '../context.js';
import { Problem } from '../http/problem.js';
import * as examples from '../openapi/examples.js';
import { inputsOf } from '../openapi/inputs.js';
import { dataErrors, type OperationText } from '../openapi/operation.js';

interface DetailRoute {
  readonly url: string;
  readonly text: OperationText;
  readonly detail: Detail;
  /** What there is none of: `customer`. */
  readonly noun: string;
}

const routes: readonly DetailRoute[] = [
  {
    url: '/api/customers/:id',
    text: {
      operationId: 'customer',
      tags: ['customers'],
      summary: 'One customer',
      description:
        'Profile and scores of one customer, with the latest orders, products and reviews.',
    },
    detail: customersShow,
    noun: 'customer',
  },
  {
    url: '/api/products/:id',
    text: {
      operationId: 'product',
      tags: ['products'],
      summary: 'One product',
      description: 'Profile and sales of one product, with its latest orders and reviews.',
    },
    detail: productsShow,
    noun: 'product',
  },
];

export function addDetailRoutes(app: FastifyInstance, context: ServerContext): void {
  for (const route of routes) addDetailRoute(app, context, route);
}

function addDetailRoute(app: FastifyInstance, context: ServerContext, route: DetailRoute): void {
  const { detail, noun } = route;
  const { id, ...others } = inputsOf(detail.parameters);
  app.get(
    route.url,
    {
      config: { scope: 'read' },
      schema: {
        ...route.text,
        params: z.object({ id: id as z.ZodType }),
        querystring: z.object(others),
        response: {
          200: {
            description: `The ${noun}.`,
            content: { 'application/json': { schema: responseOf(detail) } },
          },
        },
        'x-errors': dataErrors([404]),
      },
    },
    async (request, reply) => {
      const values = { ...(request.params as object), ...(request.query as object) } as Values;
      return respond(context, request, reply, {
        name: detail.name,
        values,
        formats: ['json'],
        format: undefined,
        from: null,
        compute: (asking) => compute(context, route, values, asking),
      });
    },
  );
}

async function compute(
  context: ServerContext,
  { detail, noun }: DetailRoute,
  values: Values,
  asking: Asking,
): Promise<Computed> {
  const missing = new Problem(404, `No ${noun} has this id.`);
  const number = BigInt(String(values['id']));
  // A BIGINT holds every id there can be.
  if (BigInt.asIntN(64, number) !== number) throw missing;
  const data = await asking.build.read(async (connection) => {
    const sections: Record<string, JsonRow[] | JsonRow | null> = {};
    for (const [name, metric] of Object.entries(detail.sections)) {
      const result = asking.shown(await ask(connection, asking.build.tables, metric, values));
      sections[name] = jsonAnswer(metric, result.rows);
      if (Object.keys(sections).length === 1 && sections[name] === null) throw missing;
    }
    return sections;
  });
  return {
    json: () => ({ data, meta: metaOf(context, asking, null) }),
    rows: null,
    nextPage: null,
  };
}

function responseOf(detail: Detail): z.ZodType {
  const sections = Object.fromEntries(
    Object.entries(detail.sections).map(([name, metric]) => {
      const schema = answerSchema(metric).describe(metric.description);
      return [name, metric.shape === 'list' ? schema : schema.nullable()];
    }),
  );
  return z
    .strictObject({ data: z.strictObject(sections), meta: metaSchema })
    .meta({ examples: [examples.detail(detail)] });
}
