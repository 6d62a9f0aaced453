/** The published file after another program wrote to it. */
import { isLinked, readBuilds } from './builds.js';
import { recordOf, type Layout } from './layout.js';
import { publishKept } from './publish-kept.js';
import { lookAtWritten } from './published-contents.js';
import { writeRecord } from './record.js';

/** Who calls it has the lock. See `FileBuilds.tidyPublished`. */
export async function tidyPublished(layout: Layout): Promise<readonly string[]> {
  const build = readBuilds(layout).find((b) => b.published);
  if (build === undefined || isLinked(layout, build)) return [];
  const { warnings, mark } = await lookAtWritten(layout, build);
  if (mark === 'open') return warnings;
  if (mark !== null) {
    const record = { ...build.record, copy: mark, nextCopy: null };
    await writeRecord(recordOf(layout, build.id), record);
    return warnings;
  }
  const told = [...warnings];
  await publishKept(layout, build.record, told);
  return told;
}
