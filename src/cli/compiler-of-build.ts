/** Compiles SQL for a build whose tables may lie elsewhere than the project says. */
import type { Compiler } from '../dbt/compile.js';
import { relocateTo, relocatedCompiler } from '../run/warehouse/relocate.js';
import type { LoadedProject } from './load.js';
import type { OpenBuild } from './open-build.js';

/** The project's own compiler, but for a build on a warehouse: its tables are in its own schema. */
export function compilerOf({ compiler, manifest }: LoadedProject, opened: OpenBuild): Compiler {
  if (opened.build === null || opened.engine.type === 'duckdb') return compiler;
  return relocatedCompiler(
    compiler,
    relocateTo(manifest, ({ schema, alias }) => {
      const { schema: now, identifier } = opened.relationOf({ schema, identifier: alias });
      return { schema: now, alias: identifier };
    }),
  );
}
