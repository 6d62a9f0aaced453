/** The one shape of every error: application/problem+json. */
import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { problemCodeHeader, type ProblemCode } from '../../ground/problem-code.js';
import { nothingPublished } from '../../ground/published.js';

export const problemType = 'application/problem+json; charset=utf-8';

export const fieldErrorSchema = z
  .object({
    location: z
      .enum(['path', 'query', 'header', 'body'])
      .meta({ description: 'Location of the parameter' }),
    name: z.string().meta({ description: 'Name of the parameter or header' }),
    message: z.string().meta({ description: 'What is wrong, as a sentence' }),
  })
  .meta({ id: 'FieldError', description: 'One error in a request' });

export const problemSchema = z
  .object({
    title: z.string().meta({ description: 'The kind of error: the name of its HTTP status' }),
    status: z.int().min(400).max(599).meta({ description: 'The HTTP status of the answer' }),
    detail: z.string().meta({ description: 'What is wrong and, if possible, how to correct it' }),
    errors: z
      .array(fieldErrorSchema)
      .meta({ description: 'The errors in the request; may be empty' }),
  })
  .meta({
    id: 'Problem',
    description: 'Every error has this shape, with the type application/problem+json',
    examples: [
      {
        title: 'Unprocessable Entity',
        status: 422,
        detail: 'limit must be a whole number from 1 to 100.',
        errors: [
          {
            location: 'query',
            name: 'limit',
            message: 'It must be a whole number from 1 to 100.',
          },
        ],
      },
    ],
  });

export type FieldError = z.infer<typeof fieldErrorSchema>;
export type ProblemBody = z.infer<typeof problemSchema>;

export interface ProblemOptions {
  readonly errors?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
  /** For programs, in a header of its own. */
  readonly code?: ProblemCode;
}

/** An answer that is an error. Its texts are for the client: no SQL, path, version or database text. */
export class Problem extends Error {
  readonly statusCode: number;
  readonly errors: readonly FieldError[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    detail: string,
    { errors = [], headers = {}, code }: ProblemOptions = {},
  ) {
    super(detail);
    this.name = 'Problem';
    this.statusCode = status;
    this.errors = errors;
    this.headers = code === undefined ? headers : { ...headers, [problemCodeHeader]: code };
  }

  body(): ProblemBody {
    return {
      title: titleOf(this.statusCode),
      status: this.statusCode,
      detail: this.message,
      errors: [...this.errors],
    };
  }
}

export function titleOf(status: number): string {
  return STATUS_CODES[status] ?? 'Error';
}

/** 503: the server has more to do than it can; the client may come again. */
export function overloaded(detail: string, retryAfterSeconds = 1): Problem {
  return new Problem(503, detail, { headers: { 'retry-after': String(retryAfterSeconds) } });
}

/** 503: the shop is new. */
export function unpublished(): Problem {
  return new Problem(503, `${nothingPublished}.`, {
    code: 'unpublished',
    headers: { 'retry-after': '5' },
  });
}
