/** Two builds opened beside each other, and the tables that are compared. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rowKeys } from '../../diff/row-keys.js';
import type { TablePair } from '../../diff/table-change.js';
import type { DuckDBEngine } from '../../engine/duckdb/index.js';
import type { RelationName } from '../../engine/engine.js';
import { TechstoreError } from '../../errors.js';
import type { Manifest } from '../../manifest/nodes.js';
import type { Build, BuildStore } from '../../publish/index.js';
import { tablesOf, type BuildTable } from '../build-tables.js';

export interface TwoBuilds {
  readonly from: Build;
  readonly to: Build;
}

/** By default what is published against the build before it; one name is compared with what is published. */
export function twoBuilds(store: BuildStore, names: readonly string[]): TwoBuilds {
  if (names.length > 2) {
    throw new TechstoreError('usage', `Only two builds can be compared, not ${names.length}`);
  }
  if (store.listBuilds().length === 0) {
    throw new TechstoreError('publish', 'There are no builds yet', {
      hint: 'Run: techstore build',
    });
  }
  const [from = 'previous', to = 'published'] = names;
  const builds = { from: store.showBuild(from), to: store.showBuild(to) };
  if (builds.from.id === builds.to.id) {
    throw new TechstoreError('usage', `Both are the build ${builds.from.id}`, {
      hint: 'Name two builds: techstore builds list shows them.',
    });
  }
  return builds;
}

/** One engine with both builds, and where each of their tables is in it. */
export interface OpenedBuilds {
  readonly engine: DuckDBEngine;
  relationOf(side: 'from' | 'to', table: BuildTable): RelationName;
}

/** @param catalog what the views of a build call their own database */
export async function openBuilds(builds: TwoBuilds, catalog: string): Promise<OpenedBuilds> {
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
  };
}

/** A view names its tables with their database: it can be read only while its build has that name. */
async function keepViews(
  engine: DuckDBEngine,
  build: Build,
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

/** A table is the same one where schema and name are, whichever node made it: a seed or a file. */
export function pairsOf(
  builds: TwoBuilds,
  opened: OpenedBuilds,
  manifest: Manifest | null,
  chosen: (table: BuildTable) => boolean,
): readonly TablePair[] {
  const pairs = new Map<string, { from: BuildTable | null; to: BuildTable | null }>();
  for (const side of ['to', 'from'] as const) {
    for (const table of tablesOf(builds[side].record).filter(chosen)) {
      const place = `${table.schema}.${table.identifier}`.toLowerCase();
      const pair = pairs.get(place) ?? { from: null, to: null };
      pair[side] ??= table;
      pairs.set(place, pair);
    }
  }
  return [...pairs.values()].map(({ from, to }) => {
    const table = (to ?? from) as BuildTable;
    return {
      name: table.name,
      from: from === null ? null : opened.relationOf('from', from),
      to: to === null ? null : opened.relationOf('to', to),
      keys: manifest === null ? [] : rowKeys(manifest, table.id),
    };
  });
}
