/** Follows builds on a warehouse, through the sessions of one engine. */
import type { Engine } from '../../engine/engine.js';
import type { Build } from '../build.js';
import type { Followed } from '../build-store.js';
import type { ReadableBuild } from '../open-build.js';
import type { SchemaBuild } from './build-row.js';
import type { SchemaBuilds } from './schema-builds.js';

export class FollowedSchema implements Followed {
  /** Each poll is a statement, which keeps the warehouse running. */
  readonly pollEvery = 30_000;
  private readonly engine: Engine;
  private readonly builds: Pick<SchemaBuilds, 'list' | 'lineage' | 'release'>;
  /** As of the last look. */
  private known: readonly SchemaBuild[] = [];
  private last: Promise<unknown> = Promise.resolve();

  /** @param builds with a connection of its own, which `close` gives back */
  constructor(engine: Engine, builds: FollowedSchema['builds']) {
    this.engine = engine;
    this.builds = builds;
  }

  async mark(): Promise<string | null> {
    this.known = (await this.inTurn(() => this.builds.list())) ?? [];
    const published = this.known.find((build) => build.published);
    return published === undefined ? null : markOf(published);
  }

  async published(mark: string): Promise<ReadableBuild> {
    const build = this.known.find((one) => markOf(one) === mark);
    if (build === undefined) throw new TypeError(`The build ${mark} does not exist.`);
    return this.toServe(build);
  }

  async earlier(id: string): Promise<ReadableBuild | null> {
    const build = this.known.find((one) => one.id === id && one.record.state === 'published');
    return build === undefined ? null : this.toServe(build);
  }

  async list(): Promise<readonly Build[]> {
    return this.known;
  }

  lineage(id: string): Promise<unknown> {
    return this.inTurn(() => this.builds.lineage(id));
  }

  close(): Promise<void> {
    return this.builds.release();
  }

  /** One statement after the other: they share a connection. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work, work);
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private toServe({ id, schema, record }: SchemaBuild): ReadableBuild {
    const { engine } = this;
    return {
      id,
      asOf: record.asOf,
      publishedAt: record.publishedAt ?? record.finishedAt,
      open: async () => ({ engine, schema, isThere: () => true, close: async () => {} }),
    };
  }
}

/** A build that is published again is another publication of the same tables. */
function markOf({ id, record }: SchemaBuild): string {
  return `${id} ${record.publishedAt ?? ''}`;
}
