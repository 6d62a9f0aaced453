/** Whether a project may read or write files that are none of its own. */
import type { Manifest } from '../../manifest/nodes.js';
import { readsFiles } from './files-in-sql.js';

/** True if so: then nobody can tell from the project's files alone that a build would be the same. */
export function readsOutside(manifest: Manifest): boolean {
  for (const node of manifest.nodes.values()) {
    if (node.resourceType === 'source' && node.externalLocation !== undefined) return true;
    if (node.resourceType === 'model' && node.config.materialized === 'external') return true;
    if ('rawCode' in node && readsFiles(node.rawCode)) return true;
  }
  return [...manifest.macros.values()].some(
    ({ packageName, macroSql }) => !packageName.startsWith('dbt') && readsFiles(macroSql),
  );
}
