/** Finds objects of other programs in the published file, by the record of the published build. */
import { TechstoreError } from '../../errors.js';
import type { FileBuild } from './builds.js';
import { describeObjects, type CatalogObject } from '../catalog-object.js';
import { among, objectsIn } from './catalog-objects.js';
import type { Layout } from './layout.js';
import type { FileRecord } from './file-record.js';

/**
 * The objects of a build; null if unknown: its record does not list them, and its file also has
 * objects of other programs.
 */
export async function objectsOf(build: FileBuild): Promise<readonly CatalogObject[] | null> {
  if (build.record.objects !== undefined) return build.record.objects;
  if (build.modified || build.record.state === 'imported') return null;
  const { openDuckDB } = await import('../../engine/duckdb/index.js');
  const engine = await openDuckDB({ path: build.path, readOnly: true, catalog: 'techstore_kept' });
  try {
    return await objectsIn(await engine.connect(), engine.database);
  } finally {
    await engine.close();
  }
}

/** The objects of all these builds, and of the next one to publish. */
export function objectsOfAll(
  builds: readonly FileBuild[],
  ...next: readonly FileRecord[]
): readonly CatalogObject[] {
  return [...builds.map(({ record }) => record), ...next]
    .filter(({ state }) => state !== 'imported')
    .flatMap(({ objects }) => objects ?? []);
}

/**
 * @param made the objects to publish
 * @throws TechstoreError `publish` if other programs have objects with these names
 */
export function refuseTaken(
  layout: Layout,
  foreign: readonly CatalogObject[],
  made: readonly CatalogObject[],
): void {
  // A schema is shared: what is in it counts.
  const taken = withoutSchemas(among(foreign, made));
  if (taken.length === 0) return;
  throw new TechstoreError(
    'publish',
    `${layout.asGiven} contains objects of another program under names of the project: ${describeObjects(taken, 3)}`,
    {
      hint: 'techstore does not replace objects that the project cannot build. Give the model another alias or schema, or rename or drop the objects.',
    },
  );
}

export function withoutSchemas(objects: readonly CatalogObject[]): readonly CatalogObject[] {
  return objects.filter(({ kind }) => kind !== 'schema');
}
