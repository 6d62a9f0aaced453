/** `docs`: the documentation of a project, and a server for it. */
import type { Command } from 'commander';
import { Option } from '../commander.js';
import type { DocsServeOptions } from '../commands/docs-serve.js';
import type { DocsGenerateOptions } from '../commands/docs-generate.js';
import {
  port,
  wholeNumber,
  withProject,
  withProjectDir,
  withSources,
  withTalk,
} from '../options.js';
import { examples } from './examples.js';

/** Rows of each table with a bare --with-samples. */
const SAMPLE = 5;

export function addDocs(program: Command): void {
  const docs = program
    .command('docs')
    .description('make and serve the documentation of the project');
  withSources(withProject(docs.command('generate')))
    .description('write the documentation as one page, and the artifacts of dbt')
    .addOption(
      new Option(
        '--with-samples [rows]',
        'show rows of each table and failing rows of tests; they may contain personal data',
      )
        .preset(String(SAMPLE))
        .argParser(wholeNumber(1)),
    )
    .option('--no-compile', 'leave out compiled SQL')
    .option('--empty-catalog', 'do not connect to the database: no row counts, sizes or results')
    .addHelpText(
      'after',
      examples('techstore docs generate', 'techstore docs generate --with-samples 10'),
    )
    .action(async (options: DocsGenerateOptions) =>
      (await import('../commands/docs-generate.js')).docsGenerate(options),
    );
  withTalk(withProjectDir(docs.command('serve')))
    .description('serve the written documentation to a browser on this machine')
    .addOption(
      new Option('--port <n>', 'port to listen on; 0 for any free port')
        .argParser(port)
        .default(8080),
    )
    .option('--host <address>', 'loopback address to listen on', '127.0.0.1')
    .addOption(new Option('--open', 'open a browser (default on a terminal)'))
    .option('--no-browser', 'do not open a browser')
    .addHelpText(
      'after',
      examples('techstore docs serve', 'techstore docs serve --port 0 --no-browser'),
    )
    .action(async (options: DocsServeOptions) =>
      (await import('../commands/docs-serve.js')).docsServe(options),
    );
}
