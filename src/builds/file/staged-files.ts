/**
 * The files of external models. A build writes each beside its place, as `<place>.<build>.new`. A
 * publish moves what is there to `<place>.<build>.old` and the new ones into their places just before
 * the database is renamed, and removes the old ones after it. A list of them lies beside the build, so
 * that the next command can go back or go on after a kill.
 */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { TechstoreError } from '../../errors.js';
import type { DuckDBEngine } from '../../engine/duckdb/index.js';
import type { ExternalFile, ExternalFiles } from '../external-files.js';
import { writeWhole } from './files.js';
import { externalOf, type Layout } from './layout.js';

interface Staged extends ExternalFile {
  readonly staged: string;
  readonly old: string;
}

interface Files {
  /** True between the first move into place and the end of the publish. */
  readonly swapped: boolean;
  readonly files: readonly Staged[];
}

export class StagedFiles implements ExternalFiles {
  readonly #layout: Layout;
  readonly #id: string;
  readonly #own: ReadonlySet<string>;
  #files: Staged[] = [];
  #writing: Promise<void> = Promise.resolve();

  /**
   * @param own locations that the published build wrote
   * @param resumed id of the build that this one goes on in
   */
  constructor(layout: Layout, id: string, own: readonly string[], resumed: string | undefined) {
    this.#layout = layout;
    this.#id = id;
    this.#own = new Set(own);
    if (resumed !== undefined) this.#files = [...(readFiles(layout, resumed)?.files ?? [])];
  }

  get locations(): readonly string[] {
    return this.#files.map(({ location }) => location);
  }

  isOwn(location: string): boolean {
    return this.#own.has(location);
  }

  async stage(file: ExternalFile): Promise<string> {
    const { location } = file;
    const staged = `${location}.${this.#id}.new`;
    if (this.#files.some((other) => other.location === location && other.staged === staged)) {
      throw new TechstoreError('publish', `Two models write to ${location}`, {
        hint: "Give one of them another 'location'.",
      });
    }
    const before = this.#files.filter((other) => other.location === location);
    this.#files = this.#files.filter((other) => other.location !== location);
    this.#files.push({ ...file, staged, old: `${location}.${this.#id}.old` });
    this.#writing = this.#writing.then(() => this.#write(false));
    await this.#writing;
    for (const { staged: path } of before) rmSync(path, { recursive: true, force: true });
    mkdirSync(dirname(location), { recursive: true });
    rmSync(staged, { recursive: true, force: true });
    return staged;
  }

  /** Moves the files into their places, and has the views of the build read them there. */
  async swapIn(engine: DuckDBEngine): Promise<void> {
    if (this.#files.length === 0) return;
    await this.#write(true);
    swapIn(this.#files);
    const connection = await engine.connect();
    for (const { view } of this.#files) await connection.run(view);
    await connection.release();
  }

  async #write(swapped: boolean): Promise<void> {
    const files: Files = { swapped, files: this.#files };
    await writeWhole(externalOf(this.#layout, this.#id), JSON.stringify(files));
  }
}

function swapIn(files: readonly Staged[]): void {
  for (const { location, staged, old } of files) {
    if (!existsSync(staged)) continue;
    if (existsSync(location) && !existsSync(old)) renameSync(location, old);
    renameSync(staged, location);
  }
}

/** For a build that was complete and could not be published before. */
export async function swapInLater(layout: Layout, id: string): Promise<void> {
  const found = readFiles(layout, id);
  if (found === null) return;
  await writeWhole(externalOf(layout, id), JSON.stringify({ ...found, swapped: true }));
  swapIn(found.files);
}

/** The build was not published: what was there is there again. */
export async function swapBack(layout: Layout, id: string): Promise<void> {
  const found = readFiles(layout, id);
  if (found?.swapped !== true) return;
  for (const { location, staged, old } of found.files) {
    if (existsSync(staged)) continue;
    if (existsSync(location)) renameSync(location, staged);
    if (existsSync(old)) renameSync(old, location);
  }
  await writeWhole(externalOf(layout, id), JSON.stringify({ ...found, swapped: false }));
}

/** The build is published: what its files replaced goes. */
export function settleFiles(layout: Layout, id: string): void {
  const found = readFiles(layout, id);
  if (found === null) return;
  for (const { location, old, stays, ending } of found.files) {
    if (!existsSync(old)) continue;
    if (stays !== 'nothing' && lstatSync(old).isDirectory())
      moveBack(old, location, stays === 'rest' ? null : ending);
    rmSync(old, { recursive: true, force: true });
  }
  rmSync(externalOf(layout, id), { force: true });
}

/** The build goes: its files go, unless another build goes on in it. */
export function removeFiles(layout: Layout, id: string): void {
  const found = readFiles(layout, id);
  if (found === null) return;
  const inUse = new Set(
    readdirSync(layout.builds)
      .filter((name) => name.endsWith('.external.json') && !name.startsWith(`${id}.`))
      .flatMap((name) => readFiles(layout, name.slice(0, -'.external.json'.length))?.files ?? [])
      .map(({ staged }) => staged),
  );
  for (const { staged } of found.files) {
    if (!inUse.has(staged)) rmSync(staged, { recursive: true, force: true });
  }
  rmSync(externalOf(layout, id), { force: true });
}

/** @param except ending of the files that do not stay; null to keep all that are not there now */
function moveBack(from: string, to: string, except: string | null): void {
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) moveBack(source, target, except);
    else if (!existsSync(target) && !(except !== null && entry.name.endsWith(except))) {
      mkdirSync(to, { recursive: true });
      renameSync(source, target);
    }
  }
}

function readFiles(layout: Layout, id: string): Files | null {
  const path = externalOf(layout, id);
  if (!existsSync(path)) return null;
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Files;
  } catch {
    return null;
  }
}
