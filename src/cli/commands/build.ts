/** `build`, `run`, `test` and `seed`. */
import type { Command } from '../../run/plan.js';
import type { RunOptions } from '../options.js';
import { reporterOf } from '../reporter.js';
import { withNames } from '../with-names.js';

/** @param names the same as `--select` */
export async function build(
  command: Command,
  names: readonly string[],
  given: RunOptions,
): Promise<void> {
  const options = withNames(names, given);
  const reporter = await reporterOf(options);
  if (command === 'build') {
    const { answerUnchanged } = await import('../unchanged/unchanged-build.js');
    if (await answerUnchanged(options, reporter, new Date())) return;
  }
  // Only now is loaded what reads a project and runs it.
  const { runNodes } = await import('./run-nodes.js');
  await runNodes(command, options, reporter, names.length > 0);
}
