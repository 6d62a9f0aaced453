/** `build`, `run`, `test` and `seed`: what they have in common, and what differs. */
import { posix } from 'node:path';
import { openStore, type BuildStore, type Limited } from '../../builds/index.js';
import { select } from '../../graph/index.js';
import type { NodeResult, StaleSources } from '../../manifest/results.js';
import { engineNamed } from '../../engine/engines.js';
import { makeTargetFolder } from '../../artifacts/index.js';
import { build as runBuild } from '../../run/build.js';
import type { RunListener } from '../../run/listener.js';
import { isStale } from '../../run/freshness/checks.js';
import { nodeResultOf } from '../../run/freshness/node-result-of.js';
import type { BuildOutcome, PublishWhen } from '../../run/build-request.js';
import { readsOutside } from '../../run/outside/reads-outside.js';
import { nextIfUnchanged } from '../../run/up-to-date.js';
import type { Command } from '../../run/plan.js';
import { attachedMarks } from '../attached-marks.js';
import { filesOfSources } from '../files-of-sources.js';
import { emptyTwinOf } from '../empty-twin.js';
import { deferOf } from '../defer.js';
import { load, type LoadedProject } from '../load.js';
import { wholeLineage } from '../whole-lineage.js';
import type { RunOptions } from '../options.js';
import { did } from '../output.js';
import { version } from '../version.js';
import { onInterrupt } from '../interrupt.js';
import type { Reporter, ReporterWarning } from '../reporter.js';
import { runResult } from '../run-result.js';
import { isSampled } from '../sample-effect.js';
import { refuseUnknown, selectionOptions, warningOf } from '../selection.js';
import { rememberBuild } from '../unchanged/unchanged-build.js';
import { withoutSecretsIn } from '../secrets.js';
import { waitOptions } from '../wait-options.js';
import { refuseWarnings } from '../warn-error.js';
import { runResultsOf, writeRunArtifacts } from '../write-artifacts.js';

/** @param named nodes are named behind the command: each of them has to be there */
export async function runNodes(
  command: Command,
  options: RunOptions,
  reporter: Reporter,
  named: boolean,
): Promise<void> {
  const project = load(command, options, reporter.logger);
  const warnings: ReporterWarning[] = [...project.warnings];
  const { ids, unmatched } = select(
    project.graph,
    project.manifest,
    await selectionOptions(options, project),
  );
  for (const id of ids) project.session.selected?.add(id);
  if (named) refuseUnknown(unmatched);
  warnings.push(...unmatched.map(warningOf));
  if (options.sample !== undefined && !isSampled(ids, project.manifest)) {
    warnings.push({
      message: '--sample has no effect: no selected model reads anything with event_time',
      hint: 'Set the configuration event_time of models, seeds and sources to the column with the time.',
    });
  }
  if (project.session.warnError === true) refuseWarnings(warnings);
  for (const warning of warnings) reporter.warning(warning);
  await inStore(project, reporter, async (store) => {
    const outcome = await execute(command, options, { project, store, selected: ids, reporter });
    if (command === 'build') remember(options, project, store, outcome, warnings);
  });
}

/** @param work with the builds of the profile's target */
export async function inStore(
  { profile, session }: LoadedProject,
  reporter: Reporter,
  work: (store: BuildStore) => Promise<void>,
): Promise<void> {
  const store = await openStore(profile, {
    tags: { techstore_run: session.invocationId },
    onNotice: (message) => reporter.listener.note(message),
  });
  try {
    await work(store);
  } finally {
    await store.close();
  }
}

export interface Execution {
  readonly project: LoadedProject;
  readonly store: BuildStore;
  readonly selected: ReadonlySet<string>;
  readonly reporter: Reporter;
  /** Goes on in the build that failed last. Default false. */
  readonly resume?: boolean;
}

