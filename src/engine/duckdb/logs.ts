/**
 * The logs that DuckDB keeps beside a file while a program writes to it. A program that was killed
 * leaves one, and whoever opens the file next reads what is in it, as if it were in the file.
 */
import { statSync } from 'node:fs';

const endings = ['.wal', '.wal.checkpoint', '.wal.recovery'] as const;

export function logsOf(database: string): readonly string[] {
  return endings.map((ending) => withEnding(database, ending));
}

/** The log of ordinary writes. */
export function walOf(database: string): string {
  return withEnding(database, endings[0]);
}

/** DuckDB puts the ending before the first question mark of the whole path, as in an address. */
function withEnding(database: string, ending: string): string {
  const at = database.indexOf('?');
  return at === -1 ? `${database}${ending}` : database.slice(0, at) + ending + database.slice(at);
}

/** True where a log that holds anything lies beside one of these names of a file. */
export function hasLog(...databases: readonly string[]): boolean {
  return databases.some((database) => logsOf(database).some(isLog));
}

/** True where a file of this name holds anything. */
export function isLog(path: string): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat !== undefined && (!stat.isFile() || stat.size > 0);
}
