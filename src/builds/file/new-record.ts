/** Creates the record of a build that ends. */
import type { BuildDetails, BuildState } from '../record.js';
import { markOf } from './builds.js';
import type { Candidate } from './candidate.js';
import type { FileRecord } from './file-record.js';

/** Of a candidate whose file is closed. */
export async function newRecord(
  candidate: Candidate,
  state: BuildState,
  details: BuildDetails,
): Promise<FileRecord> {
  const { contentMark, driverVersion } = await import('../../engine/duckdb/index.js');
  const { size, mtimeNs } = markOf(candidate.path);
  return {
    format: 1,
    id: candidate.id,
    command: candidate.command,
    state,
    startedAt: candidate.startedAt.toISOString(),
    finishedAt: new Date().toISOString(),
    publishedAt: null,
    rolledBackAt: null,
    duckdbVersion: driverVersion(),
    file: { size, mtimeNs },
    copy: null,
    content: contentMark(candidate.path),
    asOf: details.asOf,
    codeVersion: details.codeVersion,
    techstoreVersion: details.techstoreVersion,
    rows: details.rows,
    nodes: details.nodes,
    message: details.message ?? null,
    ...(details.freshness === undefined ? {} : { freshness: details.freshness }),
    ...(details.kind === undefined ? {} : { kind: details.kind }),
    ...(details.limited === undefined ? {} : { limited: details.limited }),
  };
}
