/** When the local files were last written that sources are loaded from. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { seedsOfSources } from '../../graph/index.js';
import type { Manifest, SourceNode } from '../../manifest/nodes.js';
import type { SourceFiles } from '../load-files.js';

/**
 * @param files those of `--sources`; null where seeds stand for sources
 * @returns undefined for a source that no file of this machine stands for
 */
export function fileTimes(
  manifest: Manifest,
  files: Pick<SourceFiles, 'paths'> | null,
): (source: SourceNode) => Date | undefined {
  const seeds = files === null ? seedsOfSources(manifest) : new Map<string, string>();
  const pathOf = (id: string): string | undefined => {
    if (files !== null) return files.paths.get(id);
    const seed = manifest.nodes.get(seeds.get(id) ?? '');
    return seed?.resourceType === 'seed' ? join(seed.rootPath, seed.originalFilePath) : undefined;
  };
  return ({ uniqueId }) => {
    const path = pathOf(uniqueId);
    return path === undefined ? undefined : statSync(path, { throwIfNoEntry: false })?.mtime;
  };
}
