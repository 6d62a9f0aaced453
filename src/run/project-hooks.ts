/** on-run-start and on-run-end of dbt_project.yml. */
import { TechstoreError, type Place } from '../errors.js';
import type { NodeRun } from './node-run.js';

export interface ProjectHook {
  readonly sql: string;
  readonly place: Place;
}

export async function runProjectHooks(hooks: readonly ProjectHook[], run: NodeRun): Promise<void> {
  for (const hook of hooks) {
    const sql = await run.compiler.renderText(hook.sql, hook.place, null, { backend: run.backend });
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
