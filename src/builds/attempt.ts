/** A build that is being made, wherever it will be kept. */
import type { Engine, RelationName, SchemaName } from '../engine/engine.js';
import type { NodeStates, RelationPlace } from '../manifest/node-state.js';
import type { GraphNode, Manifest, SourceNode } from '../manifest/nodes.js';
import type { Build } from './build.js';
import type { BuildDetails, Limited } from './record.js';

/** What an attempt is going to make. */
export interface AttemptPlan {
  /** Nodes that run, as the project names them. */
  readonly run: readonly GraphNode[];
  /** Sources that are loaded from files. */
  readonly load: readonly SourceNode[];
  readonly manifest: Manifest;
  readonly threads: number;
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

export interface Deferral {
  readonly tables: readonly DeferredTable[];
  /** The published file of the database of this name; null where no target has it. */
  readonly fileOf: (database: string) => string | null;
}

/**
 * Begun by `attempt` of a store: `start`, `takeOver`, the work on `engine`, and one of `publish`,
 * `keep` and `abandon`; or `settle` where there is nothing to do.
 */
export interface Attempt {
  /** The build that this one begins from: the published one, or the unfinished one that is resumed. */
  readonly base: Build | null;
  /** States of its nodes; none where its tables can't be relied on. */
  readonly prior: NodeStates;
  /** True where it goes on in `base`, whose tables are there already. */
  readonly resumes: boolean;
  /** What of their rows its tables lack, because of its own options or of the build that it goes on in. */
  readonly limited: Limited | undefined;
  /** True where sources are tables of the catalog: nobody knows what changed in them. */
  readonly sourcesExist: boolean;
  /** False for tests of what is published. */
  readonly mayWrite: boolean;
  /** What earlier runs had left and was set right, as sentences. */
  readonly notes: readonly string[];
  /**
   * Opens the database that the build is made in, and looks whether what it makes may be made.
   *
   * @throws TechstoreError `publish` where others' objects have a name of `plan`, `source` where a
   *   source is not there, `lock`, `database`
   */
  start(plan: AttemptPlan): Promise<Engine>;
  /** Schemas that were made for it. */
  readonly schemas: readonly SchemaName[];
  /** The project's nodes where this build makes and reads them. */
  placed(manifest: Manifest): Manifest;
  /**
   * Has tables of `base` in this build.
   *
   * @returns why nothing can be taken over, as a sentence; null where that is done, or not needed
   */
  takeOver(relations: readonly RelationPlace[]): Promise<string | null>;
  /**
   * Has tables of another environment read in this build, before `placed`.
   *
   * @returns rows of those that are tables of this build now, by id; none where they are read in place
   * @throws TechstoreError `selection` for one that is not there
   */
  defer(deferral: Deferral): Promise<ReadonlyMap<string, number>>;
  /** For a build that finds nothing to do: undoes what others did to tables of the published one. @returns what is to be said of it */
  settle(): Promise<readonly string[]>;
  /** Makes it the published build. When it throws, what is published is as it was, unless the error says otherwise. */
  publish(details: BuildDetails): Promise<Published>;
  /** Keeps it without publishing it. @returns null where nothing of it is kept */
  keep(details: BuildDetails, state: 'failed' | 'working'): Promise<Build | null>;
  /** Removes it; nothing happens when it has ended. What can't be removed now the next build removes. */
  abandon(): Promise<void>;
  /** Ctrl-C. */
  interrupt(): void;
}

export interface Published {
  readonly id: string;
  /** What went wrong after the build was published; the next build makes up for it. */
  readonly warnings: readonly string[];
}
