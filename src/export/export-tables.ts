/** Tables as files of a folder: all of them or none, and never a half of one. */
import { randomBytes } from 'node:crypto';
import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RelationName } from '../engine/engine.js';
import { TechstoreError } from '../errors.js';
import { shortFileName } from '../manifest/file-name.js';
import { makeFolders } from '../ground/make-folders.js';
import type { FileFormat } from './copy-sql.js';

export interface ExportTable {
  /** Of the file, without its ending. */
  readonly name: string;
  readonly relation: RelationName;
}

export interface ExportRequest {
  /** Writes all rows of a table to a new file, and says how many. */
  readonly write: (relation: RelationName, path: string) => Promise<number>;
  readonly tables: readonly ExportTable[];
  /** Made where it does not exist. */
  readonly folder: string;
  readonly format: FileFormat;
  /** Replaces files that are there. */
  readonly force: boolean;
}

export interface ExportedFile {
  readonly name: string;
  /** Path in the folder as it was given. */
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
}

/**
 * Each file is written under a temporary name; when all are there, they get their own.
 * An error, or an interrupt, leaves the folder as it was.
 *
 * @throws TechstoreError `usage` where a file exists already, or the folder can't be written
 */
export async function exportTables(request: ExportRequest): Promise<readonly ExportedFile[]> {
  const { tables, folder, format } = request;
  const suffix = randomBytes(3).toString('hex');
  const files = tables.map(({ name, relation }) => {
    const file = shortFileName(`${fileName(name)}.${format}`);
    return {
      name,
      relation,
      path: join(folder, file),
      temporary: join(folder, `.${file}.${suffix}.tmp`),
    };
  });
  const paths = files.map(({ path }) => path);
  refuseExisting(paths, request.force);
  makeFolder(folder);
  try {
    const exported: ExportedFile[] = [];
    for (const { name, relation, path, temporary } of files) {
      const rows = await request.write(relation, temporary);
      exported.push({ name, file: path, rows, bytes: statSync(temporary).size });
    }
    // Looked at again: writing may have taken long enough for somebody else to put a file there.
    refuseExisting(paths, request.force);
    for (const { path, temporary } of files) renameSync(temporary, path);
    return exported;
  } finally {
    for (const { temporary } of files) rmSync(temporary, { force: true });
  }
}

/** Names come from a project's files; none may lead out of the folder. */
function fileName(name: string): string {
  return name.replace(/[/\\\0]/g, '_');
}

function refuseExisting(paths: readonly string[], force: boolean): void {
  const there = paths.filter((path) => existsSync(path));
  const folder = there.find((path) => statSync(path).isDirectory());
  if (folder !== undefined)
    throw new TechstoreError(
      'usage',
      `${folder} is a folder, but a file with this name must be written`,
    );
  const [first, ...more] = there;
  if (first === undefined || force) return;
  const others = more.length === 0 ? '' : ` and ${more.length} more`;
  throw new TechstoreError('usage', `${first}${others} exists already`, {
    hint: 'Nothing was written. Use --force to replace existing files, or choose another folder with --to.',
  });
}

function makeFolder(folder: string): void {
  try {
    makeFolders(folder);
  } catch (cause) {
    throw new TechstoreError('usage', `The folder ${folder} cannot be created`, {
      cause,
      hint: 'Choose another folder with --to, or check the permissions of its parent folder.',
    });
  }
}
