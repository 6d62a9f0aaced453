/** Nodes that --select, --exclude and --selector choose, for commands that read a build. */
import type { ProjectOptions, SelectionOptions } from './options.js';
import type { LoadedProject } from './load.js';

/** Null where nothing is chosen: the project is not even read then. */
export async function selectedIds(
  options: ProjectOptions & SelectionOptions,
  loaded?: LoadedProject,
): Promise<ReadonlySet<string> | null> {
  const { select: words, exclude, selector } = options;
  if (words === undefined && exclude === undefined && selector === undefined) return null;
  const { select } = await import('../graph/index.js');
  const { refuseUnknown, selectionOptions } = await import('./selection.js');
  const project = loaded ?? (await quietly(options));
  const { ids, unmatched } = select(
    project.graph,
    project.manifest,
    await selectionOptions(options, project),
  );
  if (ids.size === 0) refuseUnknown(unmatched);
  return ids;
}

/** What the project's files say of themselves is no matter of these commands. */
async function quietly(options: ProjectOptions): Promise<LoadedProject> {
  const { load } = await import('./load.js');
  const silent = (): void => undefined;
  return load('list', options, { info: silent, warn: silent, debug: silent });
}
