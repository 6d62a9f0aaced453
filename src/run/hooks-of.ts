import type { Manifest } from '../manifest/nodes.js';
import type { ProjectHook } from './project-hooks.js';

/** The SQL of every hook that may make something that models read or call. */
export function hooksOf(manifest: Manifest, started: readonly ProjectHook[]): string[] {
  const found = started.map(({ sql }) => sql);
  for (const node of manifest.nodes.values()) {
    if (node.resourceType !== 'model' && node.resourceType !== 'seed') continue;
    for (const { sql } of [...node.config.preHook, ...node.config.postHook]) found.push(sql);
  }
  return found;
}
