/**
 * `clone` on a warehouse, as dbt-databricks does it: a table is cloned shallowly, so that no data is copied, and of
 * all else a view is made that reads it.
 */
import type { Connection, Engine } from '../../engine/engine.js';
import { TechstoreError } from '../../errors.js';
import type { ClonedTable, DeferredTable } from '../attempt.js';

interface Into {
  readonly engine: Engine;
  readonly threads: number;
}

/** @param tables with their places in the build */
export async function cloneEach(
  tables: readonly DeferredTable[],
  { engine, threads }: Into,
  done: (cloned: ClonedTable) => void,
): Promise<void> {
  const left = [...tables];
  const work = async (): Promise<void> => {
    const connection = await engine.connect();
    try {
      for (let next = left.shift(); next !== undefined; next = left.shift())
        done(await cloneOne(next, connection, engine));
    } catch (error) {
      left.length = 0;
      throw error;
    } finally {
      await connection.release();
    }
  };
  const works = Array.from({ length: Math.max(1, Math.min(threads, tables.length)) }, work);
  const ended = await Promise.allSettled(works);
  const failed = ended.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

async function cloneOne(
  { id, relation, place }: DeferredTable,
  connection: Connection,
  { dialect, database }: Engine,
): Promise<ClonedTable> {
  const begun = performance.now();
  const from = dialect.renderRelation(relation);
  const relationName = dialect.renderRelation({ database, ...place });
  connection.tag?.({ techstore_node: id });
  try {
    const type = await connection.relationType(relation);
    if (type === null) {
      throw new TechstoreError(
        'selection',
        `The state has ${relation.database}.${relation.schema}.${relation.identifier}, but it is not in the catalog`,
        { hint: 'Build it there first, or build it here.' },
      );
    }
    await connection.run(
      type === 'table'
        ? `create or replace table ${relationName} shallow clone ${from}`
        : `create or replace view ${relationName} as\nselect * from ${from}`,
    );
    const seconds = (performance.now() - begun) / 1000;
    const made = { rows: null, relationType: type, relationName, seconds, asOf: null };
    return { id, made };
  } catch (error) {
    if (!(error instanceof TechstoreError) || error.code === 'interrupted') throw error;
    return { id, error };
  }
}
