/** Reads the file of a build from end to end. */
import { TechstoreError } from '../../errors.js';
import { isOpenHere } from '../../engine/duckdb/registry.js';
import { checkStorage } from '../../engine/duckdb/storage-file.js';
import { whyUnreadable } from '../../regular-file.js';
import type { Verified } from '../verified-file.js';
import type { FileBuild } from './builds.js';
import { damageIn } from './file-content.js';
import { hasLog } from '../../engine/duckdb/logs.js';

/** Verifies the kept file of a build. */
export function verifyBuild(build: FileBuild): Verified {
  const content = build.record.content ?? null;
  const isLogged = hasLog(build.path);
  return verifyFile(build.path, content, isLogged || (content === null && build.modified));
}

/**
 * @param content the expected content mark, from `contentMark`; null if unknown
 * @param writtenTo true if it is already known that another program wrote to the file
 */
export function verifyFile(path: string, content: string | null, writtenTo: boolean): Verified {
  if (isOpenHere(path)) return { state: 'unknown', problem: 'this process has it open' };
  let check;
  try {
    check = checkStorage(path);
  } catch (error) {
    return { state: 'damaged', problem: `its file cannot be read: ${whyUnreadable(error)}` };
  }
  if (check.state === 'damaged') return { state: 'damaged', problem: damageIn(check) };
  if (writtenTo || (content !== null && check.mark !== null && check.mark !== content))
    return { state: 'changed', problem: 'another program wrote to it after it was built' };
  if (check.state === 'unknown')
    return { state: 'unknown', problem: 'its storage layout cannot be checked' };
  return { state: 'whole', problem: null };
}

/** Throws code `publish` if the build's file is damaged or another program wrote to it. */
export function mustBeWhole(build: FileBuild): void {
  const { state, problem } = verifyBuild(build);
  if (state === 'damaged') {
    throw new TechstoreError('publish', `Build ${build.id} cannot be published: ${problem}.`, {
      hint: 'Choose another build (`techstore builds verify` checks all of them), or build again.',
    });
  }
  if (state === 'changed') {
    throw new TechstoreError(
      'publish',
      `The file of build ${build.id} was changed after it was built.`,
      { hint: 'Choose another build, or build again.' },
    );
  }
}
