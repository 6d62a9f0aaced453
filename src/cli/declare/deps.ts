/** `deps`: installs the packages of the project. */
import type { Command } from 'commander';
import { Option } from '../commander.js';
import type { DepsCommandOptions } from '../commands/deps.js';
import { withProjectDir, withTalk } from '../options.js';
import { examples } from './examples.js';

export function addDeps(program: Command): void {
  withTalk(withProjectDir(program.command('deps')))
    .description('install the packages of packages.yml or dependencies.yml')
    .option('--upgrade', 'choose the newest versions again, whatever package-lock.yml says')
    .option('--lock', 'write package-lock.yml and install nothing')
    .option(
      '--add-package <name@version>',
      'add a package to the list first, such as dbt-labs/dbt_utils@1.3.0',
    )
    .addOption(
      new Option('--source <kind>', 'where --add-package gets it from')
        .choices(['hub', 'git', 'local'])
        .default('hub'),
    )
    .option('--vars <yaml>', "variables, such as '{tax_rate: 0.19}'")
    .addHelpText(
      'after',
      examples(
        'techstore deps',
        'techstore deps --upgrade',
        "techstore deps --add-package 'dbt-labs/dbt_utils@>=1.3.0,<2.0.0'",
        'techstore deps --add-package https://github.com/dbt-labs/dbt-codegen.git@0.13.1 --source git',
      ),
    )
    .action(async (options: DepsCommandOptions) =>
      (await import('../commands/deps.js')).deps(options),
    );
}
