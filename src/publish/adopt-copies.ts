import { statSync } from 'node:fs';
import { isSameFile, markOf, readBuilds, type Build } from './builds.js';
import { hasMark } from './file-content.js';
import { recordOf, type Layout } from './layout.js';
import { writeRecord, type CopyMark } from './record.js';

/**
 * After a copy of the project the files are other ones: notes their times in the records of the
 * builds that hold what they held, so that nobody need read them again to know. Under the lock.
 */
export async function adoptCopies(layout: Layout): Promise<void> {
  for (const build of readBuilds(layout)) {
    const { record } = build;
    if ((record.content ?? null) === null) continue;
    const file = statSync(build.path, { bigint: true });
    const copy = copyOf(layout, build);
    if ((hasMark(file, record.file) && copy === record.copy) || build.modified) continue;
    const { size, mtimeNs } = markOf(build.path);
    await writeRecord(recordOf(layout, build.id), { ...record, file: { size, mtimeNs }, copy });
  }
}

/** The mark of the published file where it is another one than the kept one; the record's where that is right. */
function copyOf(layout: Layout, build: Build): CopyMark | null {
  const known = build.record.copy;
  if (!build.published) return known;
  const file = statSync(layout.published, { bigint: true });
  if (isSameFile(file, statSync(build.path, { bigint: true }))) return known;
  if (known !== null && known.ino === String(file.ino) && hasMark(file, known)) return known;
  return { ...known, ...markOf(layout.published) };
}
