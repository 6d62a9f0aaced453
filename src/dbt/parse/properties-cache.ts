/**
 * Property files as they were read the last time, by the hash of their text: reading
 * YAML with places takes longer than all the rest of parsing. Kept in the target
 * folder as `partial_parse.json`; whatever is wrong with that file, it is read anew.
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Float } from '../../jinja/index.js';
import {
  lookUp,
  parseProperties,
  type ProjectFile,
  type Properties,
  readText,
} from '../../project/index.js';
import { readRegularFile } from '../../regular-file.js';
import { sha256 } from './workshop.js';

/** Raise it whenever the shape of Properties changes, or what is read into it. */
const format = 3;

interface Entry {
  readonly hash: string;
  readonly properties: unknown;
}

export class PropertiesCache {
  readonly #dir: string;
  readonly #version: string;
  readonly #known: Readonly<Record<string, Entry>>;
  readonly #used: Record<string, { readonly hash: string; readonly properties: Properties }> = {};
  #changed = false;

  constructor(dir: string, version: string) {
    this.#dir = dir;
    this.#version = `${format} ${version}`;
    this.#known = this.#read();
  }

  /** @throws as parseProperties does; a file with faults is never kept. */
  read(file: ProjectFile): Properties {
    const text = readText(file.absolutePath, file.originalFilePath);
    const hash = sha256(text);
    const known = lookUp(this.#known, file.originalFilePath);
    if (known?.hash === hash) {
      const properties = decoded(known.properties) as Properties;
      this.#used[file.originalFilePath] = { hash, properties };
      return properties;
    }
    const properties = parseProperties(text, file.originalFilePath, {
      // A float of YAML keeps its point, as in Python: 1.0 prints as 1.0.
      float: (value) => new Float(value),
    });
    this.#changed = true;
    this.#used[file.originalFilePath] = { hash, properties };
    return properties;
  }

  /** Writes what was read, if it is something new. A folder that can't be written is no fault here. */
  save(): void {
    if (!this.#changed) return;
    const path = join(this.#dir, 'partial_parse.json');
    try {
      mkdirSync(this.#dir, { recursive: true });
      writeFileSync(
        `${path}.${process.pid}`,
        JSON.stringify({ version: this.#version, files: encoded(this.#used) }),
      );
      renameSync(`${path}.${process.pid}`, path);
    } catch {
      // The next run reads the files again.
    }
  }

  #read(): Readonly<Record<string, Entry>> {
    try {
      const text = readRegularFile(join(this.#dir, 'partial_parse.json')).toString('utf8');
      const { version, files } = JSON.parse(text) as {
        version?: string;
        files?: Record<string, Entry>;
      };
      return version === this.#version && files !== undefined ? files : {};
    } catch {
      return {};
    }
  }
}

/** Floats and large integers have no JSON of their own; `undefined` means something in properties. */
type Marked =
  | { readonly $: 'float'; readonly of: number }
  | { readonly $: 'int'; readonly of: string }
  | { readonly $: 'none' };

function encoded(value: unknown): unknown {
  if (value instanceof Float) return { $: 'float', of: value.value } satisfies Marked;
  if (typeof value === 'bigint') return { $: 'int', of: String(value) } satisfies Marked;
  if (value === undefined) return { $: 'none' } satisfies Marked;
  if (Array.isArray(value)) return value.map(encoded);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, encoded(item)]));
  }
  return value;
}

function decoded(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) value[index] = decoded(item);
    return value;
  }
  const record = value as Record<string, unknown>;
  if ('$' in record) {
    const marked = record as unknown as Marked;
    if (marked.$ === 'float') return new Float(marked.of);
    if (marked.$ === 'int') return BigInt(marked.of);
    if (marked.$ === 'none') return undefined;
  }
  for (const key of Object.keys(record)) record[key] = decoded(record[key]);
  return record;
}
