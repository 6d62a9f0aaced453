/** Flags that dbt's users have in their scripts. `fixtures/dbt-flags/flags.json` has those of real dbt. */
import type { Command } from 'commander';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDbtFlags } from '../../src/cli/dbt-flags/add-flags.js';
import { commandFirst } from '../../src/cli/dbt-flags/command-first.js';
import { createProgram } from '../../src/cli/program.js';
import type { Shop } from '../helpers/shop.js';
import { built, refuses, succeeds } from './support.js';

const recorded = JSON.parse(
  readFileSync(new URL('../../fixtures/dbt-flags/flags.json', import.meta.url), 'utf8'),
) as Record<string, string[][]>;

/** Commands of dbt that techstore does not have, or has under one of two names. */
const missing = ['init', 'list', 'source snapshot-freshness'];
/** Not there yet. */
const later = ['clone', 'deps', 'snapshot'].filter(
  (name) => !createProgram().commands.some((command) => command.name() === name),
);

function commandOf(program: Command, name: string): Command {
  let command = program;
  for (const part of name.split(' ')) {
    const child = command.commands.find((each) => each.name() === part);
    if (child === undefined) throw new Error(`no command ${name}`);
    command = child;
  }
  return command;
}

describe('Every flag of real dbt', () => {
  const names = Object.keys(recorded).filter((name) => ![...missing, ...later].includes(name));
  test.each(names)('is known to %s, with a value where it has one', (name) => {
    const program = createProgram();
    addDbtFlags(program, name.split(' '));
    const { options } = commandOf(program, name);
    const unknown: string[] = [];
    for (const flag of recorded[name] ?? []) {
      const takesValue = flag.includes('<value>');
      for (const part of flag.filter((text) => text.startsWith('-'))) {
        // The program itself has these.
        if (['--version', '-V', '-v'].includes(part)) continue;
        const option = options.find(({ long, short }) => long === part || short === part);
        if (option === undefined || (option.required || option.optional) !== takesValue)
          unknown.push(part);
      }
    }
    expect(unknown).toEqual([]);
  });
});

describe('Options before the command', () => {
  const program = createProgram();
  addDbtFlags(program, ['build', 'docs', 'generate']);
  test.each([
    [
      ['-q', 'build'],
      ['build', '-q'],
    ],
    [
      ['--target', 'dev', 'build', 'orders'],
      ['build', 'orders', '--target', 'dev'],
    ],
    [
      ['--log-level=none', '-t', 'x', 'build', '--', '--a'],
      ['build', '--log-level=none', '-t', 'x', '--', '--a'],
    ],
    [
      ['--no-partial-parse', 'docs', 'generate'],
      ['docs', 'generate', '--no-partial-parse'],
    ],
    [
      ['build', '-q'],
      ['build', '-q'],
    ],
    [['--version'], ['--version']],
    [
      ['--unknown', 'build'],
      ['--unknown', 'build'],
    ],
    [['-q'], ['-q']],
  ])('%j', (args, expected) => {
    expect(commandFirst(args, program)).toEqual(expected);
  });
});

describe('A command with flags of dbt', () => {
  let shop: Shop;
  beforeAll(() => {
    shop = built();
  });
  afterAll(() => shop.remove());

  test('takes other names of its options', () => {
    const done = succeeds(
      shop.run('ls', '-m', 'clean', '--models', 'apart', '--resource-types', 'model', '-q'),
    );
    expect(done.stdout.trim().split('\n').sort()).toEqual(['small.apart', 'small.clean']);
  });

  test('says what has no effect, and says nothing with --quiet', () => {
    const done = succeeds(
      shop.run('--no-partial-parse', 'ls', '--select', 'apart', '--version-check'),
    );
    expect(done.stderr).toBe(
      'Note: --no-partial-parse has no effect. There is one parser, and it reads the whole project each time.\n',
    );
    expect(succeeds(shop.run('ls', '--no-partial-parse', '-q')).stderr).toBe('');
    expect(succeeds(shop.run('ls', '--log-level', 'none', '--no-print')).stderr).toBe('');
  });

  test('prints the version with -v too', () => {
    expect(succeeds(shop.run('-v')).stdout).toBe(succeeds(shop.run('--version')).stdout);
  });

  test('refuses what it cannot do, with what to do instead', () => {
    refuses(shop, ['build', '--event-time-start', '2024-01-01'], {
      code: 2,
      says: ['--event-time-start is not supported', 'microbatch', '--sample'],
    });
    refuses(shop, ['build', '--log-level', 'loud'], {
      code: 2,
      says: ["--log-level cannot be 'loud'", 'debug, info, warn, error or none'],
    });
    refuses(shop, ['ls', '--warn-error-options', '[all]'], {
      code: 2,
      says: ["--warn-error-options cannot be '[all]'", '{error: all}'],
    });
  });

  test('writes artifacts to --target-path, and so does a build in which nothing changed', () => {
    for (const args of [['parse'], ['build']]) {
      succeeds(shop.run(...args, '--target-path', `other/${args[0]}`, '-q'));
      expect(existsSync(join(shop.dir, 'other', String(args[0]), 'manifest.json'))).toBe(true);
    }
    expect(existsSync(join(shop.dir, 'other', 'build', 'run_results.json'))).toBe(true);
  });

  test('prints events of the JSON log with --log-format json', () => {
    const done = succeeds(shop.run('build', '--log-format', 'json'));
    expect(done.stderr).toBe('');
    const events = done.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { info: { level: string; msg: string; ts: string } });
    expect(events.some(({ info }) => /Nothing changed/.test(info.msg))).toBe(true);
    expect(
      events.every(({ info }) => info.level === 'info' && !Number.isNaN(Date.parse(info.ts))),
    ).toBe(true);
    refuses(shop, ['build', '--log-format', 'json', '--json'], {
      code: 2,
      says: ['exclude each other'],
    });
  });
});
