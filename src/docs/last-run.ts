/** The last command that ran nodes, out of its run_results.json. */
import { recordedRunOf, type RecordedRun } from '../artifacts/index.js';

export interface LastRun extends Omit<RecordedRun, 'args' | 'count'> {
  readonly generatedAt: Date;
  /** The target that was asked for; null where it was the profile's own. */
  readonly target: string | null;
}

const commands = ['build', 'run', 'test', 'seed', 'retry', 'snapshot'];

/**
 * @param json contents of run_results.json
 * @returns null for the results of a command that runs nothing, as `compile`, and for what are no results
 */
export function lastRunOf(json: unknown): LastRun | null {
  const run = recordedRunOf(json);
  if (run === null || !commands.includes(run.command)) return null;
  const { command, invocationId, generatedAt, elapsed, results } = run;
  if (generatedAt === null) return null;
  const { target } = run.args;
  return {
    ...{ command, invocationId, generatedAt, elapsed, results },
    target: typeof target === 'string' && target !== '' ? target : null,
  };
}
