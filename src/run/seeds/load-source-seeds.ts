import { dirname, join } from 'node:path';
import type { Connection, Dialect } from '../../engine/engine.js';
import type { SeedNode, SourceNode } from '../../manifest/nodes.js';
import { loadSources } from '../../sources/index.js';
import { namingFolder, sourceDatabase, tableOf } from '../source-table.js';

/** A seed that stands for a source. */
export interface SourceSeed {
  readonly seed: SeedNode;
  readonly source: SourceNode;
}

/**
 * Loads seeds that stand for sources, with the sources' columns. If a file has errors, nothing is
 * loaded, and one error lists those of all files. Returns row counts by the seed's unique id.
 */
export async function loadSourceSeeds(
  pairs: readonly SourceSeed[],
  connection: Connection,
  dialect: Dialect,
): Promise<Map<string, number>> {
  const rows = new Map<string, number>();
  const folders = new Map<string, SourceSeed[]>();
  for (const pair of pairs) {
    const dir = join(pair.seed.rootPath, dirname(pair.seed.originalFilePath));
    folders.set(dir, [...(folders.get(dir) ?? []), pair]);
  }
  for (const [dir, members] of folders) {
    for (const { source } of members) {
      await connection.createSchema({ database: source.database, schema: source.schema });
    }
    const loaded = await namingFolder(
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
