/** Requests are checked by the zod schemas of their routes. */
import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import { Problem, type FieldError } from '../http/problem.js';

const locations: Readonly<Record<string, FieldError['location']>> = {
  params: 'path',
  querystring: 'query',
  headers: 'header',
  body: 'body',
};

/** 400 for a name in the path that is none of those there are, 422 for everything else. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart }) => {
  const location = locations[httpPart ?? ''] ?? 'query';
  return (data: unknown) => {
    const result = schema.safeParse(data);
    if (result.success) return { value: result.data };
    const errors = result.error.issues.map(({ path, message }) => ({
      location,
      name: String(path[0] ?? ''),
      message,
    }));
    const isUnknownName =
      location === 'path' && result.error.issues.every(({ code }) => code === 'invalid_value');
    const [first] = errors;
    const detail =
      first === undefined
        ? 'The request is not valid.'
        : first.message.replace(/^It\b/, first.name);
    return { error: new Problem(isUnknownName ? 400 : 422, detail, { errors }) };
  };
};
