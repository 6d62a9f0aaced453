/** What the description says of errors, headers and security, for every operation alike. */
import { STATUS_CODES } from 'node:http';
import { commonErrors } from './operation.js';

const meanings: Readonly<Record<number, string>> = {
  400: 'The request is no valid HTTP, or names something that there is not, such as a segment.',
  401: 'No API key, or none that is valid.',
  403: 'The API key lacks the scope.',
  404: 'There is nothing with this id, or no such page.',
  405: 'The path does not answer this method; the header Allow says which it does.',
  406: 'The client accepts no form in which this answer comes.',
  408: 'The request took too long to arrive.',
  413: 'The request has a body, and it is too large.',
  414: 'The URL is too long.',
  422: 'A parameter is not what it must be; `errors` names it.',
  429: 'Too many requests; Retry-After says when to come again.',
  431: 'The headers are too large.',
  500: 'A defect; the log of the server says more.',
  503: 'Too much to do, nothing published yet, a query over its time limit, or about to stop.',
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
  'X-Build': { description: 'The build that the answer is from', schema: { type: 'string' } },
};

const linkHeader = {
  Link: { description: 'The next page, with rel="next"', schema: { type: 'string' } },
};

const notModified = { description: 'What If-None-Match names still holds.' };

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
