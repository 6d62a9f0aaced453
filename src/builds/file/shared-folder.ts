/** The folder of builds has the name of the published file without its extension, so two files may share one. */
import { statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { TechstoreError } from '../../errors.js';
import { isThatCopy, namesIn, readBuilds } from './builds.js';
import type { Layout } from './layout.js';

/**
 * Throws code `publish` if another file keeps its builds in this folder: a rollback could publish a
 * build of the other file, and a prune could remove it.
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
