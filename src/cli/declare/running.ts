/** Commands that run nodes of the project. */
import type { Command } from 'commander';
import type { CloneOptions } from '../commands/clone.js';
import type { OperationOptions } from '../commands/run-operation.js';
import {
  type RunOptions,
  wholeNumber,
  withProject,
  withSelection,
  withDefer,
  withDeferState,
  withEmpty,
  withSample,
  withSources,
  withThreads,
} from '../options.js';
import { examples } from './examples.js';

const publish = ['--publish', 'publish without waiting for tests'] as const;
const noPublish = [
  '--no-publish',
  "publish nothing, whatever the project's 'publish' says",
] as const;

function withLimits(command: Command): Command {
  return withDefer(withSample(withEmpty(withSources(command))));
}

export function addRunning(program: Command): void {
  const runs = (name: string, text: string): Command =>
    withThreads(
      withSelection(withProject(program.command(`${name} [nodes...]`).description(text))),
    );

  withLimits(
    runs('build', 'build and test all nodes, and publish the result if all tests pass')
      .option('--full-refresh', 'run every node, including unchanged ones')
      .option('--fail-fast', 'stop at the first failure')
      .option('--store-failures', 'keep the failing rows of every test')
      .option('--wait [seconds]', 'wait until another build ends (default: stop)', wholeNumber(1))
      .option('--json', 'print the summary as JSON'),
  )
    .addHelpText(
      'after',
      examples(
        'techstore build',
        'techstore build --sources exports/ --as-of 2025-06-30',
        'techstore build --select gold_sales_metrics+',
        'techstore build --empty',
        "techstore build --sample '3 days'",
      ),
    )
    .action(async (names: readonly string[], options: RunOptions) =>
      (await import('../commands/build.js')).build('build', names, options),
    );

  withLimits(
    runs('run', 'run models in a working build; techstore test publishes it')
      .option(...publish)
      .option(...noPublish)
      .option('--full-refresh', 'run every model, including unchanged ones')
      .option('--fail-fast', 'stop at the first failure')
      .option('--wait [seconds]', 'wait until another build ends', wholeNumber(1))
      .option('--json', 'print the summary as JSON'),
  )
    .addHelpText(
      'after',
      examples(
        'techstore run',
        'techstore run +gold_sales_metrics',
        'techstore run --select state:modified+ --defer --state prod-artifacts',
      ),
    )
    .action(async (names: readonly string[], options: RunOptions) =>
      (await import('../commands/build.js')).build('run', names, options),
    );

  withDefer(
    runs(
      'test',
      'test the working build and publish it if it is complete, or test the published build',
    ),
  )
    .option('--no-publish', 'keep the working build even if it is complete and all its tests pass')
    .option('--fail-fast', 'stop at the first failure')
    .option('--store-failures', 'keep the failing rows of every test')
    .option('--wait [seconds]', 'wait until another build ends', wholeNumber(1))
    .option('--json', 'print the summary as JSON')
    .addHelpText('after', examples('techstore test', 'techstore test silver_orders'))
    .action(async (names: readonly string[], options: RunOptions) =>
      (await import('../commands/build.js')).build('test', names, options),
    );

  runs('seed', 'load the seeds into the working build')
    .option(...publish)
    .option(...noPublish)
    .option('--full-refresh', 'load every seed, including unchanged ones')
    .option('--fail-fast', 'stop at the first failure')
    .option('--wait [seconds]', 'wait until another build ends', wholeNumber(1))
    .option('--json', 'print the summary as JSON')
    .addHelpText('after', examples('techstore seed', 'techstore seed customers'))
    .action(async (names: readonly string[], options: RunOptions) =>
      (await import('../commands/build.js')).build('seed', names, options),
    );

  withDeferState(runs('clone', 'publish here what another environment has, without running it'))
    .option('--full-refresh', 'clone also what is built here, in its place')
    .option('--wait [seconds]', 'wait until another build ends', wholeNumber(1))
    .option('--json', 'print the summary as JSON')
    .addHelpText(
      'after',
      examples(
        'techstore clone --state prod-artifacts',
        'techstore clone +gold_sales_metrics --state prod-artifacts --full-refresh',
      ),
    )
    .action(async (names: readonly string[], options: CloneOptions) =>
      (await import('../commands/clone.js')).clone(names, options),
    );

  withProject(program.command('run-operation <macro>'))
    .description('run a macro on what is published')
    .option('--args <yaml>', "arguments of the macro by name, such as '{days: 30}'")
    .option('--wait [seconds]', 'wait until another build ends', wholeNumber(1))
    .addHelpText(
      'after',
      examples(
        'techstore run-operation grant_select',
        "techstore run-operation shop.drop_old_tables --args '{days: 30}'",
      ),
    )
    .action(async (macro: string, options: OperationOptions) =>
      (await import('../commands/run-operation.js')).runOperation(macro, options),
    );

  withThreads(withProject(program.command('retry')))
    .description('rerun the nodes that failed or were skipped in the last command')
    .option('--wait [seconds]', 'wait until another build ends', wholeNumber(1))
    .option('--json', 'print the summary as JSON')
    .addHelpText('after', examples('techstore retry', 'techstore retry --threads 1'))
    .action(async (options: RunOptions) => (await import('../commands/retry.js')).retry(options));
}
