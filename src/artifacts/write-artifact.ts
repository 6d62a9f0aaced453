/** Writes an artifact so that no reader ever sees half of one. */
import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TechstoreError } from '../errors.js';
import { makeFolders } from '../ground/make-folders.js';

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EEXIST: 'a file exists where the folder should be',
  EISDIR: 'a folder exists where the file should be',
};

/**
 * Writes `json` to `dir/name` by way of a temporary file, and makes the folder.
 *
 * @returns the path that was written
 * @throws TechstoreError 'project' where the folder cannot be written
 */
export async function writeArtifact(dir: string, name: string, json: unknown): Promise<string> {
  return writeArtifactText(dir, name, JSON.stringify(json));
}

/** The same for JSON that is a text already. */
export async function writeArtifactText(dir: string, name: string, text: string): Promise<string> {
  const path = join(dir, name);
  const temporary = join(dir, `.${name}.${randomUUID()}.tmp`);
  try {
    makeFolders(dir);
    await writeFile(temporary, text);
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw notWritten(path, cause);
  }
  return path;
}

/**
 * Makes the target folder, before anything runs whose results belong there.
 *
 * @throws TechstoreError 'project' where it cannot be made
 */
export async function makeTargetFolder(dir: string): Promise<void> {
  try {
    makeFolders(dir);
  } catch (cause) {
    throw notWritten(dir, cause);
  }
}

function notWritten(path: string, cause: unknown): TechstoreError {
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  const reason = reasons[code] ?? (cause instanceof Error ? cause.message : String(cause));
  return new TechstoreError('project', `${path} cannot be written: ${reason}`, {
    hint: 'Set target-path in dbt_project.yml to a folder that you can write to.',
    cause,
  });
}
