/** The record of a build in a file, which is stored beside the file. */
import type { CatalogObject } from '../catalog-object.js';
import type { BuildRecord } from '../record.js';

/** The file's size and modification time, which show changes by other programs. */
export interface FileMark {
  readonly size: number;
  /** Nanoseconds since 1970, as text: more than a number holds. */
  readonly mtimeNs: string;
}

/** The published file as it was published. Other programs may write to it. */
export interface CopyMark extends FileMark {
  readonly ino: string;
  /** As `BuildRecord.content`, of this file. Not in records of earlier versions. */
  readonly content?: string | null;
  /** When the file was made, `0` where the file system does not say. Not in records of earlier versions. */
  readonly birthtimeNs?: string;
  /** Number of objects of other programs in it. Missing in records of earlier versions. */
  readonly foreign?: number;
  /** What the build read of tables of other programs, and what they hold in this file: stamps by `placeKey`. */
  readonly existing?: Readonly<Record<string, string>>;
}

/** `<buildId>.json` beside `<buildId>.duckdb`. */
export interface FileRecord extends BuildRecord {
  readonly format: 1;
  readonly duckdbVersion: string;
  readonly file: FileMark;
  /** The file that it was last published as; null if it never was. */
  readonly copy: CopyMark | null;
  /**
   * Mark of what the file holds (`contentMark` of engine/duckdb), for when its times say nothing,
   * as after a copy of the project. Not there in records of older versions.
   */
  readonly content?: string | null;
  /** The file that is about to be renamed into place. The file at the published path decides which one counts. */
  readonly nextCopy?: CopyMark | null;
  /**
   * What the build made. Of an imported file: what the project's objects took the place of.
   * Not in records of earlier versions.
   */
  readonly objects?: readonly CatalogObject[];
  /** In an unfinished build, the views that stand for tables of other programs. */
  readonly existingViews?: readonly CatalogObject[];
  /** Where its external models wrote files. */
  readonly external?: readonly string[];
  /** True if a view of it reads a table of another program, which only the published file has. */
  readonly readsExisting?: true;
}
