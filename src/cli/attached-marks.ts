/** Whether databases that the profile attaches hold what they held. */
import { statSync } from 'node:fs';
import type { Profile } from '../project/index.js';

/** By name, in lower case: size and time of the last change of the file and its logs. */
export function attachedMarks({ target }: Profile): ReadonlyMap<string, string> {
  const marks = new Map<string, string>();
  const attached = 'attach' in target ? (target.attach ?? []) : [];
  for (const { alias, path } of attached) {
    const files = [path, `${path}.wal`, `${path}-wal`].map((file) => {
      const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
      return stat === undefined ? null : `${stat.size} ${stat.mtimeNs}`;
    });
    marks.set(alias.toLowerCase(), JSON.stringify([path, ...files]));
  }
  return marks;
}
