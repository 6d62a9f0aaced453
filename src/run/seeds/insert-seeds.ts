/**
 * Loads seeds into a database that cannot read files: reads them here by the same rules, and writes
 * them with INSERTs of many rows.
 */
import type { SeedNode } from '../../manifest/nodes.js';
import { runHooks } from '../materialize.js';
import type { Made } from '../made.js';
import { ensureSchema, type NodeRun } from '../node-run.js';
import type { SourceSeed } from './load-source-seeds.js';
import { type ReadSeed, SeedReader } from './seed-reader.js';
import { seedStatements } from './seed-statements.js';

/** Loads a seed that does not stand for a source. */
export async function insertSeed(seed: SeedNode, run: NodeRun): Promise<Made> {
  const reader = await SeedReader.open(seed.database);
  try {
    const loaded = await reader.load(seed, run);
    const relationName = await writeSeed(seed, loaded, reader, run);
    return { rows: loaded.rows, relationName, relationType: 'table', message: 'seed' };
  } finally {
    await reader.close();
  }
}

/**
 * Loads seeds that stand for sources, with the sources' columns. All files are checked before the
 * first table changes.
 *
 * @param written called for each loaded table, with its name in SQL and its number of rows
 * @throws TechstoreError `source` with the errors of all files
 */
export async function insertSourceSeeds(
  pairs: readonly SourceSeed[],
  runs: readonly NodeRun[],
  listener: {
    readonly started: (seed: SeedNode) => void;
    readonly written: (seed: SeedNode, name: string, rows: number, thread: number) => void;
  },
): Promise<void> {
  const [database] = pairs.map(({ seed }) => seed.database);
  if (database === undefined) return;
  const reader = await SeedReader.open(database);
  try {
    const counts = await reader.loadSources(pairs);
    const left = pairs.map(({ seed }) => seed);
    await Promise.all(
      runs.map(async (run, thread) => {
        for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
          listener.started(seed);
          const rows = counts.get(seed.uniqueId) ?? 0;
          const name = await writeSeed(seed, { rows, types: new Map() }, reader, run);
          listener.written(seed, name, rows, thread + 1);
        }
      }),
    );
  } finally {
    await reader.close();
  }
}

/** @returns its name in SQL */
async function writeSeed(
  seed: SeedNode,
  expected: ReadSeed,
  reader: SeedReader,
  run: NodeRun,
): Promise<string> {
  const relation = { database: seed.database, schema: seed.schema, identifier: seed.alias };
  const name = run.dialect.renderRelation(relation);
  await ensureSchema(run, seed);
  await runHooks(seed.config.preHook, seed, run);
  const { columns, batches } = await reader.rows(relation, expected.types);
  let written = 0;
  for await (const { sql, rows } of seedStatements(name, columns, batches, run.dialect)) {
    await run.connection.run(sql);
    written += rows;
  }
  if (written !== expected.rows) {
    throw new Error(`The seed ${seed.name} has ${expected.rows} rows, but ${written} were written`);
  }
  await runHooks(seed.config.postHook, seed, run);
  return name;
}
