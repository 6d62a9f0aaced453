/**
 * Chooses the file that readers of a build open. A program that was killed while it wrote to the
 * published file leaves a log beside it. Whoever opens the file by its name also reads the log,
 * which is not part of the build and was never tested. So the file is opened by another name, and
 * every command and the server give the same answer.
 */
import { linkSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { hasLog } from '../../engine/duckdb/logs.js';
import type { FileBuild } from './builds.js';
import type { Layout } from './layout.js';

export interface FileToRead {
  readonly path: string;
  /** A notice for readers; null if there is none. */
  readonly notice: string | null;
  /** Call this once the file is open, or could not be opened. */
  readonly opened: () => void;
}

export function fileToRead(layout: Layout, build: FileBuild): FileToRead {
  const { published, asGiven } = layout;
  const path = build.published ? published : build.path;
  const opened = (): void => undefined;
  if (build.published && hasLog(published, asGiven) && !hasLog(build.path)) {
    const notice = `Another program wrote to ${asGiven} and left a log beside it. The log is not part of build ${build.id}, so it is not read. The next build processes it.`;
    const second = (build.record.copy?.foreign ?? 0) > 0 ? secondName(layout, build) : null;
    if (second === null) return { path: build.path, notice, opened };
    return { path: second, notice, opened: () => rmSync(second, { force: true }) };
  }
  if (!build.writtenTo) return { path, notice: null, opened };
  return {
    path,
    notice: `Another program changed the file of build ${build.id} after it was built: ${build.path}. The next build rebuilds all models.`,
    opened,
  };
}

/** A second name of the published file, which has objects of other programs too, without a log. Null if it cannot have one. */
function secondName(layout: Layout, build: FileBuild): string | null {
  const path = join(layout.builds, `${build.id}.${randomBytes(3).toString('hex')}.reading`);
  try {
    linkSync(layout.published, path);
    return path;
  } catch {
    return null;
  }
}
