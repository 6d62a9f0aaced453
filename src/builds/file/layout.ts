/** The paths of a store's files. */
import { lstatSync, readlinkSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { catalogOfFile } from '../../catalog-of-file.js';
import { canonicalPath } from '../../engine/duckdb/registry.js';

export interface Layout {
  /** As given, made absolute; for messages. */
  readonly asGiven: string;
  /** The published file itself, behind any symbolic link. */
  readonly published: string;
  readonly folder: string;
  /** Kept builds: `<folder>/<stem>.builds`. */
  readonly builds: string;
  /** Catalog name of the published file, as DuckDB gives it. */
  readonly stem: string;
}

export function layoutOf(path: string): Layout {
  const asGiven = resolve(path);
  const published = followLinks(asGiven);
  const folder = dirname(published);
  const stem = basename(published, extname(published));
  return {
    asGiven,
    published,
    folder,
    builds: join(folder, `${stem}.builds`),
    stem: catalogOfFile(asGiven),
  };
}

export const databaseOf = (layout: Layout, id: string) => join(layout.builds, `${id}.duckdb`);
export const recordOf = (layout: Layout, id: string) => join(layout.builds, `${id}.json`);
export const lineageOf = (layout: Layout, id: string) => join(layout.builds, `${id}.lineage.json`);
export const codeOf = (layout: Layout, id: string) => join(layout.builds, `${id}.code.json`);
export const externalOf = (layout: Layout, id: string) =>
  join(layout.builds, `${id}.external.json`);
export const lockFile = (layout: Layout) => join(layout.builds, 'lock.duckdb');
export const lockNote = (layout: Layout) => join(layout.builds, 'lock.json');

/** The name a file has for the instant before it is renamed over the published one. */
export const stagingOf = (layout: Layout, id: string) => `${layout.published}.${id}.new`;

/** What is taken out of a kept build for the staging file, for as long as it is made. */
export const partOf = (staging: string) => staging.replace(/new$/, 'part');

export const spillOf = (database: string) => `${database}.tmp`;

/** A link whose target does not exist yet is followed as well: the first publish makes the target. */
function followLinks(path: string): string {
  let at = path;
  for (let hops = 0; hops < 40; hops++) {
    if (lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink() !== true) break;
    at = resolve(dirname(at), readlinkSync(at));
  }
  return canonicalPath(at);
}
