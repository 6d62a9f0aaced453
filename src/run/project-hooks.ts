/** on-run-start and on-run-end of dbt_project.yml. */
import { TechstoreError, type Place } from '../errors.js';
import type { Value } from '../jinja/index.js';
import type { NodeRun } from './node-run.js';

export interface ProjectHook {
  readonly sql: string;
  readonly place: Place;
}

/** @param names what these hooks see besides the names that every template sees */
export async function runProjectHooks(
  hooks: readonly ProjectHook[],
  run: NodeRun,
  names: ReadonlyMap<string, Value> = new Map(),
): Promise<void> {
  const options = { backend: run.backend, names };
  for (const hook of hooks) {
    const sql = await run.compiler.renderText(hook.sql, hook.place, null, options);
    if (sql.trim() === '') continue;
    try {
      await run.connection.run(sql);
    } catch (error) {
      if (error instanceof TechstoreError && error.code === 'interrupted') throw error;
      throw new TechstoreError(
        'database',
        `A hook of the run failed: ${error instanceof Error ? error.message : String(error)}`,
        { place: hook.place, excerpt: sql, exitCode: 1, cause: error },
      );
    }
  }
}
