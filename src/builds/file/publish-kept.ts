/** The last step of a publish. Objects of other programs in the published file stay. */
import { describeObjects, type CatalogObject } from '../catalog-object.js';
import { findBuild } from '../build.js';
import type { UsedTables } from '../existing-tables.js';
import { isLinked, readBuilds, type FileBuild } from './builds.js';
import { among, without } from './catalog-objects.js';
import type { CopyMark, FileRecord } from './file-record.js';
import { objectsOf, objectsOfAll, refuseTaken, withoutSchemas } from './foreign-objects.js';
import { importForeign } from './import-foreign.js';
import { recordOf, type Layout } from './layout.js';
import { writeRecord } from './record.js';
import { replacePublished, type Division } from './replace-published.js';

/**
 * Publishes a kept build. Failures after the build is published are warnings, not exceptions.
 *
 * @param warnings receives these warnings
 * @param existing what the build just read of tables of other programs
 */
export async function publishKept(
  layout: Layout,
  record: FileRecord,
  warnings: string[],
  existing: UsedTables | null = null,
): Promise<FileBuild> {
  const warn = (message: string) => {
    if (!warnings.includes(message)) warnings.push(message);
  };
  let copy: CopyMark | null = null;
  await replacePublished(layout, {
    id: record.id,
    take: record.state === 'imported' ? (record.objects ?? null) : null,
    divide: (found) => divide(layout, record, found, warn),
    beforeCommit: async (made) => {
      copy = made;
      await writeRecord(recordOf(layout, record.id), { ...record, nextCopy: made });
    },
    warn,
    existing,
  });
  // It is published from here on. What follows writes that down, and so would the next clean-up.
  await afterwards(warnings, () =>
    writeRecord(recordOf(layout, record.id), {
      ...record,
      copy,
      state: record.state === 'imported' ? 'imported' : 'published',
      publishedAt: new Date().toISOString(),
      rolledBackAt: null,
    }),
  );
  return findBuild(readBuilds(layout), record.id);
}

/** Decides which objects in the published file stay when the next build is published. */
async function divide(
  layout: Layout,
  next: FileRecord,
  found: readonly CatalogObject[] | null,
  warn: (message: string) => void,
): Promise<Division> {
  const builds = readBuilds(layout);
  const current = builds.find((b) => b.published) ?? null;
  if (found === null) {
    if (current?.touched === false && current.record.copy?.foreign === 0) {
      return { drop: [], foreign: [] };
    }
    const message = `${layout.asGiven} is damaged and cannot be read.`;
    const id = await importForeign(layout, { next, current, objects: undefined, message });
    warn(
      `${message} It is kept as build ${id}. Objects of other programs in it are not published.`,
    );
    return { drop: [], foreign: [] };
  }
  if (found.length === 0) return { drop: [], foreign: [] };
  // A file that was imported, and not replaced then, is judged anew: the project may have changed.
  const isNew =
    current === null || (current.record.state === 'imported' && isLinked(layout, current));
  const objects = isNew ? null : await objectsOf(current);
  if (objects !== null) {
    const foreign = without(found, objects);
    refuseTaken(layout, foreign, next.objects ?? []);
    return { drop: among(found, objects), foreign };
  }
  const replaced = withoutSchemas(among(found, objectsOfAll(builds, next)));
  const id = await importForeign(layout, {
    next,
    current,
    objects: replaced,
    message: 'was at the published path before the first build was published there',
  });
  if (replaced.length > 0) {
    warn(
      `The project replaced objects of another program: ${describeObjects(replaced, 3)}. Build ${id} keeps them.`,
    );
  }
  return { drop: replaced, foreign: without(found, replaced) };
}

/** Once a build is published, nothing may report that it is not. */
export async function afterwards<T>(
  warnings: string[],
  work: () => T | Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    warnings.push(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}
