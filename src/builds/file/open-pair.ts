/** Opens two builds in one DuckDB instance. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBEngine } from '../../engine/duckdb/index.js';
import type { RelationName } from '../../engine/engine.js';
import { tablesOf, type BuildTable } from '../build-tables.js';
import type { OpenPair } from '../open-build.js';
import type { FileBuild } from './builds.js';

interface Pair {
  readonly from: FileBuild;
  readonly to: FileBuild;
}

/** @param catalog what the views of a build call their own database */
export async function openPair(builds: Pair, catalog: string): Promise<OpenPair> {
  const { openDuckDB } = await import('../../engine/duckdb/index.js');
  // In memory, so that there is room for what views give; a database in memory spills to where it is told.
  const engine = await openDuckDB({
    path: null,
    catalog: 'techstore_diff',
    tempDirectory: join(tmpdir(), `techstore-diff-${process.pid}`),
  });
  const views = new Map<string, RelationName>();
  try {
    for (const side of ['from', 'to'] as const) {
      const build = builds[side];
      const ofBuild = tablesOf(build.record).filter(({ isView }) => isView);
      if (ofBuild.length > 0) await keepViews(engine, build, side, catalog, ofBuild, views);
      await engine.attach({ path: build.path, catalog: `build_${side}`, readOnly: true });
    }
  } catch (error) {
    await engine.close();
    throw error;
  }
  return {
    engine,
    relationOf: (side, { schema, identifier, id }) =>
      views.get(`${side} ${id}`) ?? { database: `build_${side}`, schema, identifier },
    close: () => engine.close(),
  };
}

/** A view names its tables with their database: it can be read only while its build has that name. */
async function keepViews(
  engine: DuckDBEngine,
  build: FileBuild,
  side: 'from' | 'to',
  catalog: string,
  tables: readonly BuildTable[],
  views: Map<string, RelationName>,
): Promise<void> {
  await engine.attach({ path: build.path, catalog, readOnly: true });
  const connection = await engine.connect();
  const { dialect } = engine;
  for (const { id, schema, identifier } of tables) {
    const kept = { database: engine.database, schema: 'main', identifier: `${side} ${id}` };
    await connection.run(
      `CREATE TABLE ${dialect.renderRelation(kept)} AS FROM ${dialect.renderRelation({ database: catalog, schema, identifier })}`,
    );
    views.set(`${side} ${id}`, kept);
  }
  await connection.release();
  await engine.detach(catalog);
}
