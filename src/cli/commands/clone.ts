/** `clone`: what another environment has published, as a build of this target. */
import { makeTargetFolder } from '../../artifacts/index.js';
import { engineNamed } from '../../engine/engines.js';
import { clone as runClone, type CloneOutcome } from '../../run/clone.js';
import { stateOf } from '../defer.js';
import { onInterrupt } from '../interrupt.js';
import { load, type LoadedProject } from '../load.js';
import type { RunOptions } from '../options.js';
import { did } from '../output.js';
import { reporterOf, type Reporter } from '../reporter.js';
import { runResult } from '../run-result.js';
import { withoutSecretsIn } from '../secrets.js';
import { selectedNodes } from '../selection.js';
import { version } from '../version.js';
import { waitOptions } from '../wait-options.js';
import { wholeLineage } from '../whole-lineage.js';
import { withNames } from '../with-names.js';
import { writeRunArtifacts } from '../write-artifacts.js';
import { inStore } from './run-nodes.js';

export type CloneOptions = Omit<
  RunOptions,
  'defer' | 'favorState' | 'sources' | 'empty' | 'sample'
>;

/** @param names the same as `--select`. Exit code 1 where a relation could not be cloned */
export async function clone(names: readonly string[], given: CloneOptions): Promise<void> {
  const options = withNames(names, given);
  const reporter = await reporterOf(options);
  const project = load('clone', options, reporter.logger);
  for (const warning of project.warnings) reporter.warning(warning);
  const state = stateOf('clone', options, project);
  const selected = await selectedNodes(names, options, project, reporter);
  await makeTargetFolder(project.targetDir);
  await inStore(project, reporter, async (store) => {
    const { signal, end } = onInterrupt();
    let outcome: CloneOutcome;
    try {
      outcome = await runClone({
        ...{ store, selected, state, signal },
        manifest: project.manifest,
        compiler: project.compiler,
        fullRefresh: options.fullRefresh ?? false,
        threads: project.profile.threads,
        version: version(),
        lineage: wholeLineage(project, {}),
        redact: withoutSecretsIn,
        wait: waitOptions('clone', options, (text) => reporter.listener.note(text)),
        listener: reporter.listener,
      });
    } finally {
      end();
      reporter.end();
    }
    await report(outcome, { options, project, reporter, publishedName: store.publishedName });
  });
}

interface Reported {
  readonly options: CloneOptions;
  readonly project: LoadedProject;
  readonly reporter: Reporter;
  readonly publishedName: string;
}

async function report(
  outcome: CloneOutcome,
  { options, project, reporter, publishedName }: Reported,
): Promise<void> {
  const { manifest, profile } = project;
  const result = runResult('clone', options, { ...project, asOf: outcome.asOf }, outcome.results);
  did(
    outcome.publishedId === null
      ? 'The published tables did not change'
      : `Build ${outcome.publishedId} is published`,
  );
  // A folder that can't be written must not hide what was done.
  const artifacts = await writeRunArtifacts(project, result).catch((error: unknown) => ({ error }));
  reporter.summary(result, outcome, {
    nodes: manifest.nodes,
    targetName: profile.targetName,
    publishedName,
    dialect: engineNamed(manifest.adapterType).dialect,
  });
  if (!outcome.ok) process.exitCode = 1;
  if (artifacts !== undefined) throw artifacts.error;
}
