/**
 * What files looked like when they were read. A file counts as the same while its
 * inode, size and times do: the time of its last change of state (ctime) can't be set
 * by hand, so that an edit which keeps size and modification time is seen too.
 */
import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Path to mark; null where there is no such file. */
export type FileMarks = Readonly<Record<string, string | null>>;

const neverEntered = new Set(['node_modules', 'venv', '__pycache__', '.git']);

export function markOfFile(path: string): string | null {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (stat === undefined) return null;
  return `${stat.ino} ${stat.size} ${stat.mtimeNs} ${stat.ctimeNs}`;
}

export function marksOfFiles(paths: readonly string[]): FileMarks {
  return Object.fromEntries(paths.map((path) => [path, markOfFile(path)]));
}

/** Every file below the folders, whatever it is; a folder that is not there has none. */
export function marksBelow(folders: readonly string[]): FileMarks {
  const marks: Record<string, string | null> = {};
  const visited = new Set<string>();
  const visit = (folder: string): void => {
    const real = realpathSync(folder);
    if (visited.has(real)) return;
    visited.add(real);
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      const isFolder = entry.isSymbolicLink()
        ? statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
        : entry.isDirectory();
      if (!isFolder) marks[path] = markOfFile(path);
      else if (!neverEntered.has(entry.name)) visit(path);
    }
  };
  for (const folder of folders) {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) visit(folder);
  }
  return marks;
}

export function sameMarks(before: FileMarks, now: FileMarks): boolean {
  const paths = Object.keys(before);
  return (
    paths.length === Object.keys(now).length && paths.every((path) => before[path] === now[path])
  );
}

/** True where no file changed at or after an instant, in milliseconds since 1970. */
export function allOlderThan(marks: FileMarks, instant: number): boolean {
  return Object.values(marks).every((mark) => {
    if (mark === null) return true;
    const [, , modified = '0', changed = '0'] = mark.split(' ');
    return [modified, changed].every((ns) => Number(BigInt(ns) / 1_000_000n) < instant);
  });
}
