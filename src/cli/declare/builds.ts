/** `builds`: the builds that are kept. */
import type { Command } from 'commander';
import { keptBuilds } from '../../ground/published.js';
import { Option } from '../commander.js';
import type {
  BuildsOptions,
  PruneCommandOptions,
  RollbackCommandOptions,
  ShowBuildOptions,
} from '../commands/builds.js';
import type { DiffOptions } from '../commands/builds-diff.js';
import { wholeNumber, withFormat, withProfile } from '../options.js';
import { examples } from './examples.js';

interface Warned {
  readonly warned?: boolean;
}

export function addBuilds(program: Command): void {
  const builds = program
    .command('builds')
    .description('list, show, compare, check, roll back or remove builds');
  withFormat(withProfile(builds.command('list')))
    .description('list the kept builds with date, state and rows')
    .addHelpText('after', examples('techstore builds list', 'techstore builds list --json'))
    .action(async (options: BuildsOptions) =>
      (await import('../commands/builds-list.js')).listBuilds(options),
    );
  withFormat(withProfile(builds.command('show [build]')))
    .description('show one build with its tables, rows and tests (default: the published build)')
    .option('--failed', 'show only failed nodes and nodes skipped because of them')
    .option('--warnings', 'show only warnings (also: --warned)')
    .addOption(new Option('--warned', 'same as --warnings').hideHelp())
    .addHelpText(
      'after',
      examples(
        'techstore builds show',
        'techstore builds show 20251125T09',
        'techstore builds show failed --failed',
      ),
    )
    .action(async (id: string | undefined, { warned, ...options }: ShowBuildOptions & Warned) =>
      (await import('../commands/builds.js')).showBuild(id, {
        ...options,
        ...(warned === true ? { warnings: true } : {}),
      }),
    );
  withFormat(withProfile(builds.command('diff [builds...]')))
    .usage('[options] [from] [to]')
    .description(
      'compare two builds: tables, columns, rows by key (default: the published build with the previous build)',
    )
    .option('--table <names...>', 'compare only these tables')
    .option(
      '-s, --select <nodes...>',
      'compare only the nodes of this selection in dbt syntax: +model, tag:x, path:y',
    )
    .option('--exclude <nodes...>', 'nodes to exclude from --select')
    .option('--limit <n>', 'rows to show for each kind of difference', wholeNumber(0), 3)
    .option('--fail-on-change', 'end with exit code 1 if anything differs')
    .addHelpText(
      'after',
      examples(
        'techstore builds diff',
        'techstore builds diff 20251125T09',
        'techstore builds diff previous failed --select tag:gold --json',
      ),
    )
    .action(async (names: readonly string[], options: DiffOptions) =>
      (await import('../commands/builds-diff.js')).diffBuilds(names, options),
    );
  withFormat(withProfile(builds.command('verify [build]')))
    .description('check that the files of builds are complete and unchanged (default: all builds)')
    .addHelpText('after', examples('techstore builds verify', 'techstore builds verify published'))
    .action(async (id: string | undefined, options: BuildsOptions) =>
      (await import('../commands/builds-verify.js')).verifyBuilds(id, options),
    );
  withProfile(builds.command('rollback [build]'))
    .description('publish an earlier build again (default: the build before the published one)')
    .option('--wait [seconds]', 'wait until another build ends', wholeNumber(1))
    .addHelpText(
      'after',
      examples('techstore builds rollback', 'techstore builds rollback 20251125T09'),
    )
    .action(async (id: string | undefined, options: RollbackCommandOptions) =>
      (await import('../commands/builds.js')).rollback(id, options),
    );
  withProfile(builds.command('prune'))
    .description('remove old builds; the published one always stays')
    .option('--keep <n>', 'number of latest builds to keep', wholeNumber(1), keptBuilds)
    .option('--wait [seconds]', 'wait until another build ends', wholeNumber(1))
    .addHelpText('after', examples('techstore builds prune', 'techstore builds prune --keep 1'))
    .action(async (options: PruneCommandOptions) =>
      (await import('../commands/builds.js')).prune(options),
    );
}
