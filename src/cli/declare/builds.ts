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
  const builds = program.command('builds').description('the builds that are kept');
  withFormat(withProfile(builds.command('list')))
    .description('when, as of, state and rows of each build')
    .addHelpText('after', examples('techstore builds list', 'techstore builds list --json'))
    .action(async (options: BuildsOptions) =>
      (await import('../commands/builds-list.js')).listBuilds(options),
    );
  withFormat(withProfile(builds.command('show [build]')))
    .description('one build: its tables, rows and tests (default: the published one)')
    .option('--failed', 'only what failed or was skipped because of it')
    .option('--warnings', 'only what warns (also: --warned)')
    .addOption(new Option('--warned', 'the same as --warnings').hideHelp())
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
      'what differs between two builds: tables, columns, rows by key (default: the published one against the one before)',
    )
    .option('--table <names...>', 'only these tables')
    .option('-s, --select <nodes...>', 'only what these words of dbt choose: +model, tag:x, path:y')
    .option('--exclude <nodes...>', 'nodes to leave out of --select')
    .option('--limit <n>', 'rows to show of each kind of difference', wholeNumber(0), 3)
    .option('--fail-on-change', 'exit code 1 where anything differs')
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
    .description('read the files of builds from end to end: is each what was built? (default: all)')
    .addHelpText('after', examples('techstore builds verify', 'techstore builds verify published'))
    .action(async (id: string | undefined, options: BuildsOptions) =>
      (await import('../commands/builds-verify.js')).verifyBuilds(id, options),
    );
  withProfile(builds.command('rollback [build]'))
    .description('publish an earlier build again (default: the one before the published)')
    .option('--wait [seconds]', 'wait for another build to end', wholeNumber(1))
    .addHelpText(
      'after',
      examples('techstore builds rollback', 'techstore builds rollback 20251125T09'),
    )
    .action(async (id: string | undefined, options: RollbackCommandOptions) =>
      (await import('../commands/builds.js')).rollback(id, options),
    );
  withProfile(builds.command('prune'))
    .description('remove old builds; the published one always stays')
    .option('--keep <n>', 'how many of the latest to keep', wholeNumber(1), keptBuilds)
    .option('--wait [seconds]', 'wait for another build to end', wholeNumber(1))
    .addHelpText('after', examples('techstore builds prune', 'techstore builds prune --keep 1'))
    .action(async (options: PruneCommandOptions) =>
      (await import('../commands/builds.js')).prune(options),
    );
}
