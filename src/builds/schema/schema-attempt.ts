/** A build in its own schema on a warehouse. */
import { TechstoreError } from '../../errors.js';
import type { Engine, RelationName, SchemaName } from '../../engine/engine.js';
import type { NodeStates } from '../../manifest/node-state.js';
import { placeKey } from '../../manifest/relation-place.js';
import type { GraphNode, Manifest } from '../../manifest/nodes.js';
import type { Attempt, AttemptPlan, ClonedTable, Deferral, Published } from '../attempt.js';
import type { Build } from '../build.js';
import type { AttemptOptions } from '../build-store.js';
import type { BuildDetails, Limited } from '../record.js';
import { endedBuilds, type PublishedName } from './build-row.js';
import { checkCatalog } from './check-catalog.js';
import { keyOf } from './published-names.js';
import { withRelations } from '../../manifest/with-relations.js';
import { publishedPlaces, relocate } from './relocate.js';
import { baseOf, type Begun, type FinishedSchema, type SchemaOutcome } from './begun.js';
import type { SchemaBuilds } from './schema-builds.js';

/** Opens the builds over a connection of their own. */
type OpenBuilds = () => Promise<SchemaBuilds>;

export class SchemaAttempt implements Attempt {
  readonly base: Build | null;
  readonly prior: NodeStates;
  readonly resumes: boolean;
  readonly limited: Limited | undefined;
  readonly sourcesExist = true;
  readonly mayWrite = true;
  readonly notes: readonly string[];
  readonly schemas: readonly SchemaName[];
  private readonly engine: Engine;
  private readonly openBuilds: OpenBuilds;
  private readonly builds: SchemaBuilds;
  private readonly begun: Begun;
  private run: readonly GraphNode[] = [];
  private moved: ReadonlyMap<string, GraphNode> = new Map();
  private threads = 1;
  private deferred: ReadonlyMap<string, RelationName> = new Map();
  private ended = false;

  private constructor(
    engine: Engine,
    openBuilds: OpenBuilds,
    builds: SchemaBuilds,
    begun: Begun,
    { limited }: AttemptOptions,
  ) {
    this.engine = engine;
    this.openBuilds = openBuilds;
    this.builds = builds;
    this.begun = begun;
    const { build, resumed, notes } = begun;
    const base = baseOf(begun);
    this.base = base === null ? null : (endedBuilds([base])[0] ?? null);
    this.prior = base?.details?.nodes ?? {};
    this.resumes = resumed !== null;
    this.limited = limited ?? resumed?.details?.limited;
    this.notes = notes;
    this.schemas = [{ database: engine.database, schema: build.schema }];
  }

  /** Adds its row, so that no other begins, and makes its schema. */
  static async begin(
    engine: Engine,
    openBuilds: OpenBuilds,
    options: AttemptOptions,
  ): Promise<SchemaAttempt> {
    const stop = (): void => engine.interruptAll();
    options.signal?.addEventListener('abort', stop);
    const builds = await openBuilds();
    try {
      return new SchemaAttempt(engine, openBuilds, builds, await builds.begin(options), options);
    } catch (error) {
      await builds.release();
      throw error;
    } finally {
      options.signal?.removeEventListener('abort', stop);
    }
  }

  async start({ run, manifest, threads, readsSources }: AttemptPlan): Promise<Engine> {
    this.run = run;
    this.threads = threads;
    const ours = new Set((this.begun.published?.names ?? []).map(keyOf));
    const connection = await this.engine.connect();
    await checkCatalog(run, manifest, connection, {
      isOurs: (name) => ours.has(keyOf(name)),
      readsSources: readsSources ?? true,
    });
    await connection.release();
    return this.engine;
  }

  placed(manifest: Manifest): Manifest {
    const { build } = this.begun;
    const moved = relocate(
      manifest,
      this.run.map((node) => node.uniqueId),
      build.schema,
      publishedPlaces(baseOf(this.begun)?.names ?? []),
    );
    this.moved = moved.nodes;
    return withRelations(moved, this.deferred);
  }

  /** Tables that stay are read where they are. */
  async takeOver(): Promise<null> {
    return null;
  }

