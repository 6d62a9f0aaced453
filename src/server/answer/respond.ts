/** How every answer of the API comes about: form, cache, ETag, headers. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ResultSet } from '../../engine/engine.js';
import { jsonText } from '../../format/rows/json-value.js';
import type { CellValue } from '../../format/rows/answer.js';
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

export interface AskedQuestion {
  /** Tells it from every other question, together with its values. */
  readonly name: string;
  readonly values: unknown;
  readonly formats: readonly AnswerFormat[];
  readonly format: AnswerFormat | undefined;
  /** The build that a page goes on in. */
  readonly from: string | null;
  compute(asking: Asking): Promise<Computed>;
}

/** An answer before it is sent. */
interface Answered {
  /** Id of the build that it is from. */
  readonly from: string;
  readonly tag: string;
  readonly state: CacheState | 'not modified';
  /** Null where the client has it already. */
  readonly answer: CachedAnswer | null;
}

export async function respond(
  context: ServerContext,
  request: FastifyRequest,
  reply: FastifyReply,
  question: AskedQuestion,
): Promise<FastifyReply> {
  const { store } = context;
  const format = formatFor(request, question.formats, question.format);
  const answerFrom = (build: BuildReader, continuedFrom: string | null): Promise<Answered> =>
    answerOf(context, request, { question, format, build, continuedFrom });
  const earlier =
    question.from === null
      ? null
      : await store.useEarlier(question.from, (build) => answerFrom(build, null));
  const answered = earlier ?? (await store.use((build) => answerFrom(build, question.from)));
  return send(context, request, reply, answered);
}

/** Only what is no reply may be awaited: to wait for a reply gives undefined, once it is sent. */
function send(
  context: ServerContext,
  request: FastifyRequest,
  reply: FastifyReply,
  { from, tag, state, answer }: Answered,
): FastifyReply {
  request.answeredFrom = from;
  request.cacheState = state;
  standardHeaders(context, reply, from, tag);
  if (answer === null) return reply.code(304).send();
  return reply.headers(answer.headers).type(answer.type).send(answer.body);
}

interface Turn {
  readonly question: AskedQuestion;
  readonly format: AnswerFormat;
  readonly build: BuildReader;
  readonly continuedFrom: string | null;
}

async function answerOf(
  context: ServerContext,
  request: FastifyRequest,
  { question, format, build, continuedFrom }: Turn,
): Promise<Answered> {
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
  const tag = entityTag(key);
  if (isKnown(request.headers['if-none-match'], tag)) {
    return { from: id, tag, state: 'not modified', answer: null };
  }
  const { answer, state } = await context.cache.get(key, async () => {
    const shown = isMasked ? withoutEmails : (result: ResultSet) => result;
    const computed = await question.compute({ build, shown, continuedFrom });
    return written(computed, format, continuedFrom);
  });
  return { from: id, tag, state, answer };
}

function standardHeaders(
  context: ServerContext,
  reply: FastifyReply,
  build: string,
  tag: string,
): void {
  // Whoever keeps an answer asks each time whether it still holds: no answer is ever stale.
  const [control, vary] =
    context.keys === null
      ? ['no-cache', 'Accept']
      : ['private, no-cache', 'Accept, Authorization, X-API-Key'];
  void reply.headers({
    etag: tag,
    'x-build': build,
    'cache-control': control,
    vary: addVary(reply, vary),
  });
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
