/** Builds on a warehouse: one at a time, each in a schema of its own; docs/databricks.md tells how. */
import { hostname, userInfo } from 'node:os';
import { TechstoreError } from '../../errors.js';
import type { Connection, Engine, RelationName, SchemaName } from '../../engine/engine.js';
import { newBuildId } from '../build-id.js';
import type { BuildDetails } from '../record.js';
import {
  isSchemaOfBuild,
  prefixOfBuilds,
  schemaOfBuild,
  type PublishedName,
  type WarehouseBuild,
} from './build-row.js';
import { BuildsTable } from './builds-table.js';

/** Builds that are kept, the published one among them. */
const KEEP = 5;

/** After this time a build whose process can't be looked at counts as dead. */
const DEAD_AFTER_MS = 24 * 3600_000;

export interface BegunBuild {
  readonly build: WarehouseBuild;
  readonly published: WarehouseBuild | null;
  /** What was left by earlier runs and is set right now, as sentences. */
  readonly notes: readonly string[];
}

/** A name to publish, with the comments that its view gets. */
export interface NameToPublish extends PublishedName {
  readonly comment: string | null;
}

export class WarehouseStore {
  private readonly engine: Engine;
  private readonly schema: SchemaName;
  private readonly connection: Connection;
  private readonly table: BuildsTable;

  private constructor(engine: Engine, connection: Connection, schema: SchemaName) {
    this.engine = engine;
    this.connection = connection;
    this.schema = schema;
    this.table = new BuildsTable(connection, engine.dialect, schema);
  }

  /** @param schema the target's schema, in which `techstore_builds` is */
  static async open(engine: Engine, schema: SchemaName): Promise<WarehouseStore> {
    return new WarehouseStore(engine, await engine.connect(), schema);
  }

  /** Newest first. */
  list(): Promise<WarehouseBuild[]> {
    return this.table.read();
  }

  /**
   * Begins a build: publishes what a killed one had finished, drops what failed and killed ones
   * left, and makes the new one's schema.
   *
   * @throws TechstoreError `lock` that names the build that runs
   */
  async begin(command: string, now: Date): Promise<BegunBuild> {
    const notes: string[] = [];
    const id = newBuildId(now);
    const build: WarehouseBuild = {
      id,
      state: 'running',
      command,
      startedAt: now.toISOString(),
      finishedAt: null,
      publishedAt: null,
      schema: schemaOfBuild(this.schema.schema, id),
      host: hostname(),
      pid: process.pid,
      user: userInfo().username,
      details: null,
      names: [],
    };
    await this.table.add(build);
    // Read behind the own row: of two that begin at once, each sees the other, and the later one gives way.
    const builds = (await this.table.read()).filter((other) => other.id !== id);
    const running = builds.find((other) => other.state === 'running' && isAlive(other, now));
    if (running !== undefined && running.id < id) {
      await this.table.remove([id]);
      throw locked(running);
    }
    let published = builds.find((other) => other.state === 'published') ?? null;
    const finished = builds.find(
      (other) => other.state === 'finished' && other.id > (published?.id ?? ''),
    );
    if (finished !== undefined) {
      await this.switchNames(
        finished.names.map((name) => ({ ...name, comment: null })),
        1,
      );
      await this.table.publish(finished.id, now);
      notes.push(`Build ${finished.id} was stopped while it was published: it is published now`);
      published = { ...finished, state: 'published' };
    }
    await this.tidy(builds, published, id);
    await this.connection.createSchema({ database: this.schema.database, schema: build.schema });
    return { build, published, notes };
  }

  /** Keeps the row and the tables of a build that failed, until the next one begins. */
  async fail(build: WarehouseBuild, details: BuildDetails, now: Date): Promise<void> {
    await this.table.finish({ ...build, state: 'failed', finishedAt: now.toISOString(), details });
  }

  /** Removes a build without a trace. */
  async abandon(build: WarehouseBuild): Promise<void> {
    await this.table.dropSchema(build.schema);
    await this.table.remove([build.id]);
  }

