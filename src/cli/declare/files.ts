/** `export`: published tables as files. */
import type { Command } from 'commander';
import { Option } from '../commander.js';
import type { ExportOptions } from '../commands/export.js';
import { withProfile } from '../options.js';
import { examples } from './examples.js';

export function addFiles(program: Command): void {
  withProfile(program.command('export [models...]'))
    .description('write published tables to files (default: all models)')
    .requiredOption('--to <dir>', 'folder for the files, a file for each table')
    .addOption(
      new Option('--as <format>', 'format of the files')
        .choices(['parquet', 'csv', 'ndjson'])
        .default('parquet'),
    )
    .option('--for-spreadsheet', 'CSV in which no text runs as a formula (an apostrophe in front)')
    .option('-s, --select <nodes...>', 'also what these words of dbt choose: +model, tag:x, path:y')
    .option('--exclude <nodes...>', 'nodes to leave out of --select')
    .option('--selector <name>', 'a selection that selectors.yml names')
    .option('--force', 'replace files that are there')
    .option('--build <id>', 'the build to read (default: the published one)')
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
