/** Traced columns that are kept between runs: tracing a large query takes seconds. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readRegularFile } from '../../regular-file.js';
import type { ColumnSource } from '../lineage.js';
import type { TypedColumn } from './query.js';

export interface KnownColumns {
  /** Hash of all that the answer depends on. */
  readonly key: string;
  readonly columns: readonly TypedColumn[];
  /** For each column; missing while only the columns were asked for. */
  readonly sources?: readonly (readonly ColumnSource[] | null)[];
  readonly gap: string | null;
  /** True where the query calls its tables by their own names. */
  readonly plainNames?: boolean;
}

export function hashOf(...parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

export class ColumnCache {
  readonly #path: string | null;
  readonly #version: string;
  #entries: Record<string, KnownColumns> | null = null;
  #changed = false;

  /**
   * @param path its file, or null to keep nothing
   * @param version answers of another version are forgotten
   */
  constructor(path: string | null, version: string) {
    this.#path = path;
    this.#version = version;
  }

  async get(id: string, key: string): Promise<KnownColumns | null> {
    const entries = await this.#load();
    const known = Object.hasOwn(entries, id) ? entries[id] : undefined;
    return known?.key === key ? known : null;
  }

  async set(id: string, known: KnownColumns): Promise<void> {
    (await this.#load())[id] = known;
    this.#changed = true;
  }

  /** Writes what is new. A folder that can't be written costs time at the next run, and no more. */
  async save(): Promise<void> {
    if (this.#path === null || !this.#changed) return;
    const temporary = `${this.#path}.${randomUUID()}.tmp`;
    try {
      await mkdir(dirname(this.#path), { recursive: true });
      await writeFile(
        temporary,
        JSON.stringify({ version: this.#version, entries: this.#entries }),
      );
      await rename(temporary, this.#path);
      this.#changed = false;
    } catch {
      await rm(temporary, { force: true }).catch(() => undefined);
    }
  }

  async #load(): Promise<Record<string, KnownColumns>> {
    this.#entries ??= await this.#read();
    return this.#entries;
  }

  async #read(): Promise<Record<string, KnownColumns>> {
    if (this.#path === null) return {};
    try {
      const kept = JSON.parse(readRegularFile(this.#path).toString('utf8')) as {
        version?: unknown;
        entries?: unknown;
      };
      const { entries } = kept;
      if (kept.version !== this.#version || typeof entries !== 'object' || entries === null)
        return {};
      return Object.fromEntries(Object.entries(entries).filter(([, entry]) => isKnown(entry)));
    } catch {
      return {};
    }
  }
}

/** A file that someone else wrote must not break the command. */
function isKnown(entry: unknown): entry is KnownColumns {
  if (typeof entry !== 'object' || entry === null) return false;
  const { key, columns, sources } = entry as Partial<Record<keyof KnownColumns, unknown>>;
  return (
    typeof key === 'string' &&
    Array.isArray(columns) &&
    columns.every((c: unknown) => typeof (c as TypedColumn | null)?.name === 'string') &&
    (sources === undefined || (Array.isArray(sources) && sources.length === columns.length))
  );
}
