/** What a resumed build begins with. */
import { constants } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { TechstoreError } from '../../errors.js';
import { isUnfinished } from '../build.js';
import type { FileBuild } from './builds.js';

/** An unfinished build stays as it is until the resumed one has ended, so that a kill loses nothing. */
export async function copyUnfinished(build: FileBuild, to: string): Promise<void> {
  if (!isUnfinished(build)) {
    throw new TechstoreError('publish', `Build ${build.id} did not fail, so it cannot be resumed.`);
  }
  await copyFile(build.path, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
}
