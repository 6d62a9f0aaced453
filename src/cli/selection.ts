import type { SelectionOptions as Selection } from '../graph/index.js';
import { readStateArtifacts } from './read-state.js';
import type { LoadedProject } from './load.js';
import type { SelectionOptions } from './options.js';

/** The command line's choice of nodes as the graph wants it. */
export async function selectionOptions(
  options: SelectionOptions,
  project: LoadedProject,
): Promise<Selection> {
  const state =
    options.state === undefined
      ? null
      : await readStateArtifacts(options.state, project.project.root);
  return {
    select: options.select,
    exclude: options.exclude,
    selector: options.selector,
    resourceTypes: options.resourceType,
    excludeResourceTypes: options.excludeResourceType,
    indirectSelection: options.indirectSelection,
    state: state?.manifest === undefined ? undefined : { manifest: state.manifest },
    results: state?.results,
  };
}
