/** A DuckDB in memory that takes the place of the target's database where SQL is only read. */
import type { Profile } from '../project/index.js';
import type { EmptyTwin } from '../plan/bind-plan.js';

/** With the target's settings and extensions. Null for a target whose SQL DuckDB does not speak. */
export function emptyTwinOf({ target }: Profile): (() => Promise<EmptyTwin>) | null {
  if (!('extensions' in target)) return null;
  const { database, settings, extensions, root } = target;
  return async () => {
    const { openDuckDB } = await import('../engine/duckdb/index.js');
    const engine = await openDuckDB({
      path: null,
      threads: 1,
      catalog: database,
      settings,
      extensions,
      ...(root === undefined ? {} : { searchPath: root }),
    });
    return {
      connection: await engine.connect(),
      dialect: engine.dialect,
      close: () => engine.close(),
    };
  };
}
