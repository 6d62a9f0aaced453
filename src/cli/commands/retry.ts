/** `retry`: what failed or was skipped in the last command, in the candidate that it left. */
import { join } from 'node:path';
import { readRunResults } from '../../artifacts/index.js';
import { TechstoreError } from '../../errors.js';
import { redacted } from '../../format/redact.js';
import { loadProject } from '../../project/index.js';
import type { Command } from '../../run/plan.js';
import { load } from '../load.js';
import type { RunOptions } from '../options.js';
import { reporterOf } from '../reporter.js';
import { projectDir } from '../project-dir.js';
import { clone } from './clone.js';
import { runOperation, type OperationOptions } from './run-operation.js';
import { execute, inStore, runNodes } from './run-nodes.js';

const commands: readonly string[] = ['build', 'run', 'test', 'seed'];

export async function retry(options: RunOptions): Promise<void> {
  const root = projectDir(options.projectDir);
  const last = await readRunResults(join(root, loadProject(root).targetPath));
  const { command } = last;
  const failed = last.results
    .filter(({ status }) => ['error', 'fail', 'skipped'].includes(status))
    .map(({ uniqueId }) => uniqueId);
  if (command === 'run-operation') {
    const { macro, ...args } = { ...last.args, ...definedOf(options) } as OperationOptions & {
      readonly macro?: unknown;
    };
    if (failed.length === 0) nothingFailed();
    else await runOperation(String(macro), args);
    return;
  }
  if (command === 'clone') {
    if (failed.length === 0) nothingFailed();
    else await clone([], { ...last.args, ...definedOf(options) });
    return;
  }
  if (!commands.includes(command)) {
    throw new TechstoreError('usage', `The last command was ${command}, which cannot be retried`, {
      hint: 'Run techstore build, run, test, seed or clone first. These commands write run_results.json.',
    });
  }
  const { stale } = last;
  const failedNodes = failed.filter((id) => !isHook(id));
  // Where only a source was too old, all nodes are as they should be: the source is looked at again.
  const again = new Set(
    failedNodes.length > 0 || stale === null
      ? failedNodes
      : [...stale.sources, ...last.results.map(({ uniqueId }) => uniqueId)],
  );
  const merged: RunOptions = { ...last.args, ...definedOf(options) };
  if (merged.vars?.includes(redacted) === true) {
    throw new TechstoreError(
      'usage',
      'The --vars of the last run contained a secret, which is not stored',
      {
        hint: 'Pass --vars again: techstore retry --vars …',
      },
    );
  }
  const reporter = await reporterOf(merged);
  if (again.size === 0 && failed.length > 0) {
    // Only hooks failed, which nothing can go on from: the command runs again.
    await runNodes(command as Command, merged, reporter, false);
    return;
  }
  if (again.size === 0) {
    reporter.end();
    nothingFailed();
    return;
  }
  const project = load(command, merged, reporter.logger);
  for (const id of again) {
    if (project.manifest.nodes.has(id)) continue;
    reporter.warning({ message: `${id} is no longer in the project` });
  }
  await inStore(project, reporter, async (store) => {
    const wasKept = failedNodes.length > 0 || stale?.kept === true;
    const resume = wasKept && (command === 'build' || command === 'run');
    await execute(command as Command, merged, {
      project,
      store,
      selected: again,
      reporter,
      resume,
    });
  });
}

function nothingFailed(): void {
  process.stdout.write('Nothing failed in the last run, so there is nothing to retry\n');
}

/** Hooks of the run have results, and are no nodes that could be selected. */
function isHook(id: string): boolean {
  return id.startsWith('operation.');
}

function definedOf(options: RunOptions): RunOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
