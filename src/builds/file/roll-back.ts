/** Publishes a build that was kept. */
import { mustBePublishable } from '../build.js';
import type { RollbackOptions } from '../build-store.js';
import { readBuilds, type FileBuild } from './builds.js';
import { findAmong } from './find-among.js';
import { recordOf, type Layout } from './layout.js';
import { afterwards, publishKept } from './publish-kept.js';
import { settleFiles, swapBack, swapInLater } from './staged-files.js';
import { writeRecord } from './record.js';
import { mustBeWhole } from './verify-build.js';

/** Who calls it has the lock. See `FileBuilds.rollback`. */
export async function rollBack(layout: Layout, options: RollbackOptions): Promise<FileBuild> {
  const builds = readBuilds(layout);
  const target = findAmong(layout, options.to ?? 'previous');
  mustBePublishable(target);
  if (target.published && !target.touched) return target;
  mustBeWhole(target);
  const replaced = builds.find((b) => b.published);
  const warnings: string[] = [];
  await swapInLater(layout, target.id);
  let now: FileBuild;
  try {
    now = await publishKept(layout, target.record, warnings);
  } catch (error) {
    await swapBack(layout, target.id);
    throw error;
  }
  await afterwards(warnings, () => settleFiles(layout, target.id));
  for (const warning of warnings) options.onWarning?.(warning);
  if (replaced !== undefined && replaced.id > target.id) {
    const rolledBackAt = new Date().toISOString();
    await afterwards([], () =>
      writeRecord(recordOf(layout, replaced.id), { ...replaced.record, rolledBackAt }),
    );
  }
  return now;
}
