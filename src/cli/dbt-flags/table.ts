/**
 * Flags that dbt's commands have and techstore's help does not list. Those that the help lists are options of the
 * commands (`declare/`). `docs/dbt.md` has this table; a test compares it with the flags of real dbt.
 */

/** What a flag does to a command. */
export type FlagEffect =
  /** It stands for another option: names and values as commander has them. */
  | { readonly kind: 'same'; readonly as: string; readonly value?: unknown }
  /** It is accepted, and a note says why it has no effect. */
  | { readonly kind: 'none'; readonly why: string }
  /** It is accepted and nothing is said, because it asks for what happens anyway. */
  | { readonly kind: 'default'; readonly why: string }
  /** It is an error, with what to do instead. */
  | { readonly kind: 'refused'; readonly hint: string }
  /** A variable of the environment that the program reads where it needs it. */
  | { readonly kind: 'environment'; readonly variable: string; readonly why: string }
  /** `values.ts` says what the value means. */
  | {
      readonly kind: 'value';
      readonly of: 'warn-error-options' | 'log-level' | 'log-format' | 'output';
    };

export interface DbtFlag {
  /** As commander has them. */
  readonly flags: readonly string[];
  /** Commands that have it. Default: all of dbt's. */
  readonly on?: readonly string[];
  readonly effect: FlagEffect;
}

const same = (as: string, value?: unknown): FlagEffect =>
  value === undefined ? { kind: 'same', as } : { kind: 'same', as, value };
const none = (why: string): FlagEffect => ({ kind: 'none', why });
const byDefault = (why: string): FlagEffect => ({ kind: 'default', why });

const noCache = 'There is no cache of relations: techstore asks the database when it needs to know';
const noParser = 'There is one parser, and it reads the whole project each time';
const noLogFile = 'techstore writes no log file';
const noNetwork = 'techstore sends nothing to anybody';

