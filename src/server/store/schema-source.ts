/** Builds on a warehouse: each is a schema, and all are read through the sessions of one engine. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Engine } from '../../engine/engine.js';
import type { KeptBuild, KeptSchema, WarehouseStore } from '../../builds/index.js';
import { overloaded } from '../http/problem.js';
import { BuildReader } from './build-reader.js';
import type { BuildSource, BuildToServe } from './build-source.js';
import type { PoolLimits } from './connection-pool.js';

export interface SchemaSourceOptions extends PoolLimits {
  readonly engine: Engine;
  readonly builds: WarehouseStore;
}

export class SchemaSource implements BuildSource {
  /** Each look is a statement, and keeps the warehouse awake. */
  readonly pollEvery = 30_000;
  private readonly options: SchemaSourceOptions;
  /** As of the last look. */
  private known: readonly KeptSchema[] = [];
  private last: Promise<unknown> = Promise.resolve();

  constructor(options: SchemaSourceOptions) {
    this.options = options;
  }

  async mark(): Promise<string | null> {
    this.known = (await this.inTurn(() => this.options.builds.list())) ?? [];
    const published = this.known.find((build) => build.published);
    return published === undefined ? null : markOf(published);
  }

  async published(mark: string): Promise<BuildToServe> {
    const build = this.known.find((one) => markOf(one) === mark);
    if (build === undefined) throw new TypeError(`The build ${mark} does not exist.`);
    return this.toServe(build);
  }

  async earlier(id: string): Promise<BuildToServe | null> {
    const build = this.known.find((one) => one.id === id && one.record.state === 'published');
    return build === undefined ? null : this.toServe(build);
  }

  async list(): Promise<readonly KeptBuild[]> {
    return this.known;
  }

  async lineage(id: string): Promise<unknown> {
    const { builds, timeLimit } = this.options;
    const late = new AbortController();
    try {
      return await Promise.race([
        this.inTurn(() => builds.lineage(id)),
        pause(timeLimit, undefined, { signal: late.signal, ref: false }).then(() => {
          throw overloaded('The query took too long.', 5);
        }),
      ]);
    } finally {
      late.abort();
    }
  }

  async close(): Promise<void> {
    await this.options.builds.release();
    await this.options.engine.close();
  }

  /** One statement after the other: they share a connection. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work, work);
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private toServe({ id, schema, record }: KeptSchema): BuildToServe {
    const { engine } = this.options;
    const facts = { id, asOf: record.asOf, publishedAt: record.publishedAt ?? record.finishedAt };
    return {
      ...facts,
      open: async () =>
        new BuildReader(facts, {
          engine,
          tables: { engine: engine.type, database: engine.database, schema },
          limits: this.options,
          close: () => Promise.resolve(),
        }),
    };
  }
}

/** A build that is published again is another publication of the same tables. */
function markOf({ id, record }: KeptSchema): string {
  return `${id} ${record.publishedAt ?? ''}`;
}
