/**
 * What dbt's command line has and this one writes otherwise: old and short names, flags that may stand
 * before the command, and flags whose absence or presence changes nothing here.
 */

/** One flag of dbt's. */
export interface DbtFlag {
  readonly names: readonly string[];
  /** True if a value follows it. Default false. */
  readonly takesValue?: boolean;
  /** Name of ours, or the arguments that say the same; `null` for none. Default: the name as given. */
  readonly becomes?: string | null | ((value: string) => readonly string[]);
  /** Variable of the environment that the flag overrules. */
  readonly unsets?: string;
  /** Variable of the environment that says the same. */
  readonly sets?: (value: string) => readonly [name: string, value: string];
  /** Why it has no effect, where it has none. */
  readonly why?: string;
}

const always = 'it asks for what happens anyway';
const noLog = 'techstore writes no log file';
const noCache = 'techstore asks the catalog when it needs to';

function noEffect(why: string, ...names: string[]): DbtFlag {
  return { names, becomes: null, why };
}

/** In dbt's order of documentation. */
export const dbtFlags: readonly DbtFlag[] = [
  { names: ['--models', '--model', '-m'], becomes: '--select' },
  { names: ['--resource-types'], becomes: '--resource-type' },
  { names: ['--exclude-resource-types'], becomes: '--exclude-resource-type' },
  { names: ['-f'], becomes: '--full-refresh' },
  { names: ['-x'], becomes: '--fail-fast' },
  { names: ['--debug', '-d'], becomes: '--debug' },
  { names: ['--quiet', '-q'], becomes: '--quiet' },
  { names: ['--no-use-colors'], becomes: '--no-color' },
  { names: ['--use-colors'], becomes: null, sets: () => ['FORCE_COLOR', '1'], unsets: 'NO_COLOR' },
  { names: ['--warn-error'] },
  { names: ['--warn-error-options'], takesValue: true, becomes: warnErrorOptions },
  { names: ['--profiles-dir'], takesValue: true },
  { names: ['--project-dir'], takesValue: true },
  { names: ['--profile'], takesValue: true },
  { names: ['--target', '-t'], takesValue: true, becomes: '--target' },
  { names: ['--vars'], takesValue: true },
  { names: ['--threads'], takesValue: true },
  { names: ['--state'], takesValue: true },
  { names: ['--defer-state'], takesValue: true },
  { names: ['--defer'] },
  { names: ['--favor-state'] },
  { names: ['--fail-fast'] },
  {
    names: ['--target-path'],
    takesValue: true,
    becomes: null,
    sets: (value) => ['DBT_TARGET_PATH', value],
  },
  { names: ['--log-level'], takesValue: true, becomes: logLevel },
  { names: ['--log-format'], takesValue: true, becomes: logFormat },
  { names: ['--no-defer'], becomes: null, unsets: 'DBT_DEFER', why: always },
  { names: ['--no-favor-state'], becomes: null, unsets: 'DBT_FAVOR_STATE', why: always },
  { names: ['--no-empty'], becomes: null, unsets: 'DBT_EMPTY', why: always },
  { names: ['--no-warn-error'], becomes: null, unsets: 'DBT_WARN_ERROR', why: always },
  noEffect(always, '--no-fail-fast', '--no-full-refresh', '--no-store-failures'),
  noEffect(always, '--no-quiet', '--no-debug', '--print', '--introspect', '--write-json'),
  noEffect(
    'nothing is ever sent',
    '--send-anonymous-usage-stats',
    '--no-send-anonymous-usage-stats',
  ),
  noEffect('techstore parses the files that changed', '--partial-parse', '--no-partial-parse'),
  noEffect('there is one parser', '--static-parser', '--no-static-parser'),
  noEffect('there is one parser', '--use-experimental-parser', '--no-use-experimental-parser'),
  noEffect('there is one parser', '--partial-parse-file-diff', '--no-partial-parse-file-diff'),
  noEffect(noCache, '--populate-cache', '--no-populate-cache'),
  noEffect(noCache, '--cache-selected-only', '--no-cache-selected-only'),
  noEffect(
    'a warning says which dbt the project requires',
    '--version-check',
    '--no-version-check',
  ),
  noEffect(
    'edges of tests are always found fast',
    '--use-fast-test-edges',
    '--no-use-fast-test-edges',
  ),
  noEffect(noLog, '--log-cache-events', '--no-log-cache-events'),
  noEffect(noLog, '--use-colors-file', '--no-use-colors-file'),
  noEffect('stacks are shown by --debug', '--macro-debugging', '--no-macro-debugging'),
  noEffect('there is nothing to report', '--show-resource-report', '--no-show-resource-report'),
  noEffect('use --threads 1', '--single-threaded', '--no-single-threaded'),
  ...['--log-path', '--log-level-file', '--log-format-file', '--log-file-max-bytes'].map(
    (name): DbtFlag => ({ ...noEffect(noLog, name), takesValue: true }),
  ),
  { ...noEffect('lines are as wide as the terminal', '--printer-width'), takesValue: true },
];

/** Commands of dbt's that take these flags. */
export const dbtCommands: ReadonlySet<string> = new Set(
  (
    'build run test seed compile parse ls list show debug clean retry run-operation source docs ' +
    'freshness deps snapshot clone init'
  ).split(' '),
);

/** dbt's commands that are not here, and what to do instead. */
export const missingCommands: Readonly<Record<string, string>> = {
  snapshot: 'Snapshots are not supported yet.',
  clone: 'techstore build reuses what did not change, and --defer reads what is elsewhere.',
  init: 'Write dbt_project.yml and profiles.yml, or copy them from another project.',
};

function logLevel(value: string): readonly string[] {
  if (value === 'debug') return ['--debug'];
  return value === 'error' || value === 'none' ? ['--quiet'] : [];
}

function logFormat(value: string): readonly string[] {
  if (value === 'json')
    process.stderr.write('Warning: --log-format json has no effect: output is text\n');
  return [];
}

/** `{error: all}`, in dbt's old words `{include: all}`; with names it can't be honoured. */
function warnErrorOptions(value: string): readonly string[] {
  const all =
    /^\s*\{?\s*["']?(?:error|include)["']?\s*:\s*\[?\s*["']?(?:all|\*)["']?\s*\]?\s*\}?\s*$/;
  if (all.test(value)) return ['--warn-error'];
  process.stderr.write(
    "Warning: --warn-error-options has an effect only as '{error: all}', which is --warn-error: " +
      "techstore's warnings have no names of dbt's\n",
  );
  return [];
}
