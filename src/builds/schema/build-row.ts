/** A build on a warehouse, as a row of `techstore_builds`. */
import type { Build } from '../build.js';
import type { BuildDetails, BuildState } from '../record.js';

/**
 * - `running`: its process is at it, or has died.
 * - `finished`: whole and tested, about to be published.
 * - `published`: the one build that the published names show.
 * - `kept`: it was published before.
 * - `rolled back`: it was published, and a rollback replaced it.
 * - `failed`: kept for inspection until the next build begins.
 */
export type RowState = 'running' | 'finished' | 'published' | 'kept' | 'rolled back' | 'failed';

/** What is done while no other build may begin. */
export type ClaimKind = 'build' | 'rollback' | 'prune' | 'operation';

/** Where the table of a published name is: the schema of the build that made it. */
export interface PublishedName {
  readonly database: string;
  readonly schema: string;
  readonly identifier: string;
  readonly table: { readonly schema: string; readonly identifier: string };
  /** Of the view; null for none. */
  readonly comment: string | null;
}

export interface BuildRow {
  readonly id: string;
  readonly state: RowState;
  readonly command: string;
  /** What is done under its claim. Not in rows of earlier versions. */
  readonly kind?: ClaimKind;
  /** True where nothing of a `failed` build failed: it was not tested as a whole. */
  readonly isWorking?: boolean;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly publishedAt: string | null;
  /** Schema with its tables. */
  readonly schema: string;
  readonly host: string;
  /** Where `pid` means something: see `thisMachine`. */
  readonly machine: string;
  readonly pid: number;
  readonly user: string;
  /** Seconds since it last said that it is alive, by the server's clock. */
  readonly silentSeconds: number;
  /** Null while it runs. */
  readonly details: BuildDetails | null;
  /** All published names as of this build, those of earlier ones that it left alone too. */
  readonly names: readonly PublishedName[];
}

/** A build on a warehouse as everybody looks at one. */
export interface SchemaBuild extends Build {
  /** Schema in which all its names are: tables, and views on what it left alone. */
  readonly schema: string;
  readonly names: readonly PublishedName[];
}

/** The schema of a build, beside the target's: `techstore__b20261126t021502z_0c11`. */
export function schemaOfBuild(targetSchema: string, id: string): string {
  return `${prefixOfBuilds(targetSchema)}${id.toLowerCase().replaceAll('-', '_')}`;
}

export function prefixOfBuilds(targetSchema: string): string {
  return `${targetSchema}__b`;
}

/** Only what looks like one to the last character may be dropped as one. */
export function isSchemaOfBuild(targetSchema: string, schema: string): boolean {
  const prefix = prefixOfBuilds(targetSchema).toLowerCase();
  const name = schema.toLowerCase();
  return name.startsWith(prefix) && /^\d{8}t\d{6}z_[0-9a-f]{4}$/.test(name.slice(prefix.length));
}

/** Builds that ended, in the order in which they are given: one that runs is none yet. */
export function endedBuilds(builds: readonly BuildRow[]): readonly SchemaBuild[] {
  return builds.flatMap((build) => {
    const { id, details, command, startedAt, finishedAt, publishedAt, schema, names } = build;
    if (details === null || finishedAt === null || build.state === 'running') return [];
    return {
      id,
      schema,
      names,
      published: build.state === 'published',
      bytes: null,
      modified: false,
      record: {
        ...details,
        message: details.message ?? null,
        id,
        command,
        state: buildState(build.state, build.isWorking === true),
        startedAt,
        finishedAt,
        publishedAt,
        rolledBackAt: build.state === 'rolled back' ? publishedAt : null,
      },
    };
  });
}

function buildState(state: Exclude<RowState, 'running'>, isWorking: boolean): BuildState {
  if (state === 'failed' && isWorking) return 'working';
  return state === 'failed' || state === 'finished' ? state : 'published';
}
