import { contentMark } from '../../engine/duckdb/storage-file.js';
import { existsSync, statSync } from 'node:fs';
import { newBuildId } from '../build-id.js';
import { isLinked, markOf, type FileBuild } from './builds.js';
import type { CatalogObject } from '../catalog-object.js';
import { linkOrCopy } from './files.js';
import { databaseOf, recordOf, type Layout } from './layout.js';
import { writeRecord } from './record.js';
import type { FileRecord } from './file-record.js';

export interface Import {
  /** The build that will replace the file. The imported build sorts before it. */
  readonly next: FileRecord;
  /** The published build, if any. */
  readonly current: FileBuild | null;
  /** Objects of the file that the new file lacks; undefined if unknown. */
  readonly objects: readonly CatalogObject[] | undefined;
  readonly message: string;
}

/**
 * Keeps a database that techstore did not build as an imported build, so publishing loses no data.
 *
 * @returns the build's id
 */
export async function importForeign(
  layout: Layout,
  { next, current, objects, message }: Import,
): Promise<string> {
  const file = statSync(layout.published);
  if (current?.record.state === 'imported' && isLinked(layout, current)) {
    // Kept already by a publish that came no further; it may have been written to since.
    const record = { ...current.record, file: markOf(current.path), message };
    await writeRecord(recordOf(layout, current.id), withObjects(record, objects));
    return current.id;
  }
  const changed = file.mtime.toISOString();
  let id: string;
  do {
    id = newBuildId(new Date(Date.parse(next.startedAt) - 1000));
  } while (existsSync(databaseOf(layout, id)));
  await linkOrCopy(layout.published, databaseOf(layout, id));
  const record: FileRecord = {
    format: 1,
    id,
    command: 'import',
    state: 'imported',
    startedAt: changed,
    finishedAt: changed,
    publishedAt: null,
    rolledBackAt: null,
    duckdbVersion: next.duckdbVersion,
    file: markOf(databaseOf(layout, id)),
    copy: null,
    content: contentMark(databaseOf(layout, id)),
    asOf: null,
    codeVersion: null,
    techstoreVersion: next.techstoreVersion,
    rows: {},
    nodes: {},
    message,
  };
  await writeRecord(recordOf(layout, id), withObjects(record, objects));
  return id;
}

function withObjects(
  { objects: _, ...record }: FileRecord,
  objects: readonly CatalogObject[] | undefined,
): FileRecord {
  return objects === undefined ? record : { ...record, objects };
}
