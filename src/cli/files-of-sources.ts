/** `--sources`: the files of sources. */
import { resolve } from 'node:path';
import type { Manifest } from '../manifest/nodes.js';
import { sourceFiles, type SourceFiles } from '../run/load-files.js';
import type { Reporter } from './reporter.js';

/**
 * Null without the option. What is odd about the folder is told.
 *
 * @throws TechstoreError `source` if the folder does not exist
 */
export async function filesOfSources(
  { sources }: { readonly sources?: string },
  manifest: Manifest,
  reporter: Pick<Reporter, 'warning'>,
): Promise<SourceFiles | null> {
  if (sources === undefined) return null;
  const files = await sourceFiles(manifest, resolve(sources));
  for (const message of files.warnings) reporter.warning({ message });
  return files;
}
