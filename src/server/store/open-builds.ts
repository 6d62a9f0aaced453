/** Builds that are open, each for as long as somebody uses it. */
import type { BuildFile, BuildReader } from './build-reader.js';

interface Entry {
  readonly reader: Promise<BuildReader>;
  users: number;
}

/**
 * A file must not be opened twice in a process (see engine/duckdb/registry.ts): whoever
 * needs a build shares the open one, and one that is being closed is waited for.
 */
export class OpenBuilds {
  private readonly open: (file: BuildFile) => Promise<BuildReader>;
  private readonly entries = new Map<string, Entry>();
  private readonly closing = new Map<string, Promise<void>>();

  constructor(open: (file: BuildFile) => Promise<BuildReader>) {
    this.open = open;
  }

  get size(): number {
    return this.entries.size;
  }

  readers(): Promise<BuildReader>[] {
    return [...this.entries.values()].map(({ reader }) => reader);
  }

  /** The open build, for one more user, who calls `release` when done. */
  async hold(file: BuildFile): Promise<BuildReader> {
    const entry = this.entries.get(file.id) ?? this.enter(file);
    entry.users += 1;
    try {
      return await entry.reader;
    } catch (error) {
      this.entries.delete(file.id);
      throw error;
    }
  }

  /** One more user of a build that is held already. */
  holdAgain(reader: BuildReader): void {
    const entry = this.entries.get(reader.file.id);
    if (entry === undefined) throw new TypeError(`The build ${reader.file.id} is not open.`);
    entry.users += 1;
  }

  /** The last user closes it. */
  release(reader: BuildReader): void {
    const { id } = reader.file;
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

  private enter(file: BuildFile): Entry {
    const before = this.closing.get(file.id) ?? Promise.resolve();
    const entry: Entry = { reader: before.then(() => this.open(file)), users: 0 };
    this.entries.set(file.id, entry);
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
