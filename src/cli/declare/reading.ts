/** Commands that read the project or the published tables, and leave both as they are. */
import type { Command } from 'commander';
import { Option } from '../commander.js';
import type { CompileCommandOptions } from '../commands/compile.js';
import type { LsOptions } from '../commands/ls.js';
import type { QueryOptions } from '../commands/query.js';
import type { ShowOptions } from '../commands/show.js';
import {
  collect,
  type ProjectOptions,
  wholeNumber,
  withFormat,
  withProfile,
  withProject,
  withDefer,
  withEmpty,
  withSelection,
  withSources,
} from '../options.js';
import { examples } from './examples.js';

export function addReading(program: Command): void {
  withDefer(
    withEmpty(withSources(withSelection(withProject(program.command('compile [nodes...]'))))),
  )
    .description('write the SQL of models and tests to the target folder, or print one')
    .option('--inline <sql>', 'compile this SQL instead of a model')
    .addHelpText('after', examples('techstore compile', 'techstore compile gold_sales_metrics'))
    .action(async (names: readonly string[], options: CompileCommandOptions) =>
      (await import('../commands/compile.js')).compile(names, options),
    );

  withProject(program.command('parse'))
    .description('read the project and write manifest.json')
    .addHelpText('after', examples('techstore parse', 'techstore parse --target databricks'))
    .action(async (options: ProjectOptions) =>
      (await import('../commands/parse.js')).parse(options),
    );

  withFormat(withSelection(withProject(program.command('ls [nodes...]').alias('list'))))
    .description('list nodes')
    .addOption(
      new Option('--output <kind>', 'what to print for each node')
        .choices(['selector', 'name', 'path', 'json'])
        .default('selector'),
    )
    .option('--output-keys <keys...>', 'keys of --output json')
    .addHelpText(
      'after',
      examples('techstore ls --select tag:gold', 'techstore ls --resource-type test --output name'),
    )
    .action(async (names: readonly string[], options: LsOptions) =>
      (await import('../commands/ls.js')).ls(names, options),
    );

  withFormat(withProject(program.command('show [model]')))
    .description('run a model or a query against the tables and show its rows')
    .option('-s, --select <node>', 'the model to show, in dbt selection syntax')
    .option('--inline <sql>', 'SQL with Jinja to run instead of a model')
    .option('--limit <n>', 'maximum number of rows to show', wholeNumber(1), 5)
    .option('--build <id>', 'the build to read (default: the published build)')
    .addHelpText(
      'after',
      examples(
        'techstore show gold_operational_metrics',
        'techstore show --inline "select count(*) from {{ ref(\'silver_orders\') }}"',
      ),
    )
    .action(async (model: string | undefined, options: ShowOptions) =>
      (await import('../commands/show.js')).show(model, options),
    );

  withFormat(withProfile(program.command('query [sql]')))
    .description('run read-only SQL on the published tables')
    .option('--file <path>', 'read the SQL from a file (- for standard input)')
    .option(
      '--param <name=value>',
      'value of $name in the SQL, as text (cast it in the SQL if needed; repeatable)',
      collect,
    )
    .option('--limit <n>', 'maximum number of rows to show in a table', wholeNumber(1), 500)
    .option('--build <id>', 'the build to read (default: the published build)')
    .addHelpText(
      'after',
      examples(
        "techstore query 'select * from gold_operational_metrics'",
        "techstore query 'from silver_rejected_rows' --csv",
        "techstore query 'from gold_customer_analytics where city = $city' --param city=Paris",
        'techstore query --file revenue.sql --format ndjson | head -5',
      ),
    )
    .action(async (sql: string | undefined, options: QueryOptions) =>
      (await import('../commands/query.js')).query(sql, options),
    );

  withProject(program.command('debug'))
    .description('check project, profile, connection and permissions')
    .addHelpText('after', examples('techstore debug', 'techstore debug --target databricks'))
    .action(async (options: ProjectOptions) =>
      (await import('../commands/debug.js')).debug(options),
    );

  withProfile(program.command('clean'))
    .description('remove the folders listed in clean-targets')
    .addHelpText('after', examples('techstore clean', 'techstore clean --project-dir shop'))
    .action(async (options: ProjectOptions) =>
      (await import('../commands/clean.js')).clean(options),
    );
}