  /** @param names those that this build changes */
  async publish(
    build: WarehouseBuild,
    details: BuildDetails,
    published: WarehouseBuild | null,
    names: readonly NameToPublish[],
    threads: number,
    now: Date,
  ): Promise<WarehouseBuild> {
    const changed = new Set(names.map(keyOf));
    const finished: WarehouseBuild = {
      ...build,
      state: 'finished',
      finishedAt: now.toISOString(),
      details,
      names: [
        ...(published?.names ?? []).filter((name) => !changed.has(keyOf(name))),
        ...names.map(({ database, schema, identifier, table }) => ({
          database,
          schema,
          identifier,
          table,
        })),
      ],
    };
    await this.table.finish(finished);
    await this.switchNames(names, threads);
    await this.table.publish(build.id, new Date());
    return { ...finished, state: 'published' };
  }

  async release(): Promise<void> {
    await this.connection.release();
  }

  /** Each in one step: the name is there all the time, and whole. */
  private async switchNames(names: readonly NameToPublish[], threads: number): Promise<void> {
    const { dialect } = this.engine;
    const { database } = this.schema;
    const left = [...names];
    const work = async (connection: Connection): Promise<void> => {
      for (let name = left.shift(); name !== undefined; name = left.shift()) {
        const comment =
          name.comment === null ? '' : ` COMMENT ${dialect.quoteLiteral(name.comment)}`;
        const table = dialect.renderRelation({ database, ...name.table });
        await connection.run(
          `CREATE OR REPLACE VIEW ${dialect.renderRelation(name)}${comment} AS\nSELECT * FROM ${table}`,
        );
      }
    };
    const others = await Promise.all(
      Array.from({ length: Math.min(threads, names.length) - 1 }, () => this.engine.connect()),
    );
    try {
      await Promise.all([this.connection, ...others].map(work));
    } finally {
      await Promise.all(others.map((other) => other.release()));
    }
  }

  /** Drops schemas that no build needs any more, and forgets their builds. */
  private async tidy(
    builds: readonly WarehouseBuild[],
    published: WarehouseBuild | null,
    own: string,
  ): Promise<void> {
    const whole = builds.filter(
      ({ state }) => state === 'published' || state === 'kept' || state === 'finished',
    );
    const kept = whole.slice(0, KEEP);
    if (published !== null && !kept.some(({ id }) => id === published.id)) kept.push(published);
    const needed = new Set(
      kept
        .flatMap(({ schema, names }) => [schema, ...names.map((n) => n.table.schema)])
        .map((schema) => schema.toLowerCase()),
    );
    const now = new Date();
    for (const build of builds) {
      if (build.state === 'running' && isAlive(build, now)) needed.add(build.schema.toLowerCase());
    }
    const prefix = prefixOfBuilds(this.schema.schema);
    for (const schema of await this.table.schemasOfBuilds(prefix)) {
      if (isSchemaOfBuild(this.schema.schema, schema) && !needed.has(schema.toLowerCase())) {
        await this.table.dropSchema(schema);
      }
    }
    const keptIds = new Set(kept.map(({ id }) => id));
    const gone = builds.filter(
      ({ id, schema, state }) =>
        id !== own &&
        !keptIds.has(id) &&
        !(state === 'running' && needed.has(schema.toLowerCase())),
    );
    await this.table.remove(gone.map(({ id }) => id));
  }
}

export function keyOf({ database, schema, identifier }: RelationName): string {
  return JSON.stringify([database, schema, identifier]).toLowerCase();
}

function isAlive(build: WarehouseBuild, now: Date): boolean {
  if (build.host === hostname()) {
    try {
      process.kill(build.pid, 0);
      return build.pid !== process.pid;
    } catch {
      return false;
    }
  }
  return now.getTime() - Date.parse(build.startedAt) < DEAD_AFTER_MS;
}

function locked(running: WarehouseBuild): TechstoreError {
  return new TechstoreError(
    'lock',
    `Another build runs: ${running.command} of ${running.user} on ${running.host} (process ${running.pid}), since ${running.startedAt}`,
    {
      hint: `Wait for it. If it is dead, delete its row: DELETE FROM techstore_builds WHERE id = '${running.id}'.`,
    },
  );
}
