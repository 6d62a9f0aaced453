/** Which file is to be served: the published one, under the name it keeps. */
import { statSync } from 'node:fs';
import type { Build, BuildStore } from '../../publish/index.js';
import type { BuildFile } from './build-reader.js';

/** Tells one published file from another; cheap enough to ask several times a second. Null when there is none. */
export function markOfPublished(path: string): string | null {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? null : `${stat.ino}-${stat.mtimeNs}-${stat.size}`;
}

/**
 * The published build by the path of its kept file, which goes on naming that build
 * when another is published. A file that no build made has only the published path.
 */
export function publishedFile(store: BuildStore, mark: string): BuildFile {
  const build = store.published();
  if (build !== null) return buildFile(build);
  return {
    id: `file-${mark}`,
    path: store.publishedPath,
    asOf: null,
    publishedAt: null,
  };
}

export function buildFile(build: Build): BuildFile {
  return {
    id: build.id,
    path: build.path,
    asOf: build.record.asOf,
    publishedAt: build.record.publishedAt ?? build.record.finishedAt,
  };
}
