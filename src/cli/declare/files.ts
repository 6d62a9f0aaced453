/** `export`: published tables as files. */
import type { Command } from 'commander';
import { Option } from '../commander.js';
import type { ExportOptions } from '../commands/export.js';
import { withProfile } from '../options.js';
import { examples } from './examples.js';

export function addFiles(program: Command): void {
  withProfile(program.command('export [models...]'))
    .description('write published tables to files (default: all models)')
    .requiredOption('--to <dir>', 'folder for the files, one file per table')
    .addOption(
      new Option('--as <format>', 'format of the files')
        .choices(['parquet', 'csv', 'ndjson'])
        .default('parquet'),
    )
    .option(
      '--for-spreadsheet',
      'write CSV that spreadsheets cannot run as formulas (adds an apostrophe)',
    )
    .option(
      '-s, --select <nodes...>',
      'also export the nodes of this selection in dbt syntax: +model, tag:x, path:y',
    )
    .option('--exclude <nodes...>', 'nodes to exclude from --select')
    .option('--selector <name>', 'name of a selector in selectors.yml')
    .option('--force', 'replace existing files')
    .option('--build <id>', 'the build to read (default: the published build)')
    .option('--json', 'print the list of files as JSON')
    .addHelpText(
      'after',
      examples(
        'techstore export gold_customer_analytics --to out',
        'techstore export --select tag:gold --to out --as csv --force',
        'techstore export gold_customer_analytics --to out --as csv --for-spreadsheet',
        'techstore export --to yesterday --build previous',
      ),
    )
    .action(async (models: readonly string[], options: ExportOptions) =>
      (await import('../commands/export.js')).exportFiles(models, options),
    );
}
