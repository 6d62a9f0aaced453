/** `source`: what can be asked of the project's sources. */
import type { Command } from 'commander';
import type { FreshnessOptions } from '../commands/source-freshness.js';
import { withFormat, withProject, withSelection, withSources, withThreads } from '../options.js';
import { examples } from './examples.js';

export function addSources(program: Command): void {
  const source = program.command('source').description('check the sources of the project');
  withFormat(
    withThreads(withSources(withSelection(withProject(source.command('freshness [sources...]'))))),
  )
    .alias('snapshot-freshness')
    .description('tell how old the newest records of sources are, and write sources.json')
    .option('-o, --output <path>', 'file to write instead of sources.json in the target folder')
    .addHelpText(
      'after',
      examples(
        'techstore source freshness',
        'techstore source freshness --select source:shop.orders',
        'techstore source freshness --sources exports/ --json',
      ),
    )
    .action(async (names: readonly string[], options: FreshnessOptions) =>
      (await import('../commands/source-freshness.js')).sourceFreshness(names, options),
    );
}
