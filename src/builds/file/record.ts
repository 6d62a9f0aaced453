import { readRegularFile, whyUnreadable } from '../../regular-file.js';
import type { CatalogObject } from './catalog-objects.js';
import { isOneOf, writeWhole } from './files.js';
import { recordFrom } from './record-shape.js';

/**
 * - `finished`: whole and tested, about to be published. Only a crash leaves this behind.
 * - `published`: it is, or was, the published build.
 * - `imported`: a file that lay at the published path and was not made by this program.
 * - `failed`: kept for inspection until the next build ends.
 * - `working`: `run`, `seed` or `test` worked on it and nothing failed; they go on in it until the next build ends.
 * - `unpublished`: whole and tested, but the last step was refused; `rollback` publishes it.
 */
export type BuildState =
  'finished' | 'published' | 'imported' | 'failed' | 'working' | 'unpublished';

/** What the caller tells of a build. Everything is kept as JSON. */
export interface BuildDetails {
  /** `2024-12-31`, the date the figures are as of. */
  readonly asOf: string | null;
  /** Version or fingerprint of the project's code. */
  readonly codeVersion: string | null;
  readonly techstoreVersion: string;
  /** Rows of each relation, by its name in the caller's spelling. */
  readonly rows: Readonly<Record<string, number | null>>;
  /** Fingerprints and results by node: the caller's own, not looked into here. */
  readonly nodes: Readonly<Record<string, unknown>>;
  /** Why it failed; null for a build that did not. */
  readonly message?: string | null;
  /** How its tables hang together: the caller's own. Kept in a file of its own; see `BuildStore.lineage`. */
  readonly lineage?: object;
}

/** The file's size and last change: they tell a file that was changed from outside. */
export interface FileMark {
  readonly size: number;
  /** Nanoseconds since 1970, as text: more than a number holds. */
  readonly mtimeNs: string;
}

/** The published file as it was published: a file of its own, which others may write to. */
export interface CopyMark extends FileMark {
  readonly ino: string;
  /** As `BuildRecord.content`, of this file. Not in records of earlier versions. */
  readonly content?: string | null;
  /** When the file was made, `0` where the file system does not say. Not in records of earlier versions. */
  readonly birthtimeNs?: string;
  /** How many objects in it others made. Not in records of earlier versions. */
  readonly foreign?: number;
}

/** What is written down of a build wherever it is kept. Times are UTC, as ISO 8601. */
export interface BuildNotes extends Required<Omit<BuildDetails, 'lineage'>> {
  readonly id: string;
  readonly command: string;
  readonly state: BuildState;
  readonly startedAt: string;
  readonly finishedAt: string;
  /** When it last became the published build. */
  readonly publishedAt: string | null;
  /** Set when a rollback replaced it: it is then no default target of the next rollback. */
  readonly rolledBackAt: string | null;
}

/** `<buildId>.json` beside `<buildId>.duckdb`. */
export interface BuildRecord extends BuildNotes {
  readonly format: 1;
  readonly duckdbVersion: string;
  readonly file: FileMark;
  /** The file that it was last published as; null for one that never was. */
  readonly copy: CopyMark | null;
  /**
   * Mark of what the file holds (`contentMark` of engine/duckdb), for when its times say nothing,
   * as after a copy of the project. Not there in records of older versions.
   */
  readonly content?: string | null;
  /** The file that is about to be renamed into place: which of the two is published, that one says. */
  readonly nextCopy?: CopyMark | null;
  /**
   * What the build made. Of an imported file: what the project's objects took the place of.
   * Not in records of earlier versions.
   */
  readonly objects?: readonly CatalogObject[];
}

export async function writeRecord(path: string, record: BuildRecord): Promise<void> {
  await writeWhole(path, `${JSON.stringify(record, null, 1)}\n`);
}

/** More than any record: it holds a sample of the rows that failed, not all of them. */
const MAX_BYTES = 256 * 1024 ** 2;

/** The record of a build; a text when it is damaged, as a sentence's end: `its record is a folder`. Null when there is none. */
export function readRecord(path: string, id: string): BuildRecord | string | null {
  let json: string;
  try {
    json = readRegularFile(path, MAX_BYTES).toString('utf8');
  } catch (error) {
    if (isOneOf(error, ['ENOENT'])) return null;
    return `its record cannot be read: ${whyUnreadable(error)}`;
  }
  const record = recordFrom(id, json);
  return typeof record === 'string' ? `its record ${record}` : record;
}
