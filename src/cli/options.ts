/** Options that several commands share: each is written once, with its help text. */
import type { Command } from 'commander';
import { InvalidArgumentError, Option } from './commander.js';

/** What every command that opens a project takes. */
export interface ProjectOptions {
  readonly projectDir?: string;
  readonly profilesDir?: string;
  readonly profile?: string;
  readonly target?: string;
  readonly vars?: string;
  readonly warnError?: boolean;
  readonly asOf?: string;
  readonly debug?: boolean;
  readonly quiet?: boolean;
  /** False with --no-color. */
  readonly color?: boolean;
}

/** What every command that chooses nodes takes. */
export interface SelectionOptions {
  readonly select?: string[];
  readonly exclude?: string[];
  readonly selector?: string;
  readonly resourceType?: string[];
  readonly excludeResourceType?: string[];
  readonly indirectSelection?: 'eager' | 'cautious' | 'buildable' | 'empty';
  readonly state?: string;
}

/** What every command takes that must be the only one at the builds. */
export interface WaitOption {
  /** Seconds; true for no end. */
  readonly wait?: number | boolean;
}

/** What is read where another environment has it. */
export interface DeferOptions {
  readonly defer?: boolean;
  /** Folder with its manifest. Default that of `--state`. */
  readonly deferState?: string;
  readonly favorState?: boolean;
}

/** What every command that runs nodes takes. */
export interface RunOptions extends ProjectOptions, SelectionOptions, DeferOptions, WaitOption {
  readonly threads?: number;
  readonly sources?: string;
  readonly fullRefresh?: boolean;
  readonly failFast?: boolean;
  readonly storeFailures?: boolean;
  readonly empty?: boolean;
  readonly sample?: string;
  /** True with --publish, false with --no-publish. */
  readonly publish?: boolean;
  readonly json?: boolean;
}

export interface FormatOptions {
  readonly format?: string;
  readonly json?: boolean;
  readonly csv?: boolean;
}

function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < least || number > 1_000_000) {
      throw new InvalidArgumentError(`It must be a whole number of at least ${least}.`);
    }
    return number;
  };
}

/** For an option that can be given several times, a value each time. */
export function collect(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), text];
}

/** A calendar date as YYYY-MM-DD: the 30th of February is refused. */
export function calendarDate(text: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const date = match === null ? null : new Date(`${text}T00:00:00Z`);
  if (date === null || Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text) {
    throw new InvalidArgumentError('It must be a date as YYYY-MM-DD, such as 2025-06-30.');
  }
  return text;
}

/** For commands that read what is published: its figures have their date already. */
export function withProfile(command: Command): Command {
  return withTalk(withTarget(command));
}

export function withProject(command: Command): Command {
  return withTalk(
    withTarget(command)
      .option('--as-of <date>', 'the date that all figures refer to', calendarDate)
      .option('--warn-error', 'treat warnings of the project and of its tests as errors'),
  );
}

/** For commands that read files of the project alone. */
export function withProjectDir(command: Command): Command {
  return command.addOption(
    new Option(
      '--project-dir <dir>',
      'folder with dbt_project.yml (default: this folder or the nearest parent)',
    ).env('DBT_PROJECT_DIR'),
  );
}

function withTarget(command: Command): Command {
  return withProjectDir(command)
    .option('--profiles-dir <dir>', 'folder with profiles.yml (default: the project, then ~/.dbt)')
    .option('--profile <name>', 'profile to use (default: the profile of dbt_project.yml)')
    .option('-t, --target <name>', 'target of the profile (default: the target set in the profile)')
    .option('--vars <yaml>', "variables, such as '{tax_rate: 0.19}'");
}

export function withTalk(command: Command): Command {
  return command
    .option('--debug', 'show stacks and SQL in errors')
    .option('-q, --quiet', 'print only results and errors')
    .option('--no-color', 'print without colors (also: the environment variable NO_COLOR)');
}

const resourceTypes = [
  'model',
  'seed',
  'snapshot',
  'test',
  'unit_test',
  'source',
  'exposure',
  'analysis',
];

export function port(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65_535) {
    throw new InvalidArgumentError('It must be a port, a whole number from 0 to 65535.');
  }
  return number;
}

export function withSelection(command: Command): Command {
  return command
    .option('-s, --select <nodes...>', 'nodes to select, in dbt syntax: +model, tag:x, path:y')
    .option('--exclude <nodes...>', 'nodes to exclude')
    .option('--selector <name>', 'name of a selector in selectors.yml')
    .addOption(
      new Option('--resource-type <types...>', 'select only these resource types').choices(
        resourceTypes,
      ),
    )
    .addOption(
      new Option('--exclude-resource-type <types...>', 'exclude these resource types').choices(
        resourceTypes,
      ),
    )
    .addOption(
      new Option(
        '--indirect-selection <mode>',
        'which tests are selected along with their models',
      ).choices(['eager', 'cautious', 'buildable', 'empty']),
    )
    .option(
      '--state <dir>',
      'folder with an earlier manifest.json, run_results.json or sources.json',
    );
}

/** What dbt takes for true in a variable of the environment. */
const yes = ['1', 'true', 't', 'yes', 'y', 'on'];

/** A flag that a variable of the environment sets too, as in dbt. */
export function withFlag(
  command: Command,
  flag: { readonly flags: string; readonly text: string; readonly variable: string },
): Command {
  const option = new Option(flag.flags, `${flag.text} (also: ${flag.variable}=1)`);
  return command.addOption(option).hook('preAction', (_, action) => {
    const isSet = yes.includes((process.env[flag.variable] ?? '').trim().toLowerCase());
    const name = option.attributeName();
    if (isSet && action.getOptionValue(name) === undefined)
      action.setOptionValueWithSource(name, true, 'env');
  });
}

export function withEmpty(command: Command): Command {
  return withFlag(command, {
    flags: '--empty',
    text: 'read no rows of any ref() or source(): a trial that is never published',
    variable: 'DBT_EMPTY',
  });
}

export function withSample(command: Command): Command {
  return command.addOption(
    new Option(
      '--sample <span>',
      "read only rows whose event_time is in the span, such as '3 days': never published",
    ).env('DBT_SAMPLE'),
  );
}

export function withDefer(command: Command): Command {
  const deferring = withFlag(command, {
    flags: '--defer',
    text: 'read what is neither selected nor built from the relations of the manifest in --state',
    variable: 'DBT_DEFER',
  });
  return withFlag(withDeferState(deferring, ' for --defer'), {
    flags: '--favor-state',
    text: 'with --defer: also what is built here',
    variable: 'DBT_FAVOR_STATE',
  });
}

export function withDeferState(command: Command, use = ' for what is cloned'): Command {
  return command.addOption(
    new Option('--defer-state <dir>', `another folder than --state${use}`).env('DBT_DEFER_STATE'),
  );
}

export function withThreads(command: Command): Command {
  return command.option(
    '--threads <n>',
    'number of nodes that run at the same time',
    wholeNumber(1),
  );
}

export function withSources(command: Command): Command {
  return command.option(
    '--sources <dir>',
    'folder with a CSV or Parquet file for each source table (default: the seeds)',
  );
}

export function withFormat(command: Command): Command {
  return command
    .addOption(
      new Option('--format <format>', 'output format').choices([
        'table',
        'json',
        'csv',
        'ndjson',
        'markdown',
      ]),
    )
    .option('--json', 'short for --format json')
    .option('--csv', 'short for --format csv');
}

export { wholeNumber };
