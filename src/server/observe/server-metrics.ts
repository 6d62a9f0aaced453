/** Figures of the server itself, for Prometheus. */
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { AnswerCache } from '../answer/answer-cache.js';
import { routeOf } from '../http/request-log.js';
import type { ServedBuilds } from '../store/served-builds.js';

export interface Observed {
  readonly store: ServedBuilds;
  readonly cache: AnswerCache;
  /** Lines of the log that could not be written so far. */
  readonly lostLines: () => number;
}

/** Collects figures of every request from now on; each server has a registry of its own. */
export function observe(app: FastifyInstance, { store, cache, lostLines }: Observed): Registry {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'techstore_' });
  const durations = new Histogram({
    name: 'techstore_http_request_duration_seconds',
    help: 'Time from the arrival of a request to the end of its response',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const answers = new Counter({
    name: 'techstore_answers_total',
    help: 'Answers by cache result: hit, shared, miss, not modified',
    labelNames: ['from'],
    registers,
  });
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name: `techstore_${name}`,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  };
  gauge('cache_bytes', 'Bytes used by cached answers', () => cache.bytes);
  gauge('cache_entries', 'Cached answers', () => cache.entries);
  gauge('queries_running', 'Running queries', () => store.load.running);
  gauge('queries_waiting', 'Queries waiting for a connection', () => store.load.waiting);
  gauge('builds_open', 'Open builds', () => store.load.openBuilds);
  gauge('build_age_seconds', 'Time since the served build was published', () => ageOf(store) ?? -1);
  new Counter({
    name: 'techstore_log_lines_lost_total',
    help: 'Log lines that could not be written: full disk, closed or slow reader',
    registers,
    collect() {
      this.reset();
      this.inc(lostLines());
    },
  });
  app.addHook('onResponse', async (request, reply) => {
    durations.observe(
      {
        route: routeOf(request) ?? 'unknown',
        method: request.method,
        status: String(reply.statusCode),
      },
      reply.elapsedTime / 1000,
    );
    if (request.cacheState !== null) answers.inc({ from: request.cacheState });
  });
  return registry;
}

/** Seconds since the served build was published; null where that is not known. */
export function ageOf(store: ServedBuilds): number | null {
  const publishedAt = store.current?.facts.publishedAt ?? null;
  if (publishedAt === null) return null;
  return Math.max(0, Math.round((Date.now() - Date.parse(publishedAt)) / 1000));
}
