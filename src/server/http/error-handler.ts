/** Whatever goes wrong becomes a problem; what the client may not know goes to the log alone. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DatabaseError, type DatabaseErrorKind } from '../../engine/database-error.js';
import { TechstoreError } from '../../errors.js';
import { overloaded, Problem, problemType, titleOf } from './problem.js';

/** What the framework's own refusals mean, in our words: its texts may quote the request. */
const refusals: Readonly<Record<string, readonly [status: number, detail: string]>> = {
  FST_ERR_BAD_URL: [400, 'The path of the request is not a valid URL.'],
  FST_ERR_ASYNC_CONSTRAINT: [400, 'The request cannot be routed.'],
  FST_ERR_REP_REQUEST_TIMEOUT: [408, 'The request took too long to arrive.'],
};

/** The framework looks at the type of a body before it finds that there is no route that takes one. */
const ofUnknownPaths: ReadonlySet<string> = new Set([
  'FST_ERR_CTP_INVALID_MEDIA_TYPE',
  'FST_ERR_CTP_EMPTY_TYPE',
  'FST_ERR_ROUTE_MISSING_CONTENT_TYPE',
]);

/** What is published is not what this server answers from, or can't be read any more. */
const ofTheBuild: ReadonlySet<DatabaseErrorKind> = new Set([
  'catalog',
  'binder',
  'io',
  'corrupt',
  'not-a-database',
  'newer-storage',
  'permission',
]);

const unservable = new Problem(
  503,
  'The published build lacks the tables for this answer, or cannot be read. Publish a build of the shop.',
  { headers: { 'retry-after': '5' } },
);

export interface ErrorHandlerOptions {
  readonly paths: { problemOf(request: { readonly url: string }): Problem };
  /** Also log messages and stacks, which may hold SQL and paths. */
  readonly debug: boolean;
}

export function handleErrors(app: FastifyInstance, options: ErrorHandlerOptions): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    sendProblem(reply, toProblem(error, request, options));
  });
}

export function sendProblem(reply: FastifyReply, problem: Problem): void {
  void reply
    .code(problem.statusCode)
    .headers(problem.headers)
    .header('cache-control', 'no-store')
    .removeHeader('etag')
    .type(problemType)
    .send(JSON.stringify(problem.body()));
}

export function toProblem(
  error: FastifyError | Error,
  request: FastifyRequest,
  { debug, paths }: ErrorHandlerOptions,
): Problem {
  if (error instanceof Problem) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === 'FST_UNDER_PRESSURE')
    return overloaded('The server is too busy. Try again soon.', 2);
  if (ofUnknownPaths.has(code)) return paths.problemOf(request);
  const refusal = refusals[code];
  if (refusal !== undefined) return new Problem(...refusal);
  const status = 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status >= 400 && status < 500) return new Problem(status, `${titleOf(status)}.`);
  request.log.error({ fault: faultOf(error, debug) }, 'a request could not be answered');
  if (error instanceof DatabaseError && ofTheBuild.has(error.kind)) return unservable;
  if (error instanceof TechstoreError && error.code === 'interrupted') {
    return overloaded('The query was stopped before it finished.');
  }
  return new Problem(
    500,
    'The server could not answer this request. See the server log for the reason.',
  );
}

/** Names alone unless asked for more: a message may quote data, SQL or a path. */
export function faultOf(error: unknown, debug: boolean): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { name: typeof error };
  return {
    name: error.name,
    ...(error instanceof TechstoreError ? { code: error.code } : {}),
    ...(error instanceof DatabaseError ? { kind: error.kind } : {}),
    ...(debug ? { message: error.message, stack: error.stack } : {}),
  };
}
