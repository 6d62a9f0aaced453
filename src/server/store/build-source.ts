/** Where builds to serve come from: files of DuckDB, or schemas of a warehouse. */
import type { KeptBuild } from '../../builds/index.js';
import type { BuildFacts, BuildReader } from './build-reader.js';

/** A build that can be opened. */
export interface BuildToServe extends BuildFacts {
  open(): Promise<BuildReader>;
}

export interface BuildSource {
  /** Milliseconds between two looks at what is published, unless somebody wants others. */
  readonly pollEvery: number;
  /** Tells what is published now from what was before; null when nothing is. */
  mark(): Promise<string | null>;
  /** The build of a mark that was just given. */
  published(mark: string): Promise<BuildToServe>;
  /** A build that was published before and can be read still. */
  earlier(id: string): Promise<BuildToServe | null>;
  /** All kept builds, newest first. */
  list(): Promise<readonly KeptBuild[]>;
  /** What a kept build has recorded of its lineage; null where that is nothing. */
  lineage(id: string): Promise<unknown>;
  close(): Promise<void>;
}
