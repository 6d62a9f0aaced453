/** Sources of files of this machine in a database in memory, for what is not published or not built yet. */
import { openDuckDB } from '../../engine/duckdb/index.js';
import type { Engine } from '../../engine/engine.js';
import { seedsOfSources } from '../../graph/index.js';
import type { Manifest, SourceNode } from '../../manifest/nodes.js';
import { loadSourceTables, sourcesOf, type SourceFiles } from '../load-files.js';
import { loadSeedFile } from '../seeds/load-seed-file.js';
import { loadSourceSeeds, type SourceSeed } from '../seeds/load-source-seeds.js';
import { isTyped } from '../source-table.js';

export interface LocalSources {
  readonly manifest: Manifest;
  /** What is asked for. */
  readonly sources: readonly SourceNode[];
  /** Files of `--sources`; null for the seeds that stand for sources. */
  readonly files: SourceFiles | null;
  /** Catalog that the sources are in. */
  readonly catalog: string;
  readonly warn: (text: string) => void;
}

/**
 * Close it. Tables of sources without a file are not in it.
 *
 * @throws TechstoreError `source` with the faults of the files
 */
export async function openLocalSources(local: LocalSources): Promise<Engine> {
  const engine = await openDuckDB({ path: null, catalog: local.catalog });
  try {
    const connection = await engine.connect();
    await load(local, engine, connection);
    await connection.release();
    return engine;
  } catch (error) {
    await engine.close();
    throw error;
  }
}

async function load(
  { manifest, sources, files, warn }: LocalSources,
  { dialect }: Engine,
  connection: Awaited<ReturnType<Engine['connect']>>,
): Promise<void> {
  const wanted = readOf(manifest, sources);
  if (files !== null) {
    const there = wanted.filter(({ uniqueId }) => files.paths.has(uniqueId));
    await loadSourceTables(there, files.dir, connection, dialect);
    return;
  }
  const seeds = seedsOfSources(manifest);
  const pairs = wanted.flatMap((source): SourceSeed[] => {
    const seed = manifest.nodes.get(seeds.get(source.uniqueId) ?? '');
    return seed?.resourceType === 'seed' ? [{ seed, source }] : [];
  });
  await loadSourceSeeds(
    pairs.filter(({ source }) => isTyped(source)),
    connection,
    dialect,
  );
  for (const { seed, source } of pairs) {
    if (isTyped(source)) continue;
    await connection.createSchema(seed);
    await loadSeedFile(seed, { connection, dialect, warn }, 'refuse');
  }
}

/** A query may read any source; a field reads its own, and the time of a file reads none. */
function readOf(manifest: Manifest, sources: readonly SourceNode[]): readonly SourceNode[] {
  return sources.some(({ loadedAtQuery }) => loadedAtQuery !== null)
    ? sourcesOf(manifest)
    : sources.filter(({ loadedAtField }) => loadedAtField !== null);
}
