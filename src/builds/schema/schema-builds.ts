/** Builds on a warehouse: one at a time, each in a schema of its own; docs/databricks.md tells how. */
import { keptBuilds } from '../../ground/published.js';
import type { Connection, Engine, SchemaName } from '../../engine/engine.js';
import type { LockOptions, PruneOptions } from '../build-store.js';
import { findBuild, isWhole, mustBePublishable, previousOf } from '../build.js';
import { placeKey } from '../../manifest/relation-place.js';
import { baseOf, toResume, type Begun, type FinishedSchema, type SchemaOutcome } from './begun.js';
import {
  isSchemaOfBuild,
  endedBuilds,
  prefixOfBuilds,
  type SchemaBuild,
  type PublishedName,
  type BuildRow,
} from './build-row.js';
import { BuildsTable, takenForDead } from './builds-table.js';
import { claim, isAtWork, type Claim, type ClaimOptions } from './claim.js';
import { Heartbeat } from './heartbeat.js';
import { keyOf, PublishedNames } from './published-names.js';

export class SchemaBuilds {
  private readonly engine: Engine;
  private readonly schema: SchemaName;
  private readonly connection: Connection;
  private readonly table: BuildsTable;
  private readonly names: PublishedNames;
  private heartbeat: Heartbeat | undefined;

  private constructor(engine: Engine, connection: Connection, schema: SchemaName) {
    this.engine = engine;
    this.connection = connection;
    this.schema = schema;
    this.table = new BuildsTable(connection, engine.dialect, schema);
    this.names = new PublishedNames(engine, connection, schema.database);
  }

  /** @param schema the target's schema, in which `techstore_builds` is */
  static async open(engine: Engine, schema: SchemaName): Promise<SchemaBuilds> {
    return new SchemaBuilds(engine, await engine.connect(), schema);
  }

  /** Ended builds, newest first; null if there never was a build. One statement. */
  async list(): Promise<readonly SchemaBuild[] | null> {
    const builds = await this.table.readIfThere();
    return builds === null ? null : endedBuilds(builds);
  }

  /** The recorded lineage of a kept build; null if it has none. */
  lineage(id: string): Promise<unknown> {
    return this.table.lineage(id);
  }

  /** The same of its code. */
  code(id: string): Promise<unknown> {
    return this.table.code(id);
  }

  /**
   * Begins a build: publishes a finished build whose process was killed, drops schemas of failed and
   * killed builds, and creates the schema of the new one.
   *
   * @throws TechstoreError `lock` with the running build in the message, `publish` if there is no
   *   build to resume, `interrupted`
   */
  async begin(options: LockOptions & { readonly resume?: boolean }): Promise<Begun> {
    const claimed = await this.claim(options);
    const { build } = claimed;
    try {
      const { published, notes } = await this.setRight(claimed);
      const resumed = options.resume === true ? toResume(claimed.others, published) : null;
      await this.tidy(claimed.others, published, [build.id, resumed?.id]);
      await this.connection.createSchema({ database: this.schema.database, schema: build.schema });
      return { build, published, resumed, notes };
    } catch (error) {
      await this.heartbeat?.stop();
      await this.remove([build.id]).catch(() => undefined);
      throw error;
    }
  }

  /**
   * Publishes a kept build again, by default the previous one. Nothing is built or tested.
   *
   * @throws TechstoreError `publish` for a failed build, `lock`
   */
  async rollback(
    options: LockOptions & { readonly to?: string; readonly threads?: number },
  ): Promise<SchemaBuild> {
    return this.alone({ ...options, claims: 'rollback' }, async (claimed) => {
      const { published } = await this.setRight(claimed);
      const builds = endedBuilds((await this.table.read()).filter(isOther(claimed)));
      const target = findBuild(builds, options.to ?? 'previous');
      mustBePublishable(target);
      if (target.published) return target;
      const before = published?.names ?? [];
      try {
        await this.names.switchTo(target.names, before, options.threads ?? 1);
        await this.table.publish(target.id, new Date());
      } catch (error) {
        // Names that show the one build beside names that show the other are nobody's.
        await this.withAnother((store) => store.showAgain(target.names));
        throw error;
      }
      await this.names.drop(before, target.names);
      return { ...target, published: true };
    });
  }

