/** `plan`: what a build would do and why; nothing is built. */
import { painter } from '../../format/painter.js';
import { refuseFiles } from '../../run/load-files.js';
import { filesOfSources } from '../files-of-sources.js';
import { load } from '../load.js';
import type { ProjectOptions, SelectionOptions } from '../options.js';
import { planJson } from '../plan/json.js';
import { plannedBuild, type PlannedBuild } from '../plan/planned-build.js';
import { planText } from '../plan/text.js';
import { reporterOf } from '../reporter.js';
import { withoutSecrets, withoutSecretsIn } from '../secrets.js';
import { selectedNodes } from '../selection.js';
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
  const ids = await selectedNodes(names, options, project, reporter);
  const { manifest } = project;
  const files = await filesOfSources(options, manifest, reporter);
  await inStore(project, reporter, async (store) => {
    refuseFiles(files, store);
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
