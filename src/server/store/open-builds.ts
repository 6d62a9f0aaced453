/** Builds that are open, each for as long as somebody uses it. */
import type { ReadableBuild } from '../../builds/index.js';
import { BuildReader } from './build-reader.js';
import type { PoolLimits } from './connection-pool.js';

interface Entry {
  readonly reader: Promise<BuildReader>;
  users: number;
}

/**
 * A file must not be opened twice in a process (see engine/duckdb/registry.ts): whoever
 * needs a build shares the open one, and one that is being closed is waited for.
 */
export class OpenBuilds {
  private readonly entries = new Map<string, Entry>();
  private readonly closing = new Map<string, Promise<void>>();
  private readonly limits: PoolLimits;

  constructor(limits: PoolLimits) {
    this.limits = limits;
  }

  get size(): number {
    return this.entries.size;
  }

  readers(): Promise<BuildReader>[] {
    return [...this.entries.values()].map(({ reader }) => reader);
  }

  /** The open build, for one more user, who calls `release` when done. */
  async hold(build: ReadableBuild): Promise<BuildReader> {
    const entry = this.entries.get(build.id) ?? this.enter(build);
    entry.users += 1;
    try {
      return await entry.reader;
    } catch (error) {
      this.entries.delete(build.id);
      throw error;
    }
  }

  /** One more user of a build that is held already. */
  holdAgain(reader: BuildReader): void {
    const entry = this.entries.get(reader.facts.id);
    if (entry === undefined) throw new TypeError(`The build ${reader.facts.id} is not open.`);
    entry.users += 1;
  }

  /** The last user closes it. */
  release(reader: BuildReader): void {
    const { id } = reader.facts;
    const entry = this.entries.get(id);
    if (entry === undefined) return;
    entry.users -= 1;
    if (entry.users > 0) return;
    this.entries.delete(id);
    this.close(id, reader);
  }

  /** Closes all of them, whoever uses them. */
  async closeAll(): Promise<void> {
    const open = [...this.entries];
    this.entries.clear();
    for (const [id, entry] of open) {
      const reader = await entry.reader.catch(() => undefined);
      if (reader !== undefined) this.close(id, reader);
    }
    await Promise.all(this.closing.values());
  }

  private enter(build: ReadableBuild): Entry {
    const before = this.closing.get(build.id) ?? Promise.resolve();
    const entry: Entry = {
      reader: before.then(() => BuildReader.open(build, this.limits)),
      users: 0,
    };
    this.entries.set(build.id, entry);
    return entry;
  }

  private close(id: string, reader: BuildReader): void {
    // What a reader says when it is closed helps nobody: nothing was written.
    const done = reader
      .close()
      .catch(() => undefined)
      .finally(() => this.closing.delete(id));
    this.closing.set(id, done);
  }
}
