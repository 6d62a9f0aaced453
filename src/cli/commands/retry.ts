/** `retry`: what failed or was skipped in the last command, in the candidate that it left. */
import { join } from 'node:path';
import { TechstoreError } from '../../errors.js';
import { loadProject } from '../../project/index.js';
import type { Command } from '../../run/plan.js';
import { load } from '../load.js';
import type { RunOptions } from '../options.js';
import { readJson } from '../read-state.js';
import { reporterOf } from '../reporter.js';
import { projectDir } from '../project-dir.js';
import { execute } from './run-nodes.js';

interface LastRun {
  readonly args?: Record<string, unknown> & { which?: string };
  readonly results?: readonly { readonly unique_id: string; readonly status: string }[];
}

const commands: readonly string[] = ['build', 'run', 'test', 'seed'];

export async function retry(options: RunOptions): Promise<void> {
  const root = projectDir(options.projectDir);
  const path = join(root, loadProject(root).targetPath, 'run_results.json');
  const last = readJson(path) as LastRun | undefined;
  const which = last?.args?.which;
  if (last?.results === undefined || which === undefined || !commands.includes(which)) {
    throw new TechstoreError('usage', 'There is no earlier run to retry', {
      hint: 'Run techstore build, run, test or seed first: they write run_results.json.',
    });
  }
  const again = new Set(
    last.results
      .filter((result) => ['error', 'fail', 'skipped'].includes(result.status))
      .map((result) => result.unique_id),
  );
  const merged: RunOptions = {
    ...(last.args?.['techstore'] as RunOptions | undefined),
    ...definedOf(options),
  };
  const reporter = await reporterOf(merged);
  if (again.size === 0) {
    reporter.end();
    process.stdout.write('Nothing failed in the last run: there is nothing to retry\n');
    return;
  }
  const project = load(which, merged, reporter.logger);
  for (const id of again) {
    if (project.manifest.nodes.has(id)) continue;
    reporter.warning({ message: `${id} is not in the project any more` });
  }
  await execute(which as Command, merged, project, again, reporter, which === 'build');
}

function definedOf(options: RunOptions): RunOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
