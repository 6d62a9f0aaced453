/** Every command and its options. What a command does is loaded only when it is asked for. */
import { Command, Option } from 'commander';
import type { CompileCommandOptions } from './commands/compile.js';
import type { BuildsOptions, PruneOptions, RollbackOptions } from './commands/builds.js';
import type { LsOptions } from './commands/ls.js';
import type { QueryOptions } from './commands/query.js';
import type { ShowOptions } from './commands/show.js';
import {
  type ProjectOptions,
  type RunOptions,
  withFormat,
  withProject,
  withSelection,
  withSources,
  withThreads,
  wholeNumber,
} from './options.js';
import { version } from './version.js';

function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}\n`;
}

export function createProgram(): Command {
  const program = new Command('techstore')
    .description("A shop's analytics: build, test and publish the pipeline, and ask it questions.")
    .version(version(), '-V, --version', 'print the version')
    .helpCommand('help [command]', 'print the help of a command')
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText(
      'after',
      examples(
        'techstore build',
        'techstore build --sources exports/ --as-of 2025-06-30',
        "techstore query 'select * from gold_operational_metrics'",
      ),
    );
  addRunning(program);
  addReading(program);
  addBuilds(program);
  return program;
}

function addRunning(program: Command): void {
  const runs = (name: string, text: string): Command =>
    withThreads(withSelection(withProject(program.command(name).description(text))));

  withSources(
    runs('build', 'build all, test all, and publish the result if everything passed')
      .option('--full-refresh', 'run every node, also those that did not change')
      .option('--fail-fast', 'stop at the first failure')
      .option('--store-failures', 'keep the failing rows of every test')
      .option('--wait [seconds]', 'wait for another build to end (default: stop)', wholeNumber(1))
      .option('--json', 'print the summary as JSON'),
  )
    .addHelpText(
      'after',
      examples(
        'techstore build',
        'techstore build --sources exports/ --as-of 2025-06-30',
        'techstore build --select gold_sales_metrics+',
      ),
    )
    .action(async (options: RunOptions) =>
      (await import('./commands/build.js')).build('build', options),
    );

  withSources(
    runs('run', 'run models in a working database, without tests; publishes nothing')
      .option('--full-refresh', 'run every model, also those that did not change')
      .option('--fail-fast', 'stop at the first failure')
      .option('--wait [seconds]', 'wait for another build to end', wholeNumber(1))
      .option('--json', 'print the summary as JSON'),
  )
    .addHelpText('after', examples('techstore run', 'techstore run --select +gold_sales_metrics'))
    .action(async (options: RunOptions) =>
      (await import('./commands/build.js')).build('run', options),
    );

  runs('test', 'test the working database, or the published build when there is none')
    .option('--fail-fast', 'stop at the first failure')
    .option('--store-failures', 'keep the failing rows of every test')
    .option('--wait [seconds]', 'wait for another build to end', wholeNumber(1))
    .option('--json', 'print the summary as JSON')
    .addHelpText('after', examples('techstore test', 'techstore test --select silver_orders'))
    .action(async (options: RunOptions) =>
      (await import('./commands/build.js')).build('test', options),
    );

  runs('seed', 'load the seeds into the working database; publishes nothing')
    .option('--full-refresh', 'load every seed, also those that did not change')
    .option('--wait [seconds]', 'wait for another build to end', wholeNumber(1))
    .option('--json', 'print the summary as JSON')
    .addHelpText('after', examples('techstore seed', 'techstore seed --select customers'))
    .action(async (options: RunOptions) =>
      (await import('./commands/build.js')).build('seed', options),
    );

  withThreads(withProject(program.command('retry')))
    .description('run again what failed or was skipped in the last command')
    .option('--wait [seconds]', 'wait for another build to end', wholeNumber(1))
    .option('--json', 'print the summary as JSON')
    .addHelpText('after', examples('techstore retry', 'techstore retry --threads 1'))
    .action(async (options: RunOptions) => (await import('./commands/retry.js')).retry(options));
}

function addReading(program: Command): void {
  withSources(withSelection(withProject(program.command('compile'))))
    .description('write the SQL of models and tests to the target folder, or print one')
    .option('--inline <sql>', 'compile this SQL instead')
    .addHelpText(
      'after',
      examples('techstore compile', 'techstore compile --select gold_sales_metrics'),
    )
    .action(async (options: CompileCommandOptions) =>
      (await import('./commands/compile.js')).compile(options),
    );

  withProject(program.command('parse'))
    .description('read the project and write manifest.json')
    .addHelpText('after', examples('techstore parse', 'techstore parse --target databricks'))
    .action(async (options: ProjectOptions) =>
      (await import('./commands/parse.js')).parse(options),
    );

  withFormat(withSelection(withProject(program.command('ls').alias('list'))))
    .description('list nodes')
    .addOption(
      new Option('--output <kind>', 'what to print of each node')
        .choices(['selector', 'name', 'path', 'json'])
        .default('selector'),
    )
    .option('--output-keys <keys...>', 'keys of --output json')
    .addHelpText(
      'after',
      examples('techstore ls --select tag:gold', 'techstore ls --resource-type test --output name'),
    )
    .action(async (options: LsOptions) => (await import('./commands/ls.js')).ls(options));

  withFormat(withProject(program.command('show')))
    .description('run a model or a query against the tables and show rows of it')
    .option('-s, --select <node>', 'the model to show')
    .option('--inline <sql>', 'SQL with Jinja to show instead')
    .option('--limit <n>', 'rows to show at most', wholeNumber(1), 5)
    .option('--build <id>', 'the build to read (default: the published one)')
    .addHelpText(
      'after',
      examples(
        'techstore show --select gold_operational_metrics',
        'techstore show --inline "select count(*) from {{ ref(\'silver_orders\') }}"',
      ),
    )
    .action(async (options: ShowOptions) => (await import('./commands/show.js')).show(options));

  withFormat(withProject(program.command('query [sql]')))
    .description('run SQL on the published tables, read only')
    .option('--file <path>', 'read the SQL from a file (- for standard input)')
    .option('--limit <n>', 'rows of a table to show at most', wholeNumber(1), 500)
    .option('--build <id>', 'the build to read (default: the published one)')
    .addHelpText(
      'after',
      examples(
        "techstore query 'select * from gold_operational_metrics'",
        "techstore query 'from silver_rejected_rows' --csv",
      ),
    )
    .action(async (sql: string | undefined, options: QueryOptions) =>
      (await import('./commands/query.js')).query(sql, options),
    );

  withProject(program.command('debug'))
    .description('check project, profile, connection and rights')
    .addHelpText('after', examples('techstore debug', 'techstore debug --target databricks'))
    .action(async (options: ProjectOptions) =>
      (await import('./commands/debug.js')).debug(options),
    );

  withProject(program.command('clean'))
    .description('remove the folders that clean-targets names')
    .addHelpText('after', examples('techstore clean', 'techstore clean --project-dir shop'))
    .action(async (options: ProjectOptions) =>
      (await import('./commands/clean.js')).clean(options),
    );
}

function addBuilds(program: Command): void {
  const builds = program.command('builds').description('the builds that are kept');
  withFormat(withProject(builds.command('list')))
    .description('when, as of, state and rows of each build')
    .addHelpText('after', examples('techstore builds list', 'techstore builds list --json'))
    .action(async (options: BuildsOptions) =>
      (await import('./commands/builds.js')).listBuilds(options),
    );
  withFormat(withProject(builds.command('show [build]')))
    .description('one build: its tables, rows and tests (default: the published one)')
    .addHelpText('after', examples('techstore builds show', 'techstore builds show 20251125T09'))
    .action(async (id: string | undefined, options: BuildsOptions) =>
      (await import('./commands/builds.js')).showBuild(id, options),
    );
  withProject(builds.command('rollback [build]'))
    .description('publish an earlier build again (default: the one before the published)')
    .option('--wait [seconds]', 'wait for another build to end', wholeNumber(1))
    .addHelpText(
      'after',
      examples('techstore builds rollback', 'techstore builds rollback 20251125T09'),
    )
    .action(async (id: string | undefined, options: RollbackOptions) =>
      (await import('./commands/builds.js')).rollback(id, options),
    );
  withProject(builds.command('prune'))
    .description('remove old builds; the published one always stays')
    .option('--keep <n>', 'how many of the latest to keep', wholeNumber(1), 5)
    .option('--wait [seconds]', 'wait for another build to end', wholeNumber(1))
    .addHelpText('after', examples('techstore builds prune', 'techstore builds prune --keep 1'))
    .action(async (options: PruneOptions) => (await import('./commands/builds.js')).prune(options));
}
