/** How every answer of the API comes about: form, cache, ETag, headers. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ResultSet } from '../../engine/engine.js';
import { jsonText } from '../../format/rows/json-value.js';
import type { CellValue } from '../../format/rows/index.js';
import type { BuildReader } from '../store/build-reader.js';
import type { ServerContext } from '../context.js';
import type { CachedAnswer, CacheState } from './answer-cache.js';
import { csvOf } from './csv.js';
import { entityTag, isKnown } from './entity-tag.js';
import { withoutEmails } from './mask-email.js';
import { formatFor, mediaTypes, type AnswerFormat } from './negotiate.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Id of the build that the answer is from. */
    answeredFrom: string | null;
    cacheState: CacheState | 'not modified' | null;
  }
}

/** What a question needs to know of the build that it is asked of. */
export interface Asking {
  readonly build: BuildReader;
  /** Hides e-mail addresses where the client may not see them. */
  readonly shown: (result: ResultSet) => ResultSet;
  /** The build that the page before was from, when that is not kept any more. */
  readonly continuedFrom: string | null;
}

export interface Computed {
  readonly json: () => unknown;
  /** Null for an answer that is no list. */
  readonly rows: ResultSet | null;
  /** Path and query of the next page. */
  readonly nextPage: string | null;
}

export interface Question {
  /** Tells it from every other question, together with its values. */
  readonly name: string;
  readonly values: unknown;
  readonly formats: readonly AnswerFormat[];
  readonly format: AnswerFormat | undefined;
  /** The build that a page goes on in. */
  readonly from: string | null;
  compute(asking: Asking): Promise<Computed>;
}

export async function respond(
  context: ServerContext,
  request: FastifyRequest,
  reply: FastifyReply,
  question: Question,
): Promise<FastifyReply> {
  const format = formatFor(request, question.formats, question.format);
  const answer = (build: BuildReader, continuedFrom: string | null): Promise<FastifyReply> =>
    respondFrom(context, request, reply, { question, format, build, continuedFrom });
  const { store } = context;
  if (question.from === null) return store.use((build) => answer(build, null));
  const done = await store.useEarlier(question.from, (build) => answer(build, null));
  return done ?? store.use((build) => answer(build, question.from));
}

interface Turn {
  readonly question: Question;
  readonly format: AnswerFormat;
  readonly build: BuildReader;
  readonly continuedFrom: string | null;
}

async function respondFrom(
  context: ServerContext,
  request: FastifyRequest,
  reply: FastifyReply,
  { question, format, build, continuedFrom }: Turn,
): Promise<FastifyReply> {
  const { id } = build.facts;
  const isMasked = context.masksEmails(request.client);
  const key = JSON.stringify([
    context.salt,
    id,
    question.name,
    question.values,
    format,
    isMasked,
    continuedFrom,
  ]);
  request.answeredFrom = id;
  const tag = entityTag(key);
  if (isKnown(request.headers['if-none-match'], tag)) {
    request.cacheState = 'not modified';
    return standardHeaders(context, reply, id, tag).code(304).send();
  }
  const { answer, state } = await context.cache.get(key, async () => {
    const shown = isMasked ? withoutEmails : (result: ResultSet) => result;
    const computed = await question.compute({ build, shown, continuedFrom });
    return written(computed, format, continuedFrom);
  });
  request.cacheState = state;
  return standardHeaders(context, reply, id, tag)
    .headers(answer.headers)
    .type(answer.type)
    .send(answer.body);
}

function standardHeaders(
  context: ServerContext,
  reply: FastifyReply,
  build: string,
  tag: string,
): FastifyReply {
  reply.header('etag', tag).header('x-build', build);
  // Whoever keeps an answer asks each time whether it still holds: no answer is ever stale.
  if (context.keys === null) {
    return reply.header('cache-control', 'no-cache').header('vary', addVary(reply, 'Accept'));
  }
  return reply
    .header('cache-control', 'private, no-cache')
    .header('vary', addVary(reply, 'Accept, Authorization, X-API-Key'));
}

function addVary(reply: FastifyReply, names: string): string {
  const before = reply.getHeader('vary');
  return before === undefined ? names : `${String(before)}, ${names}`;
}

async function written(
  { json, rows, nextPage }: Computed,
  format: AnswerFormat,
  continuedFrom: string | null,
): Promise<CachedAnswer> {
  const headers = {
    ...(nextPage === null ? {} : { link: `<${nextPage}>; rel="next"` }),
    ...(continuedFrom === null ? {} : { 'x-continued-from': continuedFrom }),
  };
  if (format === 'csv' && rows !== null) {
    return { body: await csvOf(rows), type: `${mediaTypes.csv}; charset=utf-8`, headers };
  }
  return {
    body: Buffer.from(jsonText(json() as CellValue)),
    type: `${mediaTypes.json}; charset=utf-8`,
    headers,
  };
}
