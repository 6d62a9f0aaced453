/**
 * Whether a file still holds what it held when it was built. Size and time of change tell where
 * they are the same; a copy of the project has other times, and then its content decides.
 */
import type { BigIntStats } from 'node:fs';
import { isOpenHere } from '../../engine/duckdb/registry.js';
import { checkStorage, contentMark, type StorageCheck } from '../../engine/duckdb/storage-file.js';
import { kindOtherThanFile, whyUnreadable } from '../../regular-file.js';
import type { FileMark } from './file-record.js';

/** A file as it was built: its mark, and the mark of what it held (null where that is not known). */
export interface BuiltFile extends FileMark {
  readonly content: string | null;
}

export function hasMark(file: BigIntStats, mark: FileMark): boolean {
  return Number(file.size) === mark.size && String(file.mtimeNs) === mark.mtimeNs;
}

/**
 * True where something was written to the file. It reads a part of it only where size or time are
 * other ones; one whose content was not marked counts as written to then, and so does one that
 * this process has open (see engine/duckdb/registry.ts) and has not looked at before.
 */
export function wasWrittenTo(path: string, file: BigIntStats, built: BuiltFile): boolean {
  return !hasMark(file, built) && (built.content === null || markOf(path, file) !== built.content);
}

/**
 * What is damaged, for people; null for a file that is whole. It is read from end to end where size
 * or time are other ones than when it was built.
 */
export function damageOf(path: string, file: BigIntStats, built: BuiltFile): string | null {
  const kind = kindOtherThanFile(file);
  if (kind !== null) return `its file is ${kind}`;
  return hasMark(file, built) ? null : damageIn(checkOf(path, file));
}

/** The words for what a check found; null where it found nothing. */
export function damageIn(check: StorageCheck | null): string | null {
  return check?.damage === undefined || check.damage === null
    ? null
    : `its file is damaged: ${check.damage}`;
}

/** What this process has read already, by the file's identity and times. */
const marks = new Map<string, string | null>();
const checks = new Map<string, StorageCheck | null>();

/** The mark of what a file holds now; null where it can't be told. */
export function markOf(path: string, file: BigIntStats): string | null {
  return remembered(marks, path, file, () => contentMark(path));
}

function checkOf(path: string, file: BigIntStats): StorageCheck | null {
  return remembered(checks, path, file, () => {
    try {
      return checkStorage(path);
    } catch (error) {
      return { state: 'damaged', damage: whyUnreadable(error), mark: null };
    }
  });
}

function remembered<T>(
  known: Map<string, T | null>,
  path: string,
  file: BigIntStats,
  read: () => T | null,
): T | null {
  const key = [file.dev, file.ino, file.size, file.mtimeNs, file.ctimeNs].join(' ');
  const before = known.get(key);
  if (before !== undefined) return before;
  if (!file.isFile() || isOpenHere(path)) return null;
  let value: T | null;
  try {
    value = read();
  } catch {
    // Gone or not to be read: whoever opens it tells.
    value = null;
  }
  known.set(key, value);
  return value;
}
