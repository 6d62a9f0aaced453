/** Finds out how fresh sources are, several at a time. */
import type { Compiler } from '../../dbt/compile.js';
import type { Engine } from '../../engine/engine.js';
import type { FreshnessResult } from '../../manifest/freshness.js';
import type { SourceNode } from '../../manifest/nodes.js';
import { backendOf } from '../node-run.js';
import { checkSource, type CheckOptions } from './check-source.js';

export interface CheckSourcesOptions extends CheckOptions {
  readonly threads: number;
  readonly onStart?: (source: SourceNode) => void;
  readonly onResult?: (source: SourceNode, result: FreshnessResult) => void;
}

/** Results in the order of the sources. */
export async function checkSources(
  sources: readonly SourceNode[],
  engine: Engine,
  compiler: Compiler,
  options: CheckSourcesOptions,
): Promise<FreshnessResult[]> {
  const left = [...sources];
  const results = new Map<string, FreshnessResult>();
  const threads = Math.min(options.threads, sources.length);
  await Promise.all(
    Array.from({ length: threads }, async (_, index) => {
      const connection = await engine.connect();
      try {
        const { dialect } = engine;
        const run = { connection, dialect, compiler, backend: backendOf(connection) };
        for (let source = left.shift(); source !== undefined; source = left.shift()) {
          options.onStart?.(source);
          const result = await checkSource(source, run, index + 1, options);
          results.set(source.uniqueId, result);
          options.onResult?.(source, result);
        }
      } finally {
        await connection.release();
      }
    }),
  );
  return sources.flatMap(({ uniqueId }) => results.get(uniqueId) ?? []);
}