export async function execute(
  command: Command,
  options: RunOptions,
  { project, store, selected, reporter, resume = false }: Execution,
): Promise<BuildOutcome> {
  await makeTargetFolder(project.targetDir);
  const { signal, end } = onInterrupt();
  const { listener, ran } = recording(reporter.listener);
  const emptyTwin = emptyTwinOf(project.profile);
  let outcome: BuildOutcome;
  try {
    const files = await filesOfSources(options, project.manifest, reporter);
    outcome = await runBuild({
      store,
      command,
      commandLine: `techstore ${command}`,
      manifest: project.manifest,
      compiler: project.compiler,
      selected,
      files,
      threads: project.profile.threads,
      fullRefresh: options.fullRefresh ?? false,
      failFast: options.failFast ?? false,
      limited: limitedBy(options),
      defer: deferOf(options, project, reporter),
      resume,
      publish: publishWhen(options, project),
      execute: {
        targetDir: project.targetDir,
        projectName: project.project.name,
        storeAll: options.storeFailures ?? false,
        mayWrite: true,
        attached: attachedMarks(project.profile),
        redact: withoutSecretsIn,
      },
      wait: { ...waitOptions(command, options, (text) => reporter.listener.note(text)), signal },
      asOf: project.asOf,
      version: version(),
      lineage: wholeLineage(project, options),
      ...(emptyTwin === null ? {} : { emptyTwin }),
      hooks: { start: project.project.onRunStart, end: project.project.onRunEnd },
      listener,
      signal,
    });
  } catch (error) {
    // What ran did run, though what came of it could not be kept or published.
    if (ran.length > 0 && !signal.aborted)
      await writeRunArtifacts(project, runResult(command, options, project, ran)).catch(
        () => undefined,
      );
    throw error;
  } finally {
    end();
    reporter.end();
  }
  const result = runResult(command, options, project, outcome.results, staleOf(outcome));
  did(sentenceOf(outcome));
  const { profile, manifest } = project;
  // A folder that can't be written must not hide how the run went.
  const artifacts = await writeRunArtifacts(project, result).catch((error: unknown) => ({ error }));
  const ofSources = outcome.freshness.map(nodeResultOf);
  reporter.summary({ ...result, results: [...ofSources, ...result.results] }, outcome, {
    nodes: manifest.nodes,
    targetName: profile.targetName,
    publishedName: store.publishedName,
    dialect: engineNamed(manifest.adapterType).dialect,
  });
  if (!outcome.ok) process.exitCode = 1;
  if (artifacts !== undefined) throw artifacts.error;
  return outcome;
}

function staleOf({ freshness, keptId }: BuildOutcome): StaleSources | null {
  const sources = freshness.filter(isStale).map(({ uniqueId }) => uniqueId);
  return sources.length === 0 ? null : { sources, kept: keptId !== null };
}

function publishWhen({ publish }: RunOptions, { project }: LoadedProject): PublishWhen {
  if (publish === false) return 'never';
  return publish === true || project.publish === 'after_run' ? 'after_run' : 'tested';
}

function limitedBy({ empty, sample }: RunOptions): Limited | undefined {
  if (empty === true) return 'empty';
  return sample === undefined ? undefined : 'sample';
}

/** The listener, and a growing list of what it was told. */
function recording(inner: RunListener): { listener: RunListener; ran: readonly NodeResult[] } {
  const ran: NodeResult[] = [];
  return {
    ran,
    listener: {
      ...inner,
      nodeFinished: (node, result) => {
        if (node.resourceType !== 'source') ran.push(result);
        inner.nodeFinished(node, result);
      },
    },
  };
}

/** What a run leaves, for the case that the summary can't be written. */
function sentenceOf({ ok, publishedId, keptId, upToDate }: BuildOutcome): string {
  if (upToDate) return 'The published tables did not change';
  if (publishedId !== null) return `Build ${publishedId} is published`;
  const kept = keptId === null ? '' : `, and build ${keptId} is kept`;
  return `${ok ? 'The run succeeded' : 'The run failed'}; nothing new is published${kept}`;
}

function remember(
  options: RunOptions,
  loaded: LoadedProject,
  { marks, publishedName }: BuildStore,
  outcome: BuildOutcome,
  warnings: readonly ReporterWarning[],
): void {
  const { project, packages, profile, manifest, session, asOf, environmentRead } = loaded;
  if (marks === null) return;
  const isClosed = attachedMarks(profile).size === 0 && !readsOutside(manifest);
  rememberBuild({
    options,
    startedAt: session.runStartedAt,
    project: {
      folders: [project, ...packages].flatMap(({ folder, paths }) =>
        Object.values(paths).flatMap((list: readonly string[]) =>
          list.map((path) => posix.join(folder, path)),
        ),
      ),
      files: [project.packagesInstallPath, ...packages.map(({ file }) => file)],
    },
    targetPath: project.targetPath,
    publishedPath: marks.published,
    logPaths: marks.logs,
    publishedName,
    targetName: profile.targetName,
    asOf,
    environment: [...environmentRead],
    warnings,
    // What was asked to run everything runs everything the next time too.
    unchanged:
      options.fullRefresh === true || !isClosed ? null : nextIfUnchanged(outcome, manifest),
    runResultsOf: (unchanged) =>
      runResultsOf(loaded, {
        ...runResult('build', options, loaded, unchanged.results),
        completedAt: session.runStartedAt,
      }),
    nodes: manifest.nodes.values(),
  });
}
