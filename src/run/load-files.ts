/** The files that sources come from: a folder that the user names, or seeds of the same relation. */
import { dirname, join, relative } from 'node:path';
import { TechstoreError } from '../errors.js';
import type { Connection, Dialect } from '../engine/engine.js';
import type { Manifest, SeedNode, SourceNode } from '../manifest/nodes.js';
import { checkFolder, fingerprintFile, loadSources, type SourceTable } from '../sources/index.js';
import { hash } from './fingerprint.js';
import { sourceDatabase } from './run-seed.js';

export interface SourceFiles {
  readonly dir: string;
  /** Fingerprint by the unique id of the source: what is in its file, and the types of its columns. */
  readonly fingerprints: ReadonlyMap<string, string>;
  readonly warnings: readonly string[];
}

/**
 * Looks at the folder's files without reading them into anything.
 *
 * @throws TechstoreError `source` when the folder is not there
 */
export async function sourceFiles(manifest: Manifest, dir: string): Promise<SourceFiles> {
  const sources = sourcesOf(manifest);
  if (sources.length === 0) {
    throw new TechstoreError('usage', 'The project has no sources to load', {
      hint: 'Describe them under sources: in a YAML file of the models folder, or leave --sources out.',
    });
  }
  const check = await naming(
    dir,
    checkFolder(
      dir,
      sources.map((source) => source.name),
    ),
  );
  const fingerprints = new Map<string, string>();
  for (const file of check.files) {
    const source = sources.find((candidate) => candidate.name === file.table);
    if (source === undefined) continue;
    const columns = JSON.stringify(Object.values(source.columns).map((c) => [c.name, c.dataType]));
    fingerprints.set(source.uniqueId, hash('source', await fingerprintFile(file.path), columns));
  }
  return { dir, fingerprints, warnings: check.warnings };
}

export function sourcesOf(manifest: Manifest): SourceNode[] {
  return [...manifest.nodes.values()].filter((node) => node.resourceType === 'source');
}

/** Loads the tables of the sources, all or none; rows by unique id. */
export async function loadSourceTables(
  sources: readonly SourceNode[],
  dir: string,
  connection: Connection,
  dialect: Dialect,
): Promise<Map<string, number>> {
  if (sources.length === 0) return new Map();
  for (const { database, schema } of sources) await connection.createSchema({ database, schema });
  const loaded = await naming(
    dir,
    loadSources(sourceDatabase(connection), {
      dir,
      tables: sources.map((source) => tableOf(source, dialect)),
    }),
  );
  const rows = new Map<string, number>();
  for (const source of sources) {
    const table = loaded.find(({ name }) => name === source.name);
    if (table !== undefined) rows.set(source.uniqueId, table.rows);
  }
  return rows;
}

/** True where every column of the source has a type, so that a seed's file can be checked against them. */
export function isTyped(source: SourceNode): boolean {
  const columns = Object.values(source.columns);
  return columns.length > 0 && columns.every((column) => column.dataType !== null);
}

function tableOf(source: SourceNode, dialect: Dialect, name = source.name): SourceTable {
  const untyped = Object.values(source.columns).filter((column) => column.dataType === null);
  if (!isTyped(source)) {
    throw new TechstoreError(
      'source',
      untyped.length === 0
        ? `The source ${source.sourceName}.${source.name} describes no columns`
        : `The source ${source.sourceName}.${source.name} has columns without a data_type: ${untyped.map((c) => c.name).join(', ')}`,
      {
        place: source.place,
        hint: 'Files are read by the types that the YAML gives: describe every column.',
      },
    );
  }
  return {
    name,
    relation: dialect.renderRelation({
      database: source.database,
      schema: source.schema,
      identifier: source.identifier,
    }),
    columns: Object.values(source.columns).map((column) => ({
      name: column.name,
      type: column.dataType ?? '',
    })),
  };
}

/**
 * Loads seeds that stand for sources, by the sources' columns: a fault in any of the
 * files stops everything, with one list over all files. Rows by the seed's unique id.
 */
export async function loadSourceSeeds(
  pairs: readonly { readonly seed: SeedNode; readonly source: SourceNode }[],
  connection: Connection,
  dialect: Dialect,
): Promise<Map<string, number>> {
  const rows = new Map<string, number>();
  const folders = new Map<string, { seed: SeedNode; source: SourceNode }[]>();
  for (const pair of pairs) {
    const dir = join(pair.seed.rootPath, dirname(pair.seed.originalFilePath));
    folders.set(dir, [...(folders.get(dir) ?? []), pair]);
  }
  for (const [dir, members] of folders) {
    for (const { source } of members) {
      await connection.createSchema({ database: source.database, schema: source.schema });
    }
    const loaded = await naming(
      dir,
      loadSources(sourceDatabase(connection), {
        dir,
        tables: members.map(({ seed, source }) => tableOf(source, dialect, seed.name)),
      }),
    );
    for (const table of loaded) {
      const pair = members.find(({ seed }) => seed.name === table.name);
      if (pair !== undefined) rows.set(pair.seed.uniqueId, table.rows);
    }
  }
  return rows;
}

/** The same, where errors name the folder: the reader tells the files of it alone. */
async function naming<T>(dir: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof TechstoreError) || error.code !== 'source' || error.place !== undefined)
      throw error;
    const near = relative(process.cwd(), dir);
    const file = near === '' ? '.' : near.startsWith('..') ? dir : near;
    throw new TechstoreError('source', error.message, {
      place: { file },
      exitCode: error.exitCode,
      cause: error,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    });
  }
}
