/** Archives of packages: one folder with the package, as `.tar.gz`. */
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as tar from 'tar';
import { TechstoreError, type Place } from '../errors.js';

/** No package of dbt's comes near. */
const maxBytes = 2 ** 30;
const maxFiles = 50_000;

export interface Unpacked {
  /** Absolute: the one folder at the top of the archive. */
  readonly folder: string;
  /** Links, which are left out. */
  readonly links: readonly string[];
}

/**
 * Nothing is written before the whole list of the archive is known to be good.
 *
 * @param into a folder that is made
 * @throws TechstoreError `project` for a path that leads out of the archive's folder, or what is no such archive
 */
export async function unpack(
  archive: string,
  into: string,
  { what, place }: { readonly what: string; readonly place: Place },
): Promise<Unpacked> {
  const refuse = (why: string, cause?: unknown): TechstoreError =>
    new TechstoreError('project', `The archive of ${what} cannot be unpacked: ${why}`, {
      place,
      ...(cause === undefined ? {} : { cause }),
    });
  const links: string[] = [];
  let bytes = 0;
  let files = 0;
  let fault: TechstoreError | undefined;
  const look = (entry: tar.ReadEntry): void => {
    bytes += entry.size;
    files += 1;
    if (isOutside(entry.path)) fault ??= refuse(`${entry.path} leads out of its folder`);
    else if (isLink(entry)) links.push(entry.path);
    if (bytes > maxBytes || files > maxFiles) fault ??= refuse('it is too large');
  };
  mkdirSync(into, { recursive: true });
  try {
    await tar.t({ file: archive, strict: true, onReadEntry: look });
    if (fault === undefined) {
      await tar.x({
        file: archive,
        cwd: into,
        strict: true,
        noMtime: true,
        filter: (_path, entry) => !('type' in entry) || isContent(entry.type),
      });
    }
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error), error);
  }
  if (fault !== undefined) throw fault;
  const [top, ...more] = readdirSync(into);
  if (top === undefined || more.length > 0) {
    throw refuse('it must hold one folder, with the package in it');
  }
  return { folder: join(into, top), links };
}

function isContent(type: string): boolean {
  return ['File', 'OldFile', 'ContiguousFile', 'Directory'].includes(type);
}

function isLink({ type }: tar.ReadEntry): boolean {
  return type === 'SymbolicLink' || type === 'Link';
}

function isOutside(path: string): boolean {
  return path.split(/[/\\]/).includes('..') || /^([/\\]|[A-Za-z]:)/.test(path);
}
