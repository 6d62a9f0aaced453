/** Every command and its options, a file for each group. What a command does is loaded only when it is asked for. */
import type { Command as CommandType } from 'commander';
import { Command } from './commander.js';
import { addBuilds } from './declare/builds.js';
import { examples } from './declare/examples.js';
import { addMetrics } from './declare/metrics.js';
import { addCompletion } from './declare/completion.js';
import { addDeps } from './declare/deps.js';
import { addDocs } from './declare/docs.js';
import { addFiles } from './declare/files.js';
import { addLineage } from './declare/lineage.js';
import { addPlan } from './declare/plan.js';
import { addReading } from './declare/reading.js';
import { addRunning } from './declare/running.js';
import { addSources } from './declare/sources.js';
import { addServing } from './declare/serving.js';
import { startSpinner, stopSpinner } from './spinner.js';
import { version } from './version.js';

export function createProgram(): CommandType {
  const program = new Command('techstore')
    .description(
      'Analytics of a shop: build, test and publish the pipeline, and query the results.',
    )
    .version(version(), '-V, --version', 'print the version')
    .helpCommand('help [command]', 'print the help of a command')
    .showSuggestionAfterError()
    .exitOverride()
    // What is wrong is told where every other error is: see main.ts.
    .configureOutput({ outputError: () => undefined })
    .addHelpText(
      'after',
      examples(
        'techstore build',
        'techstore build --sources exports/ --as-of 2025-06-30',
        "techstore query 'select * from gold_operational_metrics'",
      ),
    );
  program.hook('preAction', (_program, command) => {
    const options = command.opts<{ quiet?: boolean; color?: boolean; file?: string }>();
    // Who types the SQL is not to be disturbed.
    return options.file === '-' ? undefined : startSpinner(command.name(), options);
  });
  program.hook('postAction', stopSpinner);
  addRunning(program);
  addPlan(program);
  addDeps(program);
  addReading(program);
  addSources(program);
  addMetrics(program);
  addFiles(program);
  addLineage(program);
  addDocs(program);
  addBuilds(program);
  addCompletion(program);
  addServing(program);
  return program;
}