export const dbtFlags: readonly DbtFlag[] = [
  { flags: ['-m, --models <nodes...>', '--model <nodes...>'], effect: same('select') },
  { flags: ['--resource-types <types...>'], effect: same('resourceType') },
  { flags: ['--exclude-resource-types <types...>'], effect: same('excludeResourceType') },
  { flags: ['-f'], on: ['build', 'run', 'seed', 'clone'], effect: same('fullRefresh', true) },
  { flags: ['-x'], on: ['build', 'run', 'test'], effect: same('failFast', true) },
  { flags: ['-d'], effect: same('debug', true) },
  { flags: ['--no-use-colors'], effect: same('color', false) },
  { flags: ['--deprecated-favor-state <value>'], effect: none('It is internal to dbt') },
  { flags: ['--no-fail-fast'], effect: same('failFast', false) },
  { flags: ['--no-defer'], effect: same('defer', false) },
  { flags: ['--no-favor-state'], effect: same('favorState', false) },
  { flags: ['--no-empty'], effect: same('empty', false) },
  { flags: ['--no-quiet'], effect: same('quiet', false) },
  { flags: ['--no-debug'], effect: same('debug', false) },
  { flags: ['--no-warn-error'], effect: same('warnError', false) },
  { flags: ['--no-full-refresh'], effect: same('fullRefresh', false) },
  { flags: ['--no-store-failures'], effect: same('storeFailures', false) },
  {
    flags: ['--target-path <dir>'],
    effect: {
      kind: 'environment',
      variable: 'DBT_TARGET_PATH',
      why: "The folder of artifacts, below the project's, instead of target-path in dbt_project.yml",
    },
  },
  { flags: ['--warn-error-options <yaml>'], effect: { kind: 'value', of: 'warn-error-options' } },
  { flags: ['--log-level <level>'], effect: { kind: 'value', of: 'log-level' } },
  { flags: ['--log-format <format>'], effect: { kind: 'value', of: 'log-format' } },
  {
    flags: ['--use-colors'],
    effect: {
      kind: 'environment',
      variable: 'FORCE_COLOR',
      why: 'Prints colors also where the output is no terminal',
    },
  },
  {
    flags: ['--partial-parse', '--no-partial-parse', '--static-parser', '--no-static-parser'],
    effect: none(noParser),
  },
  { flags: ['--use-experimental-parser', '--no-use-experimental-parser'], effect: none(noParser) },
  {
    flags: ['--cache-selected-only', '--no-cache-selected-only', '--populate-cache'],
    effect: none(noCache),
  },
  {
    flags: ['--no-populate-cache', '--log-cache-events', '--no-log-cache-events'],
    effect: none(noCache),
  },
  {
    flags: ['--log-path <dir>', '--log-format-file <format>', '--log-level-file <level>'],
    effect: none(noLogFile),
  },
  {
    flags: ['--use-colors-file', '--no-use-colors-file', '--log-file-max-bytes <bytes>'],
    effect: none(noLogFile),
  },
  {
    flags: ['--single-threaded', '--no-single-threaded'],
    effect: none('The number of threads is set by --threads'),
  },
  {
    flags: ['--macro-debugging', '--no-macro-debugging'],
    effect: none('Errors in macros have their place and the calls that led to it'),
  },
  {
    flags: ['--use-fast-test-edges', '--no-use-fast-test-edges'],
    effect: none('Edges of tests are always found in the fast way'),
  },
  {
    flags: ['--send-anonymous-usage-stats', '--upload-to-artifacts-ingest-api'],
    effect: none(noNetwork),
  },
  {
    flags: ['--no-send-anonymous-usage-stats', '--no-upload-to-artifacts-ingest-api'],
    effect: byDefault(noNetwork),
  },
  {
    flags: ['--version-check', '--write-json', '--print'],
    effect: byDefault('techstore always does this'),
  },
  {
    flags: ['--no-version-check'],
    effect: none(
      'require-dbt-version is always compared with the version of dbt that techstore follows',
    ),
  },
  {
    flags: ['--no-write-json'],
    effect: none('techstore always writes the artifacts: retry and docs read them'),
  },
  { flags: ['--no-print'], effect: none('What print() of a macro prints is always printed') },
  { flags: ['--printer-width <columns>'], effect: none('The width is that of the terminal') },
  {
    flags: ['-r, --record-timing-info <file>'],
    effect: {
      kind: 'refused',
      hint: 'run_results.json has the time of each node. For a profile of the program, run it with NODE_OPTIONS=--cpu-prof.',
    },
  },
  {
    flags: ['--show-all-deprecations', '--no-show-all-deprecations'],
    effect: none('Each deprecated key is one warning, with all its places'),
  },
  {
    flags: ['--event-time-start <time>', '--event-time-end <time>'],
    on: ['build', 'run'],
    effect: {
      kind: 'refused',
      hint: 'They are for microbatch models, which are not supported yet. For a trial with a part of the rows, use --sample.',
    },
  },
  {
    flags: ['--show'],
    on: ['build', 'seed'],
    effect: none('techstore show --select NAME prints rows of a seed'),
  },
  {
    flags: ['--introspect'],
    on: ['compile', 'show'],
    effect: byDefault('Macros may query the database'),
  },
  {
    flags: ['--no-introspect'],
    on: ['compile', 'show'],
    effect: {
      kind: 'refused',
      hint: 'techstore compile asks the database only if a macro of the project does (run_query, adapter methods).',
    },
  },
  {
    flags: ['--full-refresh', '-f'],
    on: ['compile', 'show', 'retry'],
    effect: none('Nothing that this command does depends on it'),
  },
  {
    flags: ['--threads <n>'],
    on: ['compile', 'show', 'parse', 'run-operation', 'docs generate'],
    effect: none('This command works in one thread'),
  },
  {
    flags: ['--clean-project-files-only'],
    on: ['clean'],
    effect: byDefault('It removes nothing else'),
  },
  {
    flags: ['--no-clean-project-files-only'],
    on: ['clean'],
    effect: { kind: 'refused', hint: 'techstore clean never removes files outside the project.' },
  },
  { flags: ['--browser'], on: ['docs serve'], effect: same('open', true) },
  {
    flags: ['--profiles-dir <dir>', '--vars <yaml>'],
    on: ['docs serve'],
    effect: none('The site is made already: see docs generate'),
  },
  {
    flags: ['--profiles-dir <dir>'],
    on: ['deps'],
    effect: none('Packages are the same for every profile'),
  },
  {
    flags: ['--compile'],
    on: ['docs generate'],
    effect: byDefault('Compiled SQL is part of the site'),
  },
  {
    flags: ['--static'],
    on: ['docs generate'],
    effect: byDefault('The site is one file that opens from disk'),
  },
  {
    flags: [
      '--exclude <nodes...>',
      '-s, --select <nodes...>',
      '-m, --models <nodes...>',
      '--model <nodes...>',
      '--selector <name>',
    ],
    on: ['docs generate'],
    effect: {
      kind: 'refused',
      hint: 'The site has the whole project. Its lineage can be filtered in the page.',
    },
  },
  {
    flags: ['--exclude <nodes...>', '--selector <name>', '--indirect-selection <mode>'],
    on: ['show'],
    effect: { kind: 'refused', hint: 'techstore show prints one node: name it with --select.' },
  },
  { flags: ['--output <format>'], on: ['show'], effect: { kind: 'value', of: 'output' } },
  {
    flags: ['--output <format>'],
    on: ['compile'],
    effect: none('Compiled SQL is printed as it is; manifest.json has it for programs'),
  },
  {
    flags: ['--config-dir'],
    on: ['debug'],
    effect: none('techstore debug prints the folder of profiles.yml among its checks'),
  },
  {
    flags: ['--connection'],
    on: ['debug'],
    effect: none('techstore debug always checks the connection, besides all else'),
  },
  // dbt has these on every command; where they mean something, they are options of the command.
  {
    flags: ['--defer', '--favor-state', '--state <dir>', '--defer-state <dir>'],
    effect: none('This command compares with no state and defers to none'),
  },
  {
    flags: ['--indirect-selection <mode>'],
    effect: none('This command selects no tests'),
  },
  { flags: ['--fail-fast', '-x'], effect: none('This command does not run several nodes') },
  { flags: ['--warn-error'], effect: none('This command reads no nodes of the project') },
  {
    flags: ['--profile <name>', '-t, --target <name>'],
    effect: none('This command opens no target'),
  },
];
