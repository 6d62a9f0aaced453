/** `build`, `run`, `test` and `seed`: what they have in common, and what differs. */
import { resolve } from 'node:path';
import { select } from '../../graph/index.js';
import { build as runBuild, type BuildOutcome } from '../../run/build.js';
import type { Command } from '../../run/plan.js';
import { sourceFiles } from '../../run/load-files.js';
import { load, type LoadedProject } from '../load.js';
import type { RunOptions } from '../options.js';
import { openStore } from '../open-store.js';
import { version } from '../version.js';
import { onInterrupt } from '../interrupt.js';
import { reporterOf, type Reporter } from '../reporter.js';
import { selectionOptions } from '../selection.js';
import { writeRunArtifacts } from '../write-artifacts.js';

export async function build(command: Command, options: RunOptions): Promise<void> {
  const reporter = await reporterOf(options);
  const project = load(command, options, reporter.logger);
  for (const warning of project.warnings) reporter.warning(warning);
  const { ids, unmatched } = select(
    project.graph,
    project.manifest,
    await selectionOptions(options, project),
  );
  for (const { message, suggestions } of unmatched) {
    reporter.warning({
      message: [message, ...suggestions.map((s) => `Did you mean '${s}'?`)].join(' '),
    });
  }
  await execute(command, options, project, ids, reporter);
}

export async function execute(
  command: Command,
  options: RunOptions,
  project: LoadedProject,
  selected: ReadonlySet<string>,
  reporter: Reporter,
  resume = false,
): Promise<void> {
  const startedAt = project.session.runStartedAt;
  const { signal, end } = onInterrupt();
  let outcome: BuildOutcome;
  try {
    const files =
      options.sources === undefined
        ? null
        : await sourceFiles(project.manifest, resolve(options.sources));
    for (const message of files?.warnings ?? []) reporter.warning({ message });
    outcome = await runBuild({
      command,
      commandLine: `techstore ${command}`,
      manifest: project.manifest,
      compiler: project.compiler,
      selected,
      store: openStore(project.profile),
      files,
      threads: project.profile.threads,
      fullRefresh: options.fullRefresh ?? false,
      failFast: options.failFast ?? false,
      resume,
      execute: {
        targetDir: project.targetDir,
        projectName: project.project.name,
        storeAll: options.storeFailures ?? false,
        mayWrite: true,
      },
      wait: {
        wait: options.wait !== undefined && options.wait !== false,
        ...(typeof options.wait === 'number' ? { timeoutMs: options.wait * 1000 } : {}),
        onWait: (message) => reporter.listener.note(message),
        signal,
      },
      asOf: project.asOf,
      version: version(),
      hooks: { start: project.project.onRunStart, end: project.project.onRunEnd },
      listener: reporter.listener,
      signal,
    });
  } finally {
    end();
    reporter.end();
  }
  const result = {
    invocationId: project.session.invocationId,
    command,
    args: argumentsOf(options),
    startedAt,
    completedAt: new Date(),
    results: outcome.results,
    asOf: project.asOf,
  };
  await writeRunArtifacts(project, result);
  reporter.summary(result, outcome, project);
  if (!outcome.ok) process.exitCode = 1;
}

/** What retry needs to run the same command again. Nothing of it is secret. */
function argumentsOf(options: RunOptions): Record<string, unknown> {
  const {
    projectDir,
    profilesDir,
    profile,
    target,
    vars,
    asOf,
    sources,
    fullRefresh,
    select: chosen,
    exclude,
    selector,
  } = options;
  return {
    projectDir,
    profilesDir,
    profile,
    target,
    vars,
    asOf,
    sources,
    fullRefresh,
    select: chosen,
    exclude,
    selector,
  };
}
