/** Builds that are open for reading. */
import type { Engine, RelationName } from '../engine/engine.js';
import type { RelationPlace } from '../manifest/node-state.js';
import type { Manifest } from '../manifest/nodes.js';
import type { Build } from './build.js';
import type { BuildTable } from './build-tables.js';

/** Read only: a file is locked down too; on a warehouse `connectReader` of the engine refuses what would write. */
export interface OpenBuild {
  readonly engine: Engine;
  /** Null for tables that this program did not make. */
  readonly build: Build | null;
  /** Where names without a schema are looked up. */
  readonly schema: string;
  /** Where the build has what is published under this name. */
  relationOf(table: RelationPlace): RelationName;
  /** The project's nodes where the build has them: the same manifest where that is where the project says. */
  placed(manifest: Manifest): Manifest;
  readonly close: () => Promise<void>;
}

/** Sources as the published build has them, or, where they are in a catalog, as they are now. */
export type OpenSources = Pick<OpenBuild, 'engine' | 'build' | 'close'>;

/** Two builds in one engine. */
export interface OpenPair {
  readonly engine: Engine;
  relationOf(side: 'from' | 'to', table: BuildTable): RelationName;
  readonly close: () => Promise<void>;
}

export interface BuildFacts {
  /** Id of the build; of a file that no build made, a text made of its inode and time. */
  readonly id: string;
  /** `2025-06-30`; null where the build does not say. */
  readonly asOf: string | null;
  /** ISO 8601 in UTC; null where it is not known. */
  readonly publishedAt: string | null;
}

/** A build that can be opened for many small questions. */
export interface ReadableBuild extends BuildFacts {
  /** Closes every way out of it. @throws TechstoreError `database`, `lock` */
  open(): Promise<OpenTables & { isThere(): boolean }>;
}

/** The tables of a build, open for questions, and no more of it than that. */
export interface OpenTables {
  readonly engine: Engine;
  /** Where the tables are. */
  readonly schema: string;
  /** Lets go of what was opened for this build alone. */
  readonly close: () => Promise<void>;
}

/** The tables that are published. */
export interface OpenPublished extends OpenTables {
  /** Id of the build, null for what no build made; found when it is asked for. */
  readonly buildId: () => Promise<string | null>;
}
