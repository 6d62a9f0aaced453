/** `build`, `run`, `test` and `seed`. */
import type { Command } from '../../run/plan.js';
import type { RunOptions } from '../options.js';
import { reporterOf } from '../reporter.js';

export async function build(command: Command, options: RunOptions): Promise<void> {
  const reporter = await reporterOf(options);
  if (command === 'build') {
    const { answerUnchanged } = await import('../unchanged/unchanged-build.js');
    if (await answerUnchanged(options, reporter, new Date())) return;
  }
  // Only now is loaded what reads a project and runs it.
  const { runNodes } = await import('./run-nodes.js');
  await runNodes(command, options, reporter);
}