  /** The warehouse reads them where they are. */
  async defer({ tables }: Deferral): Promise<ReadonlyMap<string, number>> {
    this.deferred = new Map(tables.map(({ id, relation }) => [id, relation]));
    return new Map();
  }

  async clone({ tables }: Deferral, done: (cloned: ClonedTable) => void): Promise<void> {
    const { cloneEach } = await import('./clone-each.js');
    const placed = tables.map((table) => {
      const node = this.moved.get(table.id);
      if (node === undefined || !('alias' in node))
        throw new TypeError(`${table.id} has no place.`);
      return { ...table, place: { schema: node.schema, identifier: node.alias } };
    });
    await cloneEach(placed, { engine: this.engine, threads: this.threads }, done);
  }

  async settle(): Promise<readonly string[]> {
    await this.abandon();
    return [];
  }

  async publish(details: BuildDetails): Promise<Published> {
    let finished: FinishedSchema | undefined;
    try {
      finished = await this.builds.finish(this.begun, this.outcomeOf(details));
      const { id } = await this.builds.publish(finished);
      await this.end();
      return { id, warnings: [] };
    } catch (error) {
      if (finished === undefined) throw error;
      throw await this.takeBack(finished, error);
    }
  }

  async keep(details: BuildDetails, state: 'failed' | 'working'): Promise<Build> {
    const outcome = this.outcomeOf(details);
    const row = await this.builds.fail(this.begun, outcome, state === 'working');
    await this.end();
    const [kept] = endedBuilds([row]);
    if (kept === undefined) throw new TypeError(`Build ${row.id} has not ended.`);
    return kept;
  }

  /** Over a new connection: after an interrupt every old one refuses. */
  async abandon(): Promise<void> {
    if (this.ended) return;
    try {
      const builds = await this.openBuilds();
      await builds.abandon(this.begun.build).finally(() => builds.release());
    } catch {
      // The next build does it.
    } finally {
      await this.end();
    }
  }

  interrupt(): void {
    this.engine.interruptAll();
  }

  private async end(): Promise<void> {
    this.ended = true;
    await this.builds.release();
  }

  /** After an error of `publish`: the names show again what they did. @returns the error to throw */
  private async takeBack(finished: FinishedSchema, error: unknown): Promise<unknown> {
    const { id } = this.begun.build;
    try {
      const builds = await this.openBuilds();
      try {
        if (await builds.takeBack(finished)) return error;
      } finally {
        await builds.release();
      }
    } catch {
      await this.end();
      return halfPublished(id, error);
    }
    await this.end();
    return isPublished(id, error);
  }

  private outcomeOf(details: BuildDetails): SchemaOutcome {
    const tables = new Set(
      Object.values(details.nodes).flatMap(({ relation }) =>
        relation === null ? [] : placeKey(relation),
      ),
    );
    return {
      details,
      names: this.names().filter((name) => tables.has(placeKey(name))),
      stays: (name: RelationName) => tables.has(placeKey(name)),
      threads: this.threads,
    };
  }

  /** The names that become views on what this build made. */
  private names(): PublishedName[] {
    return this.run.flatMap((node) => {
      const made = this.moved.get(node.uniqueId);
      if (node.resourceType !== 'model' && node.resourceType !== 'seed') return [];
      if (made?.resourceType !== 'model' && made?.resourceType !== 'seed') return [];
      return {
        database: node.database,
        schema: node.schema,
        identifier: node.alias,
        table: { schema: made.schema, identifier: made.alias },
        comment:
          node.config.persistDocs.relation && node.description !== '' ? node.description : null,
      };
    });
  }
}

/** Once a build is published, nothing may say that it is not. */
function isPublished(id: string, cause: unknown): TechstoreError {
  return new TechstoreError('publish', `Build ${id} is published, but a step after that failed`, {
    hint: `${cause instanceof Error ? cause.message : String(cause)} The next build completes that step.`,
    cause,
  });
}

function halfPublished(id: string, cause: unknown): TechstoreError {
  return new TechstoreError(
    'publish',
    `Build ${id} is complete and tested, but only partly published`,
    {
      hint: `${cause instanceof Error ? cause.message : String(cause)} Some views may show this build, and others the previous one. Run techstore build: it first finishes publishing this build.`,
      cause,
    },
  );
}
