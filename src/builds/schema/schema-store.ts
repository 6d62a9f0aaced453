/** The build store of a SQL warehouse. */
import { interruptedError, TechstoreError } from '../../errors.js';
import type { Connection, Engine, SchemaName } from '../../engine/engine.js';
import type { DatabricksTarget, Profile } from '../../project/index.js';
import type { Attempt } from '../attempt.js';
import { noExistingTables, type ExistingTables } from '../existing-tables.js';
import { findBuild, type Build, type DamagedBuild } from '../build.js';
import type {
  AttemptOptions,
  BuildStore,
  Followed,
  LockOptions,
  Operation,
  PruneOptions,
  PublishedContents,
  RollbackOptions,
} from '../build-store.js';
import { nothingPublished } from '../nothing-published.js';
import type { OpenBuild, OpenPair, OpenSources } from '../open-build.js';
import type { StoreOptions } from '../store-kind.js';
import type { VerifiedFile } from '../verified-file.js';
import type { SchemaBuild } from './build-row.js';
import { FollowedSchema } from './followed-schema.js';
import { openWarehouse } from './open-warehouse.js';
import { placeIn } from './place-in.js';
import { relocateTo } from './relocate.js';
import { SchemaBuilds } from './schema-builds.js';

export class SchemaStore implements BuildStore {
  readonly publishedName: string;
  readonly loadsFiles = false;
  readonly marks = null;
  private readonly engine: Engine;
  private readonly schema: SchemaName;
  private readonly threads: number;

  private constructor(profile: Profile, engine: Engine, schema: SchemaName) {
    this.publishedName = profile.targetName;
    this.threads = profile.threads;
    this.engine = engine;
    this.schema = schema;
  }

  static async open(
    profile: Profile,
    target: DatabricksTarget,
    { onNotice, tags }: StoreOptions,
  ): Promise<SchemaStore> {
    const { database, schema } = target;
    const engine = await openWarehouse(target, {
      onNotice,
      ...(tags === undefined ? {} : { tags }),
    });
    return new SchemaStore(profile, engine, { database, schema });
  }

  async list(): Promise<readonly SchemaBuild[]> {
    return (await this.listed()) ?? [];
  }

  async published(): Promise<SchemaBuild | null> {
    return (await this.list()).find(({ published }) => published) ?? null;
  }

  async find(name: string): Promise<Build> {
    return findBuild(await this.list(), name);
  }

  async damaged(): Promise<readonly DamagedBuild[]> {
    return [];
  }

  async publishedContents(): Promise<PublishedContents | null> {
    // Tables of others are in the catalog itself, and no build's.
    return null;
  }

  async existing(): Promise<ExistingTables> {
    // Sources are tables of the catalog.
    return noExistingTables;
  }

  lineage(id: string): Promise<unknown> {
    return this.with((builds) => builds.lineage(id));
  }

  code(id: string): Promise<unknown> {
    return this.with((builds) => builds.code(id));
  }

  async open(name = 'published'): Promise<OpenBuild> {
    const { engine, schema } = this;
    const builds = await this.listed();
    const close = (): Promise<void> => Promise.resolve();
    if (builds === null && name === 'published') {
      if (await this.isEmpty()) throw nothingPublished();
      // Tables that something else made, dbt for one: they are read where the profile says.
      return {
        engine,
        build: null,
        schema: schema.schema,
        relationOf: (table) => ({ database: schema.database, ...table }),
        placed: (manifest) => manifest,
        close,
      };
    }
    const isNone = name === 'published' && !(builds ?? []).some(({ published }) => published);
    if (isNone) throw nothingPublished(builds ?? []);
    const build = findBuild(builds ?? [], name);
    return {
      engine,
      build,
      schema: build.schema,
      relationOf: (table) => ({ database: schema.database, ...placeIn(build, table) }),
      placed: (manifest) =>
        relocateTo(manifest, (node) => {
          const place = placeIn(build, { schema: node.schema, identifier: node.alias });
          return { schema: place.schema, alias: place.identifier };
        }),
      close,
    };
  }

