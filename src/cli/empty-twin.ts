/** A DuckDB in memory that takes the place of the target's database where SQL is only read. */
import type { openDuckDB as OpenDuckDB } from '../engine/duckdb/index.js';
import type { Profile } from '../project/index.js';
import type { EmptyTwin } from '../plan/bind-plan.js';

/** With the target's settings and extensions. Null for a target whose SQL DuckDB does not speak. */
export function emptyTwinOf({ target }: Profile): (() => Promise<EmptyTwin>) | null {
  if (!('extensions' in target)) return null;
  const { database, settings, extensions, root } = target;
  const searchPath = root === undefined ? {} : { searchPath: root };
  return () => emptyDuckDB({ catalog: database, settings, extensions, ...searchPath });
}

/** A database in memory that is asked for columns only. */
export async function emptyDuckDB(
  options: Omit<Parameters<typeof OpenDuckDB>[0], 'path' | 'threads'>,
): Promise<EmptyTwin> {
  const { openDuckDB } = await import('../engine/duckdb/index.js');
  const engine = await openDuckDB({ ...options, path: null, threads: 1 });
  const connection = await engine.connect();
  // No plan of it ever runs, and to optimize one takes longer than to find its columns.
  await connection.run('PRAGMA disable_optimizer');
  return { connection, dialect: engine.dialect, close: () => engine.close() };
}
