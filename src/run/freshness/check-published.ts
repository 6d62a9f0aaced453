/** The sources of a build that finds nothing to do: time alone makes them stale. */
import type { BuildOutcome, BuildRequest } from '../build-request.js';
import { checkSources } from './check-sources.js';
import { checksOf, isStale, warningsOf } from './checks.js';
import { nodeResultOf } from './node-result-of.js';
import { recordedTimes } from './recorded-times.js';

/** The outcome with what was found in the published build. */
export async function withPublishedFreshness(
  request: BuildRequest,
  outcome: BuildOutcome,
): Promise<BuildOutcome> {
  const { store, manifest, compiler, listener, signal, threads } = request;
  const { sources, options } = checksOf(request, {
    sourcesExist: !store.loadsFiles,
    resumes: false,
    base: null,
  });
  if (sources.length === 0) return outcome;
  const opened = await store.openSources();
  if (opened === null) return outcome;
  const { engine } = opened;
  const stop = (): void => engine.interruptAll();
  signal.addEventListener('abort', stop);
  try {
    listener.started(sources.length);
    const freshness = await checkSources(sources, engine, compiler, {
      ...options,
      fileTime: recordedTimes(opened.build, options.fileTime),
      threads: Math.max(1, threads),
      onStart: (source) => listener.nodeStarted(source),
      onResult: (source, result) => listener.nodeFinished(source, nodeResultOf(result)),
    });
    const warnings = warningsOf(freshness, manifest);
    for (const warning of warnings) listener.warn(warning);
    return {
      ...outcome,
      freshness,
      warnings: [...outcome.warnings, ...warnings],
      ok: outcome.ok && !freshness.some(isStale),
    };
  } finally {
    signal.removeEventListener('abort', stop);
    await opened.close();
  }
}
