/** Makes the commands that dbt has too take dbt's flags. */
import type { Command, Option as OptionType } from 'commander';
import { TechstoreError } from '../../errors.js';
import { Option } from '../commander.js';
import { dbtFlags, type FlagEffect } from './table.js';

/** Full names of the commands that dbt has too, as far as techstore has them. */
const commands: ReadonlySet<string> = new Set([
  'build',
  'clean',
  'clone',
  'compile',
  'debug',
  'deps',
  'docs generate',
  'docs serve',
  'ls',
  'parse',
  'retry',
  'run',
  'run-operation',
  'seed',
  'show',
  'snapshot',
  'source freshness',
  'test',
]);

/**
 * Adds to each command the flags of dbt that it does not have. They are not in its help.
 *
 * @param args of the process: other commands are left alone, because a thousand options take their time
 */
export function addDbtFlags(program: Command, args: readonly string[]): void {
  for (const group of program.commands) {
    if (!args.some((arg) => arg === group.name() || group.aliases().includes(arg))) continue;
    for (const command of group.commands.length === 0 ? [group] : group.commands) {
      const name = command === group ? group.name() : `${group.name()} ${command.name()}`;
      if (commands.has(name)) addTo(command, name);
    }
  }
}

function addTo(command: Command, name: string): void {
  const known = new Set(command.options.flatMap(({ long, short }) => [long, short]));
  const added: { option: OptionType; effect: FlagEffect }[] = [];
  for (const { flags, on, effect } of dbtFlags) {
    if (on !== undefined && !on.includes(name)) continue;
    for (const text of flags) {
      const names = text.split(/[ ,]+/).filter((part) => part.startsWith('-') && !known.has(part));
      if (names.length === 0 || isForeign(effect, command)) continue;
      names.forEach((part) => known.add(part));
      const value = /<.*>$/.exec(text)?.[0];
      const option = new Option([...names, ...(value === undefined ? [] : [value])].join(' '));
      // No option of the command has this name, so that nothing but the hook below sees it.
      option.attributeName = () => `dbt ${names.at(-1) ?? ''}`;
      // Or it would be set where it is not given.
      option.negate = false;
      command.addOption(option.hideHelp());
      added.push({ option, effect });
    }
  }
  command.hook('preAction', async () => {
    for (const { option, effect } of added) {
      const name = option.attributeName();
      if (command.getOptionValueSource(name) !== 'cli') continue;
      await apply(command, option, effect);
      // What the command and the artifacts get of it is the option that it stands for.
      command.setOptionValue(name, undefined);
    }
  });
}

/** True of a flag that stands for an option which the command does not have. */
function isForeign(effect: FlagEffect, command: Command): boolean {
  return (
    effect.kind === 'same' &&
    effect.value !== false &&
    !command.options.some((option) => option.attributeName() === effect.as)
  );
}

async function apply(command: Command, option: OptionType, effect: FlagEffect): Promise<void> {
  const flag = option.long ?? option.short ?? '';
  const value: unknown = command.getOptionValue(option.attributeName());
  switch (effect.kind) {
    case 'default':
      return;
    case 'none':
      tell(command, `${flag} has no effect. ${effect.why}.`);
      return;
    case 'refused':
      throw new TechstoreError('usage', `${flag} is not supported`, { hint: effect.hint });
    case 'environment':
      process.env[effect.variable] = typeof value === 'string' ? value : '1';
      return;
    case 'same':
      set(command, effect.as, effect.value ?? value);
      return;
    case 'value': {
      const { valueEffect } = await import('./values.js');
      const { options, note, jsonLog = false } = valueEffect(effect.of, String(value));
      if (jsonLog) await startJsonLog(command);
      for (const [name, of] of Object.entries(options)) set(command, name, of);
      if (note !== null) tell(command, `${flag} ${note}`);
    }
  }
}

async function startJsonLog(command: Command): Promise<void> {
  const { json, csv, format } = command.opts<{ json?: boolean; csv?: boolean; format?: string }>();
  if (json === true || csv === true || (format !== undefined && format !== 'table'))
    throw new TechstoreError(
      'usage',
      '--log-format json and a format of the answer exclude each other',
      {
        hint: 'Leave --log-format out: the answer alone is then on stdout, and messages are on stderr.',
      },
    );
  const { logAsJson } = await import('./json-log.js');
  logAsJson();
}

/** Of a list, all that was given under any of its names. */
function set(command: Command, name: string, value: unknown): void {
  const option = command.options.find((each) => each.attributeName() === name);
  const before: unknown = command.getOptionValue(name);
  const isList = option?.variadic === true;
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const all = isList && Array.isArray(before) ? [...(before as unknown[]), ...list] : list;
  command.setOptionValueWithSource(name, isList ? all : list.at(-1), 'cli');
}

function tell(command: Command, text: string): void {
  if (command.getOptionValue('quiet') !== true) process.stderr.write(`Note: ${text}\n`);
}
