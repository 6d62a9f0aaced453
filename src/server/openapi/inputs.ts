/** Parameters of requests as zod schemas: they come as text, and are described as what they mean. */
import { z } from 'zod';
import type { Parameter } from '../../metrics/metric.js';

/** Parameters of a metric, as the API takes them. */
export function inputsOf(
  parameters: Readonly<Record<string, Parameter>>,
): Record<string, z.ZodType> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [name, inputOf(parameter)]),
  );
}

function inputOf(parameter: Parameter): z.ZodType {
  switch (parameter.kind) {
    case 'number':
      return wholeNumber(parameter.description, parameter.range.api, parameter.default);
    case 'choice':
      return choice(parameter.description, parameter.choices);
    case 'id':
      return id(parameter.description);
  }
}

export function wholeNumber(
  description: string,
  [least, most]: readonly [number, number],
  fallback: number,
): z.ZodType {
  const error = `It must be a whole number from ${least} to ${most}.`;
  return z
    .string({ error: once(error) })
    .regex(/^-?\d{1,15}$/, { error })
    .transform(Number)
    .pipe(z.int({ error }).min(least, { error }).max(most, { error }))
    .default(fallback)
    .meta({ description: sentence(description), examples: [fallback] });
}

export function choice(description: string, choices: readonly string[]): z.ZodEnum {
  const error = `It must be one of ${choices.join(', ')}.`;
  return z
    .enum(choices as [string, ...string[]], { error: once(error) })
    .meta({ description: sentence(description), examples: [choices[0]] });
}

/** Any whole number: one that no id can be is simply not found. */
export function id(description: string): z.ZodType {
  const error = 'It must be a whole number.';
  return z
    .string({ error: once(error) })
    .regex(/^-?\d+$/, { error })
    .meta({
      description: sentence(description),
      examples: [1],
      type: 'integer',
      format: 'int64',
      pattern: undefined,
    });
}

/** The name of something, whatever characters it has. */
export function name(description: string): z.ZodString {
  const error = 'It must be a name of 1 to 200 characters.';
  return z
    .string({ error: once(error) })
    .min(1, { error })
    .max(200, { error })
    .meta({ description: sentence(description), examples: ['gold_sales_metrics'] });
}

/** `true` or `false`; false by default. */
export function flag(description: string): z.ZodType {
  const error = once('It must be true or false.');
  return z
    .enum(['true', 'false'], { error })
    .transform((text) => text === 'true')
    .pipe(z.boolean())
    .default(false)
    .meta({ description: sentence(description), examples: [false] });
}

export const format = z
  .enum(['json', 'csv'], { error: once('It must be json or csv.') })
  .optional()
  .meta({
    description: 'The format of the answer. It takes precedence over the header `Accept`.',
    examples: ['json'],
  });

const noCursor = 'It must be the cursor of a previous page.';

export const cursor = z
  .string({ error: once(noCursor) })
  .regex(/^[\w-]+$/, { error: noCursor })
  .max(400, { error: noCursor })
  .optional()
  .meta({ description: 'Start of the page. The link to the next page contains it.' });

/** A parameter that is given twice comes as a list. */
function once(error: string): (issue: { readonly input?: unknown }) => string {
  return ({ input }) => (Array.isArray(input) ? 'It must be given only once.' : error);
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
