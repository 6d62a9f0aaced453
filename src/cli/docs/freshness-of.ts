/** How fresh the sources are, for the documentation: nothing that is found out of one ends the command. */
import { TechstoreError } from '../../errors.js';
import type { FreshnessResult } from '../../manifest/freshness.js';
import { isChecked } from '../../run/freshness/check-source.js';
import { checkFreshness } from '../commands/source-freshness.js';
import type { LoadedProject } from '../load.js';
import { quietProgress } from '../progress.js';
import type { Reporter } from '../reporter.js';

export async function freshnessOf(
  project: LoadedProject,
  options: { readonly sources?: string },
  reporter: Reporter,
): Promise<readonly FreshnessResult[]> {
  const checked = [...project.manifest.nodes.values()].flatMap((node) =>
    node.resourceType === 'source' && isChecked(node) ? [node] : [],
  );
  if (checked.length === 0) return [];
  const quiet: Reporter = {
    ...reporter,
    listener: { ...quietProgress(), warn: (text: string) => reporter.listener.warn(text) },
  };
  try {
    return await checkFreshness(checked, options, project, quiet);
  } catch (error) {
    // Before the first build there are no tables: the page says so already.
    if (error instanceof TechstoreError && error.code === 'publish') return [];
    throw error;
  }
}
