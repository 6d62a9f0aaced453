/** A build in progress, in any kind of store. */
import type { TechstoreError } from '../errors.js';
import type { Engine, RelationName, SchemaName } from '../engine/engine.js';
import type { NodeStates, RelationPlace } from '../manifest/node-state.js';
import type { GraphNode, Manifest, SourceNode } from '../manifest/nodes.js';
import type { Build } from './build.js';
import type { ExternalFiles } from './external-files.js';
import type { ExistingTables, UsedTables } from './existing-tables.js';
import type { BuildDetails, Limited } from './record.js';

/** What an attempt will build. */
export interface AttemptPlan {
  /** Nodes that run, at their places in the project. */
  readonly run: readonly GraphNode[];
  /** Sources to load from files. */
  readonly load: readonly SourceNode[];
  /** Relations of `base` that `takeOver` will be asked for. */
  readonly carry: readonly RelationPlace[];
  readonly manifest: Manifest;
  readonly threads: number;
  /** False if nothing is made of sources, so that they may be missing. Default true. */
  readonly readsSources?: boolean;
  /** What was read of tables of other programs, where the run needs them. Default: it does not. */
  readonly existing?: UsedTables | null;
}

/** A table that is read where another environment has it: `--defer`. */
export interface DeferredTable {
  /** Of the node. */
  readonly id: string;
  /** Where the project has it. */
  readonly place: RelationPlace;
  /** Where it is. */
  readonly relation: RelationName;
}

/** What came of one table of `clone`. */
export type ClonedTable = { readonly id: string } & (
  | {
      readonly made: {
        /** Null where they were not counted. */
        readonly rows: number | null;
        readonly relationType: 'table' | 'view';
        /** In SQL. */
        readonly relationName: string;
        readonly seconds: number;
        /** The date that its figures refer to; null where that is not known. */
        readonly asOf: string | null;
      };
    }
  | { readonly error: TechstoreError }
);

export interface Deferral {
  readonly tables: readonly DeferredTable[];
  /** The published file of the database of this name; null where no target has it. */
  readonly fileOf: (database: string) => string | null;
}

/**
 * Returned by `attempt` of a store. Call `start`, then `takeOver`, run the nodes, and call one of
 * `publish`, `keep` and `abandon`. If there is nothing to run, call only `settle`.
 */
export interface Attempt {
  /** The build that this one starts from: the published one, or the unfinished one that is resumed. */
  readonly base: Build | null;
  /** States of the nodes of `base`; empty if its tables cannot be reused. */
  readonly prior: NodeStates;
  /** True if it resumes `base`, whose tables already exist in it. */
  readonly resumes: boolean;
  /** What of their rows its tables lack, because of its own options or of the build that it goes on in. */
  readonly limited: Limited | undefined;
  /** True if sources are tables of the catalog, whose changes are unknown. */
  readonly sourcesExist: boolean;
  /** False for tests of the published build. */
  readonly mayWrite: boolean;
  /** True if what it writes is seen at once, so that there is nothing to publish. Default false. */
  readonly inPlace?: boolean;
  /** Sentences about repaired leftovers of earlier runs. */
  readonly notes: readonly string[];
  /** Looks at tables of other programs that nodes may read. Close it. Not there where `sourcesExist`. */
  existing?(): Promise<ExistingTables>;
  /** After `start`: what those tables hold, if that is something else than the plan was made by; else null. */
  readonly existingNow?: UsedTables | null;
  /**
   * Opens the database of the build, and checks that the build may create its relations.
   *
   * @throws TechstoreError `publish` if objects of other programs have the names of relations in
   *   `plan`, `source` if a source is missing, `lock`, `database`
   */
  start(plan: AttemptPlan): Promise<Engine>;
  /** After `start`: where external models write. Missing where they cannot. */
  readonly externalFiles?: ExternalFiles | undefined;
  /** Schemas that were created for this build. */
  readonly schemas: readonly SchemaName[];
  /** The manifest, with the nodes at their places in this build. */
  placed(manifest: Manifest): Manifest;
  /**
   * Makes tables of `base` available in this build.
   *
   * @returns a sentence that says why this is impossible; null if it is done, or not needed
   */
  takeOver(relations: readonly RelationPlace[]): Promise<string | null>;
  /**
   * Has tables of another environment read in this build, before `placed`.
   *
   * @returns rows of those that are tables of this build now, by id; none where they are read in place
   * @throws TechstoreError `selection` for one that is not there
   */
  defer(deferral: Deferral): Promise<ReadonlyMap<string, number>>;
  /**
   * Makes tables of another environment tables of this build, after `placed`: as copies, or as what costs less and
   * shows the same.
   *
   * @param done called for each of them
   */
  clone(deferral: Deferral, done: (cloned: ClonedTable) => void): Promise<void>;
  /** For a build without work: undoes changes of other programs to published tables. @returns messages about it */
  settle(): Promise<readonly string[]>;
  /** Publishes it. If this throws, the published build did not change, unless the error says otherwise. */
  publish(details: BuildDetails): Promise<Published>;
  /** Keeps it without publishing it. @returns null if the store does not keep it */
  keep(details: BuildDetails, state: 'failed' | 'working'): Promise<Build | null>;
  /** Removes it; no effect after its end. The next build removes what cannot be removed now. */
  abandon(): Promise<void>;
  /** Cancels running statements, for Ctrl-C. */
  interrupt(): void;
}

export interface Published {
  readonly id: string;
  /** Failures after the build was published; the next build completes these steps. */
  readonly warnings: readonly string[];
}
