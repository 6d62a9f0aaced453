/**
 * Which file readers of a build open. A program that was killed while it wrote to the published
 * file leaves a log beside it, and whoever opens the file by that name reads what is in the log as
 * well. It is no part of the build, and was never tested: the build's kept file, which has another
 * name, is read instead. So every command and the server give one answer.
 */
import type { Build } from './builds.js';
import type { Layout } from './layout.js';
import { hasLog } from '../engine/duckdb/logs.js';

export interface FileToRead {
  readonly path: string;
  /** What readers should know of it, in a sentence; null where there is nothing to say. */
  readonly notice: string | null;
}

export function fileToRead(layout: Layout, build: Build): FileToRead {
  const { published, asGiven } = layout;
  const path = build.published ? published : build.path;
  if (build.published && hasLog(published, asGiven) && !hasLog(build.path)) {
    return {
      path: build.path,
      notice: `A program that wrote to ${asGiven} left a log beside it. What is in the log is left out: it is no part of build ${build.id}. The next build removes it.`,
    };
  }
  if (!build.writtenTo) return { path, notice: null };
  return {
    path,
    notice: `Another program changed the file of build ${build.id} after it was built: ${path}. The next build is made anew.`,
  };
}