  /** Removes old builds and returns them, but never the published one, nor the previous one if `keep` is above 1. */
  async prune(options: LockOptions & PruneOptions): Promise<readonly SchemaBuild[]> {
    return this.alone({ ...options, claims: 'prune' }, async (claimed) => {
      await this.setRight(claimed);
      const builds = (await this.table.read()).filter(isOther(claimed));
      const whole = endedBuilds(builds).filter(isWhole);
      const keep = Math.max(1, Math.trunc(options.keep));
      const safe = new Set([
        whole.find((build) => build.published)?.id,
        keep > 1 ? previousOf(whole)?.id : undefined,
      ]);
      const others = whole.filter(({ id }) => !safe.has(id));
      const room = Math.max(0, keep - (whole.length - others.length));
      const doomed = others.slice(room);
      const gone = new Set(doomed.map(({ id }) => id));
      // The rows first: nobody then finds a build whose tables are gone.
      await this.table.remove([...gone]);
      await this.drop(builds, (build) => !gone.has(build.id));
      return doomed;
    });
  }

  /** Does work on what is published, while no build runs. */
  async operate<T>(options: LockOptions, work: () => Promise<T>): Promise<T> {
    return this.alone({ ...options, claims: 'operation' }, async (claimed) => {
      await this.setRight(claimed);
      return work();
    });
  }

  /** Keeps the row and the tables of a failed build until the next one begins. */
  async fail(begun: Begun, made: SchemaOutcome, isWorking = false): Promise<BuildRow> {
    return this.writeEnd('failed', begun, made, isWorking);
  }

  /** Removes a build without a trace. */
  async abandon(build: BuildRow): Promise<void> {
    await this.table.remove([build.id]);
    await this.table.dropSchema(build.schema);
  }

  /**
   * Records that the build is complete and tested. If the process is killed after this, the next
   * build publishes this one before it begins.
   */
  async finish(begun: Begun, made: SchemaOutcome): Promise<FinishedSchema> {
    await this.makeSchemas([...(begun.resumed?.names ?? []), ...made.names]);
    const build = await this.writeEnd('finished', begun, made);
    const before = begun.published?.names ?? [];
    const shown = new Map(before.map((name) => [keyOf(name), placeKey(name.table)]));
    const changed = build.names.filter((name) => shown.get(keyOf(name)) !== placeKey(name.table));
    return { build, changed, before, threads: made.threads };
  }

  /** Sets the published names, then the row: see `takeBack` for an error on the way. */
  async publish({ build, changed, before, threads }: FinishedSchema): Promise<BuildRow> {
    const row = (await this.table.read()).find(({ id }) => id === build.id);
    if (row?.state !== 'finished') throw takenForDead(build.id);
    await this.names.switchTo(changed, before, threads);
    await this.table.publish(build.id, new Date());
    await this.names.drop(before, build.names);
    return { ...build, state: 'published' };
  }

  /**
   * After an error of `publish`: the published names show what the table says is published.
   *
   * @returns false if that is this build: only the server's answer was lost, or an obsolete name could
   *   not be dropped
   */
  async takeBack({ build, changed }: FinishedSchema): Promise<boolean> {
    const row = (await this.table.read()).find(({ id }) => id === build.id);
    if (row?.state === 'published') return false;
    await this.showAgain(changed);
    return true;
  }

  /** @param others names that may show another build than the one that the table says is published */
  private async showAgain(others: readonly PublishedName[]): Promise<void> {
    const published = (await this.table.read()).find(({ state }) => state === 'published');
    const names = published?.names ?? [];
    const touched = new Set(others.map(keyOf));
    await this.names.switchTo(
      names.filter((name) => touched.has(keyOf(name))),
      others,
      1,
    );
    await this.names.drop(others, names);
  }

  async release(): Promise<void> {
    await this.heartbeat?.stop();
    await this.connection.release();
  }

  /** Publishes a finished build whose process was killed, and restores the names that a killed rollback set. */
  private async setRight({ others }: Claim): Promise<Pick<Begun, 'published' | 'notes'>> {
    const published = others.find(({ state }) => state === 'published') ?? null;
    const isHalf = others.some(({ state, kind }) => state === 'running' && kind === 'rollback');
    if (isHalf && published !== null) {
      await this.names.switchTo(published.names, published.names, 1);
      const all = others.flatMap(({ state, names }) => (state === 'failed' ? [] : names));
      await this.names.drop(all, published.names);
    }
    const finished = others.find(
      ({ state, id }) => state === 'finished' && id > (published?.id ?? ''),
    );
    if (finished === undefined) return { published, notes: [] };
    const before = published?.names ?? [];
    await this.names.switchTo(finished.names, before, 1);
    await this.table.publish(finished.id, new Date());
    await this.names.drop(before, finished.names);
    return {
      published: { ...finished, state: 'published' },
      notes: [
        `Build ${finished.id} was interrupted while it was being published. It is now published`,
      ],
    };
  }

