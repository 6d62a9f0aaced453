/** Metrics as zod schemas: parameters of a request, rows of an answer, with descriptions for OpenAPI. */
import { z } from 'zod';
import type { Metric, MetricColumn, Parameter, Surface } from './metric.js';

/** Parameters by name, with defaults. Numbers may come as text, as in a URL. */
export function parametersSchema(
  parameters: Readonly<Record<string, Parameter>>,
  surface: Surface,
): z.ZodObject {
  return z.object(
    Object.fromEntries(
      Object.entries(parameters).map(([name, parameter]) => [
        name,
        parameterSchema(parameter, surface).describe(parameter.description),
      ]),
    ),
  );
}

function parameterSchema(parameter: Parameter, surface: Surface): z.ZodType {
  switch (parameter.kind) {
    case 'number': {
      const [least, most] = parameter.range[surface];
      return z.preprocess(numberOfText, z.int().min(least).max(most)).default(parameter.default);
    }
    case 'choice':
      return z.enum(parameter.choices as [string, ...string[]]);
    case 'id':
      return z
        .union([z.int(), z.string().regex(/^-?\d+$/)])
        .refine((id) => BigInt.asIntN(64, BigInt(id)) === BigInt(id), 'out of range')
        .transform(String);
  }
}

/** Digits and nothing else: `1e1`, `0x10` and blanks are no numbers here. */
function numberOfText(given: unknown): unknown {
  return typeof given === 'string' && /^-?\d+$/.test(given) ? Number(given) : given;
}

/** One row of an answer, as `jsonRows` makes it. */
export function rowSchema({ columns }: Pick<Metric, 'columns'>): z.ZodObject {
  return z.strictObject(
    Object.fromEntries(
      columns.map((column) => [column.name, columnSchema(column).describe(column.description)]),
    ),
  );
}

/** The whole answer: an array of rows, or the one row. */
export function answerSchema(metric: Pick<Metric, 'columns' | 'shape'>): z.ZodType {
  const row = rowSchema(metric);
  return metric.shape === 'list' ? z.array(row) : row;
}

/** Dates and instants before or behind all others. */
const withoutEnd = z.enum(['-infinity', 'infinity']);

function columnSchema(column: MetricColumn): z.ZodType {
  const schema = typeSchema(column);
  return column.nullable ? schema.nullable() : schema;
}

function typeSchema({ type }: MetricColumn): z.ZodType {
  switch (type) {
    case 'id':
    case 'count':
      // Past 2^53 - 1 a number would not be what most readers make of it.
      return z.union([z.int(), z.string().regex(/^-?\d{16,}$/)]);
    case 'money':
    case 'percent':
    case 'amount':
      return z.number();
    case 'boolean':
      return z.boolean();
    case 'date':
      return z.union([z.iso.date(), withoutEnd]);
    case 'timestamp':
      return z.union([z.iso.datetime({ local: true }), withoutEnd]);
    case 'text':
      return z.string();
  }
}
