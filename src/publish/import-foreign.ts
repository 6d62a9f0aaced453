import { contentMark } from '../engine/duckdb/storage-file.js';
import { existsSync, statSync } from 'node:fs';
import { newBuildId } from './build-id.js';
import { markOf } from './builds.js';
import { linkOrCopy } from './files.js';
import { databaseOf, recordOf, type Layout } from './layout.js';
import { writeRecord, type BuildRecord } from './record.js';

/**
 * Keeps a database that this program did not make as a build of its own, which
 * sorts before `next`, the build about to replace it: publishing loses nothing.
 */
export async function importForeign(layout: Layout, next: BuildRecord): Promise<void> {
  const changed = statSync(layout.published).mtime.toISOString();
  let id: string;
  do {
    id = newBuildId(new Date(Date.parse(next.startedAt) - 1000));
  } while (existsSync(databaseOf(layout, id)));
  await linkOrCopy(layout.published, databaseOf(layout, id));
  await writeRecord(recordOf(layout, id), {
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
    message: 'Lay at the published path before a build was published there.',
  });
}