  private async claim(options: ClaimOptions): Promise<Claim> {
    const { table } = this;
    const claimed = await claim(
      {
        read: () => table.read(),
        add: (build) => table.add(build),
        remove: (ids) => this.remove(ids),
      },
      this.schema.schema,
      options,
    );
    const { id } = claimed.build;
    this.heartbeat = new Heartbeat(() => this.withAnother((store) => store.table.see(id)));
    return claimed;
  }

  /** Also after an interrupt, when every old connection refuses. */
  private async remove(ids: readonly string[]): Promise<void> {
    try {
      await this.table.remove(ids);
    } catch {
      await this.withAnother((store) => store.table.remove(ids));
    }
  }

  /** Over a connection of its own. */
  private async withAnother(work: (store: SchemaBuilds) => Promise<void>): Promise<void> {
    const store = await SchemaBuilds.open(this.engine, this.schema);
    try {
      await work(store);
    } finally {
      await store.release();
    }
  }

  /** Schemas of published names, where the project puts models into others than the target's. */
  private async makeSchemas(names: readonly PublishedName[]): Promise<void> {
    const own = this.schema.schema.toLowerCase();
    const schemas = new Map(
      names.map(({ database, schema }) => [schema.toLowerCase(), { database, schema }]),
    );
    schemas.delete(own);
    for (const schema of schemas.values()) await this.connection.createSchema(schema);
  }

  /** While no build runs, and none begins. */
  private async alone<T>(options: ClaimOptions, work: (claimed: Claim) => Promise<T>): Promise<T> {
    const claimed = await this.claim(options);
    try {
      return await work(claimed);
    } finally {
      await this.heartbeat?.stop();
      await this.remove([claimed.build.id]);
    }
  }

  private async writeEnd(
    state: 'failed' | 'finished',
    begun: Begun,
    made: SchemaOutcome,
    isWorking = false,
  ): Promise<BuildRow> {
    const left = await this.makeWhole(begun, made);
    const { lineage, code, ...details } = made.details;
    const build: BuildRow = {
      ...begun.build,
      state,
      finishedAt: new Date().toISOString(),
      details,
      names: [...left, ...made.names],
      ...(isWorking ? { isWorking } : {}),
    };
    await this.table.finish(build, {
      ...(lineage === undefined ? {} : { lineage }),
      ...(code === undefined ? {} : { code }),
    });
    return build;
  }

  /**
   * Makes the schema of a build whole, so that who reads it needs no other.
   *
   * @returns names that it left alone: views on the tables that they show
   */
  private async makeWhole(begun: Begun, made: SchemaOutcome): Promise<readonly PublishedName[]> {
    const { build } = begun;
    const changed = new Set(made.names.map(keyOf));
    const left = (baseOf(begun)?.names ?? []).filter(
      (name) => !changed.has(keyOf(name)) && made.stays(name),
    );
    await this.names.set(
      left.map(({ table }) => ({
        view: { ...this.schema, schema: build.schema, identifier: table.identifier },
        table,
        comment: null,
        isThere: false,
      })),
      made.threads,
    );
    return left;
  }

  /** Drops schemas that no build needs any more, and forgets their builds. */
  private async tidy(
    builds: readonly BuildRow[],
    published: BuildRow | null,
    needed: readonly (string | undefined)[],
  ): Promise<void> {
    const whole = builds.filter(({ state }) => state !== 'running' && state !== 'failed');
    const kept = new Set(whole.slice(0, keptBuilds).map(({ id }) => id));
    if (published !== null) kept.add(published.id);
    const stays = (build: BuildRow): boolean =>
      needed.includes(build.id) || kept.has(build.id) || isAtWork(build);
    await this.table.remove(builds.filter((build) => !stays(build)).map(({ id }) => id));
    await this.drop(builds, stays);
  }

  /** Drops the schemas of builds that do not stay, but not those that a build that stays has tables in. */
  private async drop(
    builds: readonly BuildRow[],
    stays: (build: BuildRow) => boolean,
  ): Promise<void> {
    const needed = new Set(
      builds
        .filter(stays)
        .flatMap(({ schema, names }) => [schema, ...names.map((name) => name.table.schema)])
        .map((schema) => schema.toLowerCase()),
    );
    const prefix = prefixOfBuilds(this.schema.schema);
    for (const schema of await this.table.schemasOfBuilds(prefix)) {
      if (isSchemaOfBuild(this.schema.schema, schema) && !needed.has(schema.toLowerCase())) {
        await this.table.dropSchema(schema);
      }
    }
  }
}

function isOther({ build }: Claim): (other: BuildRow) => boolean {
  return ({ id }) => id !== build.id;
}
