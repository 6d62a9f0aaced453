/** Builds are kept in a folder named after the published file without its ending: two files may have one. */
import { statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { TechstoreError } from '../../errors.js';
import { isThatCopy, namesIn, readBuilds } from './builds.js';
import type { Layout } from './layout.js';

/**
 * Refuses to keep the builds of two files in one folder: a rollback would go to a build of the
 * other, and a prune would remove what the other needs. Code `publish`.
 */
export function refuseSharedFolder(layout: Layout): void {
  const here = basename(layout.published);
  const stem = withoutEnding(here);
  const others = namesIn(layout.folder).filter(
    (name) => name !== here && withoutEnding(name) === stem && isFile(join(layout.folder, name)),
  );
  if (others.length === 0) return;
  const copies = readBuilds(layout).flatMap(({ record }) => record.copy ?? []);
  const owner = others.find((name) => {
    const file = statSync(join(layout.folder, name), { bigint: true });
    return copies.some((copy) => isThatCopy(copy, file));
  });
  if (owner === undefined) return;
  throw new TechstoreError(
    'publish',
    `${layout.asGiven} cannot keep its builds in ${basename(layout.builds)}: the builds of ${owner} are there.`,
    {
      hint: 'Give one of the two files another name (before the last dot), or move it to another folder.',
    },
  );
}

function withoutEnding(name: string): string {
  return basename(name, extname(name));
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
