/** The sources that a build looks at, and what it finds. */
import { nodeName } from '../../manifest/node-name.js';
import type { Manifest, SourceNode } from '../../manifest/nodes.js';
import type { FreshnessResult, RecordedFreshness } from '../../manifest/freshness.js';
import { newestOf } from '../../ground/freshness.js';
import type { Attempt } from '../../builds/index.js';
import type { BuildRequest } from '../build-request.js';
import { isChecked, type CheckOptions } from './check-source.js';
import { fileTimes } from './file-times.js';
import { nodeResultOf } from './node-result-of.js';

export interface Checks {
  readonly sources: readonly SourceNode[];
  readonly options: CheckOptions;
  /** By unique id; it grows. */
  readonly results: Map<string, FreshnessResult>;
}

type Asked = Pick<BuildRequest, 'command' | 'manifest' | 'selected' | 'files' | 'execute'>;

/**
 * Of a build, the selected sources that have a threshold; of one that is resumed, those too that it
 * looked at before, or a retry would get past them. Of other commands, none.
 */
export function checksOf(
  { command, manifest, selected, files, execute }: Asked,
  { sourcesExist, resumes, base }: Pick<Attempt, 'sourcesExist' | 'resumes' | 'base'>,
): Checks {
  const before = resumes ? (base?.record.freshness ?? []) : [];
  const asked = new Set([...selected, ...before.map(({ uniqueId }) => uniqueId)]);
  const sources = [...manifest.nodes.values()].filter(
    (node): node is SourceNode =>
      command === 'build' &&
      node.resourceType === 'source' &&
      asked.has(node.uniqueId) &&
      isChecked(node),
  );
  return {
    sources,
    options: {
      fileTime: sourcesExist ? () => undefined : fileTimes(manifest, files),
      redact: execute.redact,
    },
    results: new Map(),
  };
}

export function isStale({ status }: Pick<FreshnessResult, 'status'>): boolean {
  return status === 'error' || status === 'runtime error';
}

/** Of sources that may be used all the same: a sentence each. */
export function warningsOf(results: Iterable<FreshnessResult>, manifest: Manifest): string[] {
  return [...results]
    .filter(({ status }) => status === 'warn')
    .map((result) => {
      const node = manifest.nodes.get(result.uniqueId);
      const name = node === undefined ? result.uniqueId : nodeName(node);
      return `The source ${name} is ${nodeResultOf(result).message ?? 'stale'}`;
    });
}

export function recordedFreshness(
  results: Iterable<FreshnessResult>,
  manifest: Manifest,
): RecordedFreshness[] {
  return [...results].flatMap((result): RecordedFreshness[] => {
    const node = manifest.nodes.get(result.uniqueId);
    if (node?.resourceType !== 'source') return [];
    const { maxLoadedAt, snapshottedAt, criteria } = result;
    return [
      {
        uniqueId: result.uniqueId,
        sourceName: node.sourceName,
        name: node.name,
        status: result.status,
        error: result.error,
        maxLoadedAt: newestOf(maxLoadedAt)?.toISOString() ?? null,
        checkedAt: (snapshottedAt ?? new Date()).toISOString(),
        warnAfter: criteria.warnAfter,
        errorAfter: criteria.errorAfter,
        fromFile: result.fromFile ?? false,
      },
    ];
  });
}
