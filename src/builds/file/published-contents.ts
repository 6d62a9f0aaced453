/** Objects in the published file that do not belong to its build. */
import { statSync } from 'node:fs';
import { DatabaseError } from '../../engine/database-error.js';
import { TechstoreError } from '../../errors.js';
import { copyMarkOf, isLinked, readBuilds, type FileBuild } from './builds.js';
import type { CatalogObject } from '../catalog-object.js';
import { without } from './catalog-objects.js';
import { objectsOf, objectsOfAll, refuseTaken, withoutSchemas } from './foreign-objects.js';
import type { PublishedContents } from '../build-store.js';
import type { RelationPlace } from '../../manifest/node-state.js';
import type { Layout } from './layout.js';
import { publishedObjects, replayLog, settledInstant } from './published-file.js';
import type { CopyMark } from './file-record.js';
import { compareWithKept, type Contents } from './same-as-kept.js';

/** True if another program wrote to the published file, or has a log beside it. Opens no file. */
export function isWrittenTo(build: FileBuild | null): boolean {
  return build?.touched === true;
}

export async function publishedContents(layout: Layout): Promise<PublishedContents | null> {
  if (statSync(layout.published, { throwIfNoEntry: false }) === undefined) return null;
  const builds = readBuilds(layout);
  const build = builds.find((b) => b.published) ?? null;
  try {
    const compares = build !== null && isWrittenTo(build) && !isLinked(layout, build);
    const { found, changed }: Contents = compares
      ? await compareWithKept(layout, build)
      : { found: await publishedObjects(layout), changed: false };
    const made = (build === null ? null : await objectsOf(build)) ?? objectsOfAll(builds);
    return { foreign: withoutSchemas(without(found, made)), changed, message: null };
  } catch (error) {
    if (!(error instanceof TechstoreError)) throw error;
    return { foreign: null, changed: false, message: error.message };
  }
}

export async function checkForeign(
  layout: Layout,
  relations: readonly RelationPlace[],
): Promise<void> {
  if (statSync(layout.published, { throwIfNoEntry: false }) === undefined) return;
  const build = readBuilds(layout).find((b) => b.published) ?? null;
  if (build?.record.copy?.foreign === 0 && !isWrittenTo(build)) return;
  const found = await readableObjects(layout);
  if (found === null || build === null) return;
  if (build.record.state === 'imported' && isLinked(layout, build)) return;
  const objects = await objectsOf(build);
  if (objects === null) return;
  const made = relations.map(({ schema, identifier }) => ({
    kind: 'table' as const,
    schema,
    name: identifier,
  }));
  refuseTaken(layout, without(found, objects), made);
}

/** Null where the last step will find out: a program has the file now, or it is damaged. */
async function readableObjects(layout: Layout): Promise<readonly CatalogObject[] | null> {
  try {
    return await publishedObjects(layout);
  } catch (error) {
    if (error instanceof DatabaseError && error.kind === 'newer-storage') throw error;
    if (error instanceof TechstoreError) return null;
    throw error;
  }
}

export interface Written {
  /** The new mark of the file; null if the build must be published again; `open` if a program has it open for writing. */
  readonly mark: CopyMark | null | 'open';
  readonly warnings: readonly string[];
}

/** Examines what another program did to the published file. Replays a log that it left. */
export async function lookAtWritten(layout: Layout, build: FileBuild): Promise<Written> {
  const warnings: string[] = [];
  try {
    const laidAside = await replayLog(layout);
    if (laidAside !== null) warnings.push(laidAside);
    const since = await settledInstant(layout);
    const { copy } = build.record;
    const { found, changed } = await compareWithKept(layout, build);
    if (!changed && since !== null && copy !== null) {
      const foreign = withoutSchemas(without(found, (await objectsOf(build)) ?? [])).length;
      // As it was before it was compared: what is written from then on shows.
      const { size, mtimeNs } = since;
      const now = copyMarkOf(layout.published, foreign);
      const mark = { ...now, size: Number(size), mtimeNs: String(mtimeNs) };
      return { mark, warnings };
    }
  } catch (error) {
    if (error instanceof TechstoreError && error.code === 'lock') {
      warnings.push(
        `Another program has ${layout.asGiven} open for writing. The next build processes what it writes.`,
      );
      return { mark: 'open', warnings };
    }
    if (!(error instanceof DatabaseError)) throw error;
  }
  warnings.push(
    `Another program changed tables of the project in ${layout.asGiven}. Build ${build.id} is published again without these changes.`,
  );
  return { mark: null, warnings };
}
