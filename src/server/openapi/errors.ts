/** What the description says of errors, headers and security, for every operation alike. */
import { STATUS_CODES } from 'node:http';
import { commonErrors } from './operation.js';

const meanings: Readonly<Record<number, string>> = {
  400: 'The request is not valid HTTP, or names a value that does not exist, such as an unknown segment.',
  401: 'The API key is missing or invalid.',
  403: 'The API key lacks the scope.',
  404: 'The id or the page does not exist.',
  405: 'The path does not support this method. The header Allow lists the supported methods.',
  406: 'The client accepts none of the formats of this answer.',
  408: 'The request took too long to arrive.',
  413: 'The request body is too large.',
  414: 'The URL is too long.',
  422: 'A parameter is invalid; `errors` names it.',
  429: 'Too many requests. Retry-After says when to try again.',
  431: 'The headers are too large.',
  500: 'A defect. The log of the server has the details.',
  503: 'The server is overloaded or shutting down, nothing is published yet, or a query exceeded its time limit.',
};

const retryAfter = {
  description: 'Seconds after which to try again',
  schema: { type: 'integer', minimum: 0 },
};

const headersOfErrors: Readonly<Record<number, object>> = {
  401: { 'WWW-Authenticate': { schema: { type: 'string' } } },
  405: { Allow: { schema: { type: 'string' } } },
  429: { 'Retry-After': retryAfter },
  503: {
    'Retry-After': retryAfter,
    'X-Problem-Code': {
      description: '`unpublished` where nothing is published yet; absent otherwise',
      schema: { type: 'string', enum: ['unpublished'] },
    },
  },
};

const headersOfData = {
  ETag: { description: 'For If-None-Match', schema: { type: 'string' } },
  'X-Build': { description: 'The build that the answer comes from', schema: { type: 'string' } },
};

const linkHeader = {
  Link: { description: 'The next page, with rel="next"', schema: { type: 'string' } },
};

const notModified = { description: 'The answer that If-None-Match names is still current.' };

interface Operation {
  parameters?: { name: string }[];
  responses: Record<string, { description?: string; headers?: object; content?: object }>;
  security?: object[];
  'x-errors'?: readonly number[];
}

interface Document {
  paths?: Record<string, Record<string, Operation>>;
  components?: { responses?: object };
}

/** @param needsKeys whether this server asks for keys */
export function addErrors<D extends Document>(document: D, needsKeys: boolean): D {
  for (const operations of Object.values(document.paths ?? {})) {
    for (const operation of Object.values(operations)) addTo(operation, needsKeys);
  }
  return {
    ...document,
    components: {
      ...document.components,
      responses: { ...document.components?.responses, ...all() },
    },
  };
}

function addTo(operation: Operation, needsKeys: boolean): void {
  const own = operation['x-errors'] ?? [];
  delete operation['x-errors'];
  if (own.includes(304)) operation.responses['304'] = notModified;
  for (const status of [...new Set([...commonErrors, ...own.filter((s) => s >= 400)])].sort(
    (a, b) => a - b,
  )) {
    operation.responses[status] = { $ref: `#/components/responses/${nameOf(status)}` } as object;
  }
  const isGuarded = own.includes(401);
  operation.security = isGuarded && needsKeys ? [{ bearer: [] }, { apiKey: [] }] : [];
  const { 200: good } = operation.responses;
  if (good === undefined || !own.includes(422)) return;
  const isPaged = operation.parameters?.some(({ name }) => name === 'cursor') === true;
  good.headers = { ...headersOfData, ...(isPaged ? linkHeader : {}) };
  operation.responses['304'] = notModified;
}

function all(): Readonly<Record<string, object>> {
  return Object.fromEntries(
    Object.entries(meanings).map(([status, description]) => [
      nameOf(Number(status)),
      {
        description,
        ...(headersOfErrors[Number(status)] === undefined
          ? {}
          : { headers: headersOfErrors[Number(status)] }),
        content: {
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        },
      },
    ]),
  );
}

/** `TooManyRequests`. */
function nameOf(status: number): string {
  return (STATUS_CODES[status] ?? `Error${status}`).replace(/\W/g, '');
}
