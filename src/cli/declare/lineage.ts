/** `lineage`: the graph of tables and of columns. */
import type { Command } from 'commander';
import { Option } from '../commander.js';
import type { LineageOptions } from '../commands/lineage.js';
import { wholeNumber, withProject, withSelection, withSources } from '../options.js';
import { examples } from './examples.js';

export function addLineage(program: Command): void {
  withSources(withSelection(withProject(program.command('lineage [model]'))))
    .description('show where tables and columns come from, and what depends on them')
    .option('--upstream', 'only ancestors of the model or column')
    .option('--downstream', 'only descendants of the model or column')
    .option('--depth <n>', 'maximum distance from the model or column', wholeNumber(1))
    .option('--tests', 'with data tests and unit tests')
    .option('--exposures', 'with exposures')
    .option('--columns', 'with every column and its sources')
    .addOption(
      new Option('--column <model.column>', 'trace one column').conflicts([
        'columns',
        'select',
        'exclude',
        'selector',
        'tests',
        'exposures',
      ]),
    )
    .option('--dot', 'as a Graphviz graph')
    .option('--mermaid', 'as a Mermaid flowchart')
    .option('--markdown', 'as a page for a repository: a diagram, tables and columns')
    .option('--dictionary', 'as a page of all tables with their columns, types and tests')
    .option('--json', 'as JSON')
    .option('--svg', 'as a picture')
    .option('--html', 'as one interactive page')
    .option('--output <file>', 'write to a file; its extension sets the format if no option does')
    .option('--force', 'replace an existing file')
    .addHelpText(
      'after',
      examples(
        'techstore lineage gold_sales_metrics',
        'techstore lineage --column gold_customer_analytics.customer_lifetime_value',
        'techstore lineage --select tag:gold+ --exposures --svg --output gold.svg',
        'techstore lineage --columns --output lineage.html',
        'techstore lineage --markdown --output DATA_LINEAGE.md',
      ),
    )
    .action(async (model: string | undefined, options: LineageOptions) =>
      (await import('../commands/lineage.js')).lineage(model, options),
    );
}
