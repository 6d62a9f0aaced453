/** A build on a warehouse, as a row of `techstore_builds`. */
import type { Build } from '../build.js';
import type { BuildDetails, BuildState } from '../record.js';

/**
 * - `running`: its process works on it, or has died.
 * - `finished`: complete and tested, about to be published.
 * - `published`: the one build that the published names show.
 * - `kept`: it was published before.
 * - `rolled back`: it was published, and a rollback replaced it.
 * - `failed`: kept for inspection until the next build begins.
 */
export type RowState = 'running' | 'finished' | 'published' | 'kept' | 'rolled back' | 'failed';

/** Work during which no other build may begin. */
export type ClaimKind = 'build' | 'rollback' | 'prune' | 'operation';

/** A published name and its table, in the schema of the build that created it. */
export interface PublishedName {
  readonly database: string;
  readonly schema: string;
  readonly identifier: string;
  readonly table: { readonly schema: string; readonly identifier: string };
  /** Comment of the view; null if it has none. */
  readonly comment: string | null;
}

export interface BuildRow {
  readonly id: string;
  readonly state: RowState;
  readonly command: string;
  /** The work of its claim. Missing in rows of earlier versions. */
  readonly kind?: ClaimKind;
  /** True if no node of a `failed` build failed: it was only not fully tested. */
  readonly isWorking?: boolean;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly publishedAt: string | null;
  /** Schema with its tables. */
  readonly schema: string;
  readonly host: string;
  /** The machine of `pid`: see `thisMachine`. */
  readonly machine: string;
  readonly pid: number;
  readonly user: string;
  /** Seconds since its last heartbeat, by the server's clock. */
  readonly silentSeconds: number;
  /** Null while it runs. */
  readonly details: BuildDetails | null;
  /** All published names of this build, including those of earlier builds that it did not change. */
  readonly names: readonly PublishedName[];
}

/** A kept build on a warehouse. */
export interface SchemaBuild extends Build {
  /** The schema with all its names: its tables, and views on tables of earlier builds. */
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

/** True only if the whole name matches the pattern, because such schemas may be dropped. */
export function isSchemaOfBuild(targetSchema: string, schema: string): boolean {
  const prefix = prefixOfBuilds(targetSchema).toLowerCase();
  const name = schema.toLowerCase();
  return name.startsWith(prefix) && /^\d{8}t\d{6}z_[0-9a-f]{4}$/.test(name.slice(prefix.length));
}

/** The ended builds among these, in the same order. */
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
