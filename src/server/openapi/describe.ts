/** `/openapi.json`: OpenAPI 3.1, made of the zod schemas of the routes. */
import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { createJsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { apiVersion } from '../routes/system-routes.js';
import { addErrors } from './errors.js';

declare module 'fastify' {
  interface FastifySchema {
    operationId?: string;
    tags?: readonly string[];
    summary?: string;
    description?: string;
    hide?: boolean;
    /** Statuses of errors beside those that any path may answer with. */
    'x-errors'?: readonly number[];
  }
}

const ofResponses = createJsonSchemaTransform({});

/** Register it before the routes. */
export async function describeRoutes(app: FastifyInstance, needsKeys: boolean): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'TechStore Analytics API',
        version: apiVersion,
        description:
          'Analytics of a shop: customers, products, sales and operations. All figures refer to one date, as_of. Each answer comes from one build; the header X-Build holds its id. Answers have an ETag for If-None-Match. The header Link with rel="next" links to the next page of a list.',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      tags: [
        { name: 'customers', description: 'Customers and their segments' },
        { name: 'products', description: 'Sales and stock by product' },
        { name: 'sales', description: 'Revenue by day and by month' },
        { name: 'operations', description: 'Orders, deliveries and builds' },
        { name: 'system', description: 'The server itself' },
      ],
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'An API key as a Bearer token' },
          apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'An API key' },
        },
      },
    },
    transform: (document) => {
      const { params, querystring, ...schema } = document.schema ?? {};
      const result = ofResponses({ ...document, schema });
      return {
        url: result.url,
        schema: {
          ...result.schema,
          ...(params === undefined ? {} : { params: parametersOf(params) }),
          ...(querystring === undefined ? {} : { querystring: parametersOf(querystring) }),
        },
      };
    },
    transformObject: (document) =>
      addErrors(
        withoutInputs(jsonSchemaTransformObject(document as never) as Document) as never,
        needsKeys,
      ),
  });
}

/** As what they mean, not as the text that they come as; one with a default need not be given. */
function parametersOf(schema: unknown): Readonly<Record<string, unknown>> {
  const shape = (schema as z.ZodObject).shape as Readonly<Record<string, z.ZodType>>;
  const properties = Object.fromEntries(
    Object.entries(shape).map(([name, field]) => {
      const json = z.toJSONSchema(field, { io: 'output' });
      delete json.$schema;
      return [name, json];
    }),
  );
  const required = Object.entries(shape)
    .filter(([, field]) => !field.safeParse(undefined).success)
    .map(([name]) => name);
  return { type: 'object', properties, ...(required.length === 0 ? {} : { required }) };
}

interface Document {
  readonly components?: { readonly schemas?: Readonly<Record<string, object>> };
}

/** Of each schema that has a name there are two, what goes in and what comes out; only answers have names here. */
function withoutInputs(document: Document): Document {
  const schemas = Object.entries(document.components?.schemas ?? {});
  return {
    ...document,
    components: {
      ...document.components,
      schemas: Object.fromEntries(schemas.filter(([name]) => !name.endsWith('Input'))),
    },
  };
}
