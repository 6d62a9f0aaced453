import { join } from 'node:path';
import { TechstoreError } from '../errors.js';
import { select, type SelectionOptions as Selection, type Unmatched } from '../graph/index.js';
import { readJson, readStateArtifacts } from './read-state.js';
import type { Reporter, ReporterWarning } from './reporter.js';
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
    sourceStatus:
      state === null
        ? undefined
        : { previous: state.sources, current: readJson(join(project.targetDir, 'sources.json')) },
  };
}

/**
 * Unique ids of what `options` select. What picks nothing is told; behind a command it is refused.
 *
 * @param names nodes that are named behind the command: each of them has to be there
 * @throws TechstoreError `selection` for a name that no node has
 */
export async function selectedNodes(
  names: readonly string[],
  options: SelectionOptions,
  project: LoadedProject,
  reporter: Reporter,
): Promise<ReadonlySet<string>> {
  const { ids, unmatched } = select(
    project.graph,
    project.manifest,
    await selectionOptions(options, project),
  );
  if (names.length > 0) refuseUnknown(unmatched);
  warnOfUnmatched(unmatched, reporter);
  return ids;
}

/** What picks nothing is told; the rest of the selection holds. */
export function warnOfUnmatched(unmatched: readonly Unmatched[], reporter: Reporter): void {
  for (const one of unmatched) reporter.warning(warningOf(one));
}

export function warningOf({ message, suggestions }: Unmatched): ReporterWarning {
  return { message: [message, ...suggestions.map((s) => `Did you mean '${s}'?`)].join(' ') };
}

/** @throws TechstoreError `selection` for a name that no node has */
export function refuseUnknown(unmatched: readonly Unmatched[]): void {
  const [first] = unmatched;
  if (first === undefined) return;
  const [guess] = first.suggestions;
  throw new TechstoreError('selection', first.message, {
    hint: guess === undefined ? 'techstore ls lists the nodes.' : `Did you mean '${guess}'?`,
  });
}
