/** `plan`: what a build would do and why; nothing is built. */
import { resolve } from 'node:path';
import { painter } from '../../format/painter.js';
import { select } from '../../graph/index.js';
import { sourceFiles } from '../../run/load-files.js';
import { load } from '../load.js';
import type { ProjectOptions, SelectionOptions } from '../options.js';
import { planJson } from '../plan/json.js';
import { plannedBuild, type PlannedBuild } from '../plan/planned-build.js';
import { planText } from '../plan/text.js';
import { reporterOf } from '../reporter.js';
import { withoutSecrets, withoutSecretsIn } from '../secrets.js';
import { refuseUnknown, selectionOptions, warnOfUnmatched } from '../selection.js';
import { terminalOf } from '../terminal.js';
import { withNames } from '../with-names.js';
import { inStore } from './run-nodes.js';

export interface PlanCommandOptions extends ProjectOptions, SelectionOptions {
  readonly sources?: string;
  readonly fullRefresh?: boolean;
  readonly json?: boolean;
}

/** @param names the same as `--select`. Exit code 1 where a model can't be built as it is written */
export async function plan(names: readonly string[], given: PlanCommandOptions): Promise<void> {
  const options = withNames(names, given);
  const reporter = await reporterOf(options);
  const project = load('build', options, reporter.logger);
  for (const warning of project.warnings) reporter.warning(warning);
  const { ids, unmatched } = select(
    project.graph,
    project.manifest,
    await selectionOptions(options, project),
  );
  if (names.length > 0) refuseUnknown(unmatched);
  warnOfUnmatched(unmatched, reporter);
  const { manifest } = project;
  const files =
    options.sources === undefined ? null : await sourceFiles(manifest, resolve(options.sources));
  for (const message of files?.warnings ?? []) reporter.warning({ message });
  await inStore(project, reporter, async (store) => {
    const build = await plannedBuild(project, store, {
      selected: ids,
      files,
      fullRefresh: options.fullRefresh ?? false,
    });
    for (const message of build.warnings) reporter.warning({ message });
    if (hasError(build)) process.exitCode = 1;
    const { targetName } = project.profile;
    if (options.json === true) {
      const json = withoutSecrets(planJson(build, targetName));
      process.stdout.write(`${JSON.stringify(json, null, 2)}\n`);
      return;
    }
    const { color, width } = terminalOf(process.stdout, options);
    const text = planText(build, {
      paint: painter(color),
      ...{ width, targetName, nodes: manifest.nodes },
    });
    process.stdout.write(withoutSecretsIn(text));
  });
}

function hasError({ nodes, ephemeral }: PlannedBuild): boolean {
  return [...nodes, ...ephemeral].some(({ bound }) => bound?.kind === 'error');
}