  openSources(): Promise<OpenSources> {
    const close = (): Promise<void> => Promise.resolve();
    return Promise.resolve({ engine: this.engine, build: null, close });
  }

  async openTwo(from: Build, to: Build): Promise<OpenPair> {
    const { engine, schema } = this;
    const builds = await this.list();
    const pair = { from: findBuild(builds, from.id), to: findBuild(builds, to.id) };
    return {
      engine,
      relationOf: (side, table) => ({ database: schema.database, ...placeIn(pair[side], table) }),
      close: () => Promise.resolve(),
    };
  }

  async follow(): Promise<Followed> {
    const followed = new FollowedSchema(this.engine, await this.builds());
    // A token or a catalog that is wrong is told now, and not to each who asks.
    await followed.mark();
    return followed;
  }

  async attempt(options: AttemptOptions): Promise<Attempt> {
    const { engine, schema } = this;
    switch (options.kind) {
      case 'seed':
        return new (await import('./in-place-attempt.js')).InPlaceAttempt(engine);
      case 'test': {
        const build = await this.published();
        if (build !== null)
          return new (await import('./reading-attempt.js')).ReadingAttempt(engine, build);
        throw new TechstoreError(
          'publish',
          `No build is published in ${schema.database}.${schema.schema}`,
          { hint: 'Run techstore build first.' },
        );
      }
      case 'build':
      case 'run': {
        const { SchemaAttempt } = await import('./schema-attempt.js');
        return SchemaAttempt.begin(engine, () => this.builds(), options);
      }
    }
  }

  rollback(options: RollbackOptions): Promise<Build> {
    return this.interruptible(options, (builds) =>
      builds.rollback({ ...options, threads: this.threads }),
    );
  }

  operate<T>(options: LockOptions, work: (operation: Operation) => Promise<T>): Promise<T> {
    return this.interruptible(options, (builds) =>
      builds.operate(options, async () => {
        let connected: Promise<Connection> | null = null;
        try {
          return await work({ connect: () => (connected ??= this.engine.connect()) });
        } finally {
          await (connected as Promise<Connection> | null)
            ?.then((connection) => connection.release())
            .catch(() => undefined);
        }
      }),
    );
  }

  prune(options: PruneOptions): Promise<readonly Build[]> {
    return this.interruptible(options, (builds) => builds.prune(options));
  }

  verify(): Promise<readonly VerifiedFile[]> {
    throw new TechstoreError(
      'unsupported',
      `The target ${this.publishedName} keeps its builds on a SQL warehouse, so there are no files to verify`,
      {
        hint: 'Use a target of type duckdb: --target dev. docs/databricks.md lists what works on Databricks.',
      },
    );
  }

  close(): Promise<void> {
    return this.engine.close();
  }

  /** Null if there never was a build. */
  private listed(): Promise<readonly SchemaBuild[] | null> {
    return this.with((builds) => builds.list());
  }

  private builds(): Promise<SchemaBuilds> {
    return SchemaBuilds.open(this.engine, this.schema);
  }

  private async with<T>(work: (builds: SchemaBuilds) => Promise<T>): Promise<T> {
    const builds = await this.builds();
    try {
      return await work(builds);
    } finally {
      await builds.release();
    }
  }

  private async interruptible<T>(
    { signal }: { readonly signal?: AbortSignal },
    work: (builds: SchemaBuilds) => Promise<T>,
  ): Promise<T> {
    if (signal?.aborted === true) throw interruptedError('Interrupted: nothing was changed');
    const stop = (): void => this.engine.interruptAll();
    signal?.addEventListener('abort', stop);
    try {
      return await this.with(work);
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  private async isEmpty(): Promise<boolean> {
    const connection = await this.engine.connect();
    const relations = await connection.listRelations(this.schema);
    await connection.release();
    return relations.length === 0;
  }
}
