/** Which form of an answer the client takes. */
import Negotiator from 'negotiator';
import type { IncomingHttpHeaders } from 'node:http';
import { Problem } from '../http/problem.js';

export type AnswerFormat = 'json' | 'csv';

export const mediaTypes: Readonly<Record<AnswerFormat, string>> = {
  json: 'application/json',
  csv: 'text/csv',
};

/**
 * `format` of the query wins over the header `Accept`; JSON wins among equals. Throws a
 * problem of status 406 when the client takes none of them.
 */
export function formatFor(
  request: { readonly headers: IncomingHttpHeaders },
  offered: readonly AnswerFormat[],
  asked: AnswerFormat | undefined,
): AnswerFormat {
  if (asked !== undefined) return asked;
  const { accept } = request.headers;
  if (accept === undefined || accept === '*/*' || accept === mediaTypes.json) return 'json';
  const types = offered.map((format) => mediaTypes[format]);
  const [best] = new Negotiator(request).mediaTypes(types);
  const format = offered.find((one) => mediaTypes[one] === best);
  if (format !== undefined) return format;
  throw new Problem(406, `This answer is available as ${types.join(' or ')}.`, {
    errors: [
      { location: 'header', name: 'Accept', message: `It must allow ${types.join(' or ')}.` },
    ],
  });
}
