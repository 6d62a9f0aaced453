/** Files below a folder of the project, each once, hidden and generated ones left out. */
import { readdirSync, realpathSync, statSync, type Stats } from 'node:fs';
import { extname, join, posix, relative, resolve, sep } from 'node:path';
import { TechstoreError } from '../errors.js';
import { kindOtherThanFile, whyUnreadable } from '../regular-file.js';
import type { ProjectFile } from './project-file.js';
import { byCodePoints } from './text-order.js';

const neverEntered = new Set(['node_modules', 'venv', '__pycache__']);

/** Whatever has one of these endings is meant for a reader of files. */
const resourceEndings: ReadonlySet<string> = new Set([
  '.sql',
  '.csv',
  '.yml',
  '.yaml',
  '.md',
  '.py',
]);

/** A folder that links lead to again is listed once more, so that what it holds twice is told as such. */
const mostVisits = 2;

/** Folders by their real paths. */
interface Visits {
  /** How often each was entered. */
  readonly count: Map<string, number>;
  /** Those that the walk is in now. */
  readonly open: Set<string>;
}

const newVisits = (): Visits => ({ count: new Map(), open: new Set() });

export class Walker {
  readonly #root: string;
  readonly #skipped: ReadonlySet<string>;
  readonly #prefix: string;
  readonly #cache = new Map<string, readonly ProjectFile[]>();

  /**
   * @param skipped absolute paths of folders that are not entered
   * @param prefix what messages put before a path in the root: the folder of a package, with its slash
   */
  constructor(root: string, skipped: ReadonlySet<string>, prefix = '') {
    this.#root = root;
    this.#skipped = skipped;
    this.#prefix = prefix;
  }

  /**
   * Sorted by the code points of their paths.
   * @throws TechstoreError 'project' on a folder or a file of a resource's ending that can't be
   * looked at, is no file, or has a name that is not UTF-8.
   */
  below(folder: string): readonly ProjectFile[] {
    const known = this.#cache.get(folder);
    if (known !== undefined) return known;
    const files: ProjectFile[] = [];
    const start = resolve(this.#root, folder);
    this.#visit(start, start, posix.normalize(toSlashes(folder)), newVisits(), files);
    files.sort((a, b) => byCodePoints(a.originalFilePath, b.originalFilePath));
    this.#cache.set(folder, files);
    return files;
  }

  #visit(start: string, dir: string, folder: string, visits: Visits, into: ProjectFile[]): void {
    let names: Buffer[];
    let real: string;
    try {
      names = readdirSync(dir, { encoding: 'buffer' });
      real = realpathSync(dir);
    } catch (cause) {
      // dbt takes a resource folder that is not there for an empty one.
      if (dir === start && (cause as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw this.#unreadable('The folder ', dir, whyUnreadable(cause), cause);
    }
    const visit = (visits.count.get(real) ?? 0) + 1;
    // Links to folders above would be followed for ever, and links beside links ever more often.
    if (visits.open.has(real) || visit > mostVisits) return;
    visits.count.set(real, visit);
    visits.open.add(real);
    for (const bytes of names) {
      const name = this.#nameOf(dir, bytes);
      if (name === null || name.startsWith('.') || neverEntered.has(name)) continue;
      const path = join(dir, name);
      const stat = this.#statOf(path);
      if (stat?.isDirectory() === true) {
        if (!this.#skipped.has(path)) this.#visit(start, path, folder, visits, into);
      } else if (stat !== null) {
        into.push({
          absolutePath: path,
          folder,
          path: toSlashes(relative(start, path)),
          originalFilePath: this.#prefix + toSlashes(relative(this.#root, path)),
        });
      }
    }
    visits.open.delete(real);
  }

  /** Null for what is of no interest: neither a folder nor a file. */
  #statOf(path: string): Stats | null {
    const isResource = resourceEndings.has(extname(path));
    let stat: Stats;
    try {
      stat = statSync(path);
    } catch (cause) {
      // What vanished, or was never there behind a link, matters only where it would be read.
      if (!isResource) return null;
      throw this.#unreadable('', path, whyUnreadable(cause), cause);
    }
    const kind = kindOtherThanFile(stat);
    if (kind === null || stat.isDirectory()) return stat;
    if (!isResource) return null;
    throw this.#unreadable('', path, `it is ${kind}`);
  }

  #nameOf(dir: string, bytes: Buffer): string | null {
    const name = bytes.toString('utf8');
    if (Buffer.from(name).equals(bytes)) return name;
    const path = Buffer.concat([Buffer.from(`${dir}${sep}`), bytes]);
    const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
    if (name.startsWith('.') || (!isFolder && !resourceEndings.has(extname(name)))) return null;
    throw new TechstoreError(
      'project',
      `${this.#nameInProject(dir)} holds a ${isFolder ? 'folder' : 'file'} whose name is not UTF-8: ${printable(bytes)}`,
      {
        hint: `Rename it. The command ls -b ${this.#nameInProject(dir)} shows the name in a form that you can type.`,
      },
    );
  }

  #nameInProject(path: string): string {
    return this.#prefix + (toSlashes(relative(this.#root, path)) || '.');
  }

  #unreadable(what: string, path: string, why: string, cause?: unknown): TechstoreError {
    const name = this.#nameInProject(path);
    return new TechstoreError('project', `${what}${name} cannot be read: ${why}`, {
      place: { file: name },
      ...(cause === undefined ? {} : { cause }),
    });
  }
}

export function toSlashes(path: string): string {
  return sep === '/' ? path : path.split(sep).join('/');
}

/** Bytes outside of printable ASCII as `\xNN`. */
function printable(bytes: Buffer): string {
  return [...bytes]
    .map((byte) =>
      byte >= 0x20 && byte < 0x7f
        ? String.fromCharCode(byte)
        : `\\x${byte.toString(16).padStart(2, '0')}`,
    )
    .join('');
}
