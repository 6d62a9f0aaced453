import type { Build } from '../../builds/index.js';
import type { CheckOptions } from './check-source.js';

/** When the files of sources were written, as the build that loaded them has it; else as `now` says. */
export function recordedTimes(
  build: Build | null,
  now: CheckOptions['fileTime'],
): CheckOptions['fileTime'] {
  const recorded = new Map(
    (build?.record.freshness ?? []).flatMap(({ uniqueId, fromFile, maxLoadedAt }) =>
      fromFile && maxLoadedAt !== null ? [[uniqueId, new Date(maxLoadedAt)]] : [],
    ),
  );
  return (source) => recorded.get(source.uniqueId) ?? now(source);
}
