/** Builds that are open for reading. */
import type { Engine, RelationName } from '../engine/engine.js';
import type { RelationPlace } from '../manifest/node-state.js';
import type { Manifest } from '../manifest/nodes.js';
import type { Build } from './build.js';
import type { BuildTable } from './build-tables.js';

/** Read only. A file is opened read-only; on a warehouse `connectReader` refuses statements that write. */
export interface OpenBuild {
  readonly engine: Engine;
  /** Null if the published file is not a build. */
  readonly build: Build | null;
  /** The schema for names without one. */
  readonly schema: string;
  /** The relation in this build that is published under this name. */
  relationOf(table: RelationPlace): RelationName;
  /** The manifest, with the nodes at their places in this build. */
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
  /** Id of the build; for a file that is not a build, a text of its inode and time. */
  readonly id: string;
  /** `2025-06-30`; null if the build has no date. */
  readonly asOf: string | null;
  /** ISO 8601 in UTC; null if unknown. */
  readonly publishedAt: string | null;
}

/** A build that can be opened for many small queries. */
export interface ReadableBuild extends BuildFacts {
  /** Opens it without access to other files or settings. @throws TechstoreError `database`, `lock` */
  open(): Promise<OpenTables & { isThere(): boolean }>;
}

/** Only the tables of a build, open for queries. */
export interface OpenTables {
  readonly engine: Engine;
  /** Schema of the tables. */
  readonly schema: string;
  /** Closes what was opened only for this build. */
  readonly close: () => Promise<void>;
}

/** The published tables. */
export interface OpenPublished extends OpenTables {
  /** Id of the build, null if the published file is not a build; determined on the first call. */
  readonly buildId: () => Promise<string | null>;
}
