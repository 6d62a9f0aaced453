import { statSync } from 'node:fs';
import { copyMarkOf, isLinked, isThatCopy, markOf, readBuilds, type FileBuild } from './builds.js';
import { hasMark } from './file-content.js';
import { recordOf, type Layout } from './layout.js';
import { writeRecord } from './record.js';
import type { CopyMark } from './file-record.js';

/**
 * After a copy of the project the files are other ones: notes their times in the records of the
 * builds that hold what they held, so that nobody need read them again to know. Under the lock.
 */
export async function adoptCopies(layout: Layout): Promise<void> {
  for (const build of readBuilds(layout)) {
    const { record } = build;
    if ((record.content ?? null) === null) continue;
    const copy = copyOf(layout, build);
    const isKnown = hasMark(statSync(build.path, { bigint: true }), record.file);
    if ((isKnown && copy === record.copy) || build.modified) continue;
    const file = markOf(build.path);
    await writeRecord(recordOf(layout, build.id), { ...record, file, copy });
  }
}

/** The mark of the published file where it is another one than was noted, and holds the same. */
function copyOf(layout: Layout, build: FileBuild): CopyMark | null {
  const { copy, nextCopy = null } = build.record;
  if (!build.published || isLinked(layout, build)) return copy;
  const file = statSync(layout.published, { bigint: true });
  if ([copy, nextCopy].some((mark) => mark && isThatCopy(mark, file)) || build.touched) return copy;
  return copyMarkOf(layout.published, copy?.foreign ?? 0);
}
