/** Who may read the published file stays as it was, whoever builds. */
import { chmodSync, chownSync, statSync } from 'node:fs';
import { isOneOf } from '../../fs-error.js';

/**
 * Gives `file` the mode of the file that it is about to replace, and its owner and group
 * as far as this user may. Does nothing when nothing is replaced.
 */
export function keepAccess(replaced: string, file: string): void {
  const before = statSync(replaced, { throwIfNoEntry: false });
  if (before === undefined) return;
  const now = statSync(file);
  if (before.uid !== now.uid || before.gid !== now.gid) {
    // Only root gives a file away; its owner may still give it to a group that he is in.
    if (!mayChown(file, before.uid, before.gid)) mayChown(file, now.uid, before.gid);
  }
  chmodSync(file, before.mode & 0o777);
}

function mayChown(file: string, uid: number, gid: number): boolean {
  try {
    chownSync(file, uid, gid);
    return true;
  } catch (error) {
    if (!isOneOf(error, ['EPERM', 'EINVAL', 'ENOSYS', 'ENOTSUP'])) throw error;
    return false;
  }
}
