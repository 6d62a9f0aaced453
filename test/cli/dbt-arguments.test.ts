import { expect, test } from 'vitest';
import { fromDbt } from '../../src/cli/dbt-arguments.js';

const options: Readonly<Record<string, readonly string[]>> = {
  run: [
    '-s',
    '--select',
    '--debug',
    '-q',
    '--quiet',
    '--vars',
    '--warn-error',
    '--full-refresh',
    '--no-color',
  ],
  query: ['--limit'],
  'source freshness': ['--select', '--debug'],
};

function written(line: string, environment: Record<string, string | undefined> = {}): string {
  const of = (command: string): ReadonlySet<string> => new Set(options[command.trim()] ?? []);
  return fromDbt(line === '' ? [] : line.split(' '), of, environment).join(' ');
}

test.each([
  ['run --models a b', 'run --select a b'],
  ['run -m a', 'run --select a'],
  ['run --model=a+', 'run --select=a+'],
  ['--debug run -s a', 'run -s a --debug'],
  ['-d --vars {a:1} run', 'run --debug --vars {a:1}'],
  ['--vars={a:1} run', 'run --vars={a:1}'],
  ['run -f --no-use-colors', 'run --full-refresh --no-color'],
  ['--no-partial-parse --log-path logs run', 'run'],
  ['--log-level error run', 'run --quiet'],
  ['run --log-level debug', 'run --debug'],
  ['run --warn-error-options {error:all}', 'run --warn-error'],
  ['run --warn-error-options {"include":"all"}', 'run --warn-error'],
  ['--debug source freshness --models a', 'source freshness --select a --debug'],
  ['run --threads 2', 'run'],
  ['run -- --models', 'run -- --models'],
])('%s is %s', (dbt, ours) => {
  expect(written(dbt)).toBe(ours);
});

test('What is not of dbt stays as it is', () => {
  for (const line of ['', 'query -m a', '--nonsense run', 'run --nonsense x', '--version'])
    expect(written(line)).toBe(line);
});

test('Flags that only a variable can say set it, or take it away', () => {
  const environment: Record<string, string | undefined> = { DBT_DEFER: '1', NO_COLOR: '1' };
  expect(written('run --target-path out --no-defer --use-colors', environment)).toBe('run');
  expect(environment).toEqual({ DBT_TARGET_PATH: 'out', FORCE_COLOR: '1' });
});
