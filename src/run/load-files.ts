/** The files of sources: a folder that the user names, or seeds with the same relation. */
import { TechstoreError } from '../errors.js';
import type { Connection, Dialect } from '../engine/engine.js';
import type { Manifest, SourceNode } from '../manifest/nodes.js';
import { checkFolder, fingerprintFile, loadSources } from '../sources/index.js';
import { hash } from './fingerprint.js';
import { namingFolder, sourceDatabase, tableOf } from './source-table.js';

export interface SourceFiles {
  readonly dir: string;
  /** Fingerprints by the source's unique id: of its file's content and its columns' types. */
  readonly fingerprints: ReadonlyMap<string, string>;
  /** Path of the file by the unique id of the source. */
  readonly paths: ReadonlyMap<string, string>;
  readonly warnings: readonly string[];
}

/**
 * Fingerprints the folder's files without loading them.
 *
 * @throws TechstoreError `source` if the folder does not exist
 */
export async function sourceFiles(manifest: Manifest, dir: string): Promise<SourceFiles> {
  const sources = sourcesOf(manifest);
  if (sources.length === 0) {
    throw new TechstoreError('usage', 'The project has no sources to load', {
      hint: 'Describe them under sources: in a YAML file of the models folder, or remove --sources.',
    });
  }
  const check = await namingFolder(
    dir,
    checkFolder(
      dir,
      sources.map((source) => source.name),
    ),
  );
  const fingerprints = new Map<string, string>();
  const paths = new Map<string, string>();
  for (const file of check.files) {
    const source = sources.find((candidate) => candidate.name === file.table);
    if (source === undefined) continue;
    const columns = JSON.stringify(Object.values(source.columns).map((c) => [c.name, c.dataType]));
    paths.set(source.uniqueId, file.path);
    fingerprints.set(source.uniqueId, hash('source', await fingerprintFile(file.path), columns));
  }
  return { dir, fingerprints, paths, warnings: check.warnings };
}

/** @throws TechstoreError `unsupported` where a store of builds takes no files */
export function refuseFiles(
  files: SourceFiles | null,
  { loadsFiles }: { readonly loadsFiles: boolean },
): void {
  if (files === null || loadsFiles) return;
  throw new TechstoreError('unsupported', '--sources works only with targets of type duckdb', {
    hint: 'On Databricks, sources are tables of the catalog.',
  });
}

export function sourcesOf(manifest: Manifest): SourceNode[] {
  return [...manifest.nodes.values()].filter((node) => node.resourceType === 'source');
}

/** Loads the tables of all sources, or none. @returns row counts by unique id */
export async function loadSourceTables(
  sources: readonly SourceNode[],
  dir: string,
  connection: Connection,
  dialect: Dialect,
): Promise<Map<string, number>> {
  if (sources.length === 0) return new Map();
  for (const { database, schema } of sources) await connection.createSchema({ database, schema });
  const loaded = await namingFolder(
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
