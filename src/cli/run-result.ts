/** What a command has to say in run_results.json. */
import type { NodeResult, RunResult, StaleSources } from '../manifest/results.js';
import { commandLineVars, type LoadedProject, type LoadOptions } from './load.js';
import type { DeferOptions, SelectionOptions } from './options.js';

type Options = LoadOptions & SelectionOptions & DeferOptions;

export function runResult(
  command: string,
  options: Options,
  { session, asOf }: LoadedProject,
  results: readonly NodeResult[],
  stale: StaleSources | null = null,
): RunResult {
  return {
    invocationId: session.invocationId,
    command,
    args: argumentsOf(options),
    vars: commandLineVars(options.vars),
    startedAt: session.runStartedAt,
    completedAt: new Date(),
    results,
    asOf,
    ...(stale === null ? {} : { stale }),
  };
}

/** What retry needs to run the same command again. */
const retried = [
  'projectDir',
  'profilesDir',
  'profile',
  'target',
  'vars',
  'asOf',
  'sources',
  'fullRefresh',
  'empty',
  'sample',
  'warnError',
  'select',
  'exclude',
  'selector',
  'state',
  'defer',
  'deferState',
  'favorState',
] as const satisfies readonly (keyof Options)[];

function argumentsOf(options: Options): Record<string, unknown> {
  return Object.fromEntries(retried.map((name) => [name, options[name]]));
}
