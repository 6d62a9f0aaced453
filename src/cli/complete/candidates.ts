/** What may stand at the cursor, from the commands as they are declared. */
import type { Argument, Command, Option } from 'commander';
import type { Question } from '../../metrics/metric.js';
import { questions } from '../../metrics/questions.js';
import {
  buildNames,
  projectNames,
  projectRoot,
  resourceTypeNames,
  targetNames,
  type ProjectNames,
} from './names.js';

/** Values by what the declaration calls them; none of what is free text or a path. */
const values: Readonly<
  Record<string, (root: string) => readonly string[] | Promise<readonly string[]>>
> = {
  model: (root) => projectNames(root).models,
  models: (root) => projectNames(root).tables,
  '--table': (root) => projectNames(root).tables,
  node: (root) => selection(projectNames(root)),
  nodes: (root) => selection(projectNames(root)),
  '--select': (root) => selection(projectNames(root)),
  '--exclude': (root) => selection(projectNames(root)),
  '--selector': (root) => projectNames(root).selectors,
  '--column': (root) => projectNames(root).columns,
  build: buildNames,
  builds: buildNames,
  '--build': buildNames,
  '--target': targetNames,
  '--resource-type': resourceTypeNames,
  '--exclude-resource-type': resourceTypeNames,
};

function selection(names: ProjectNames): string[] {
  return [
    ...names.tables,
    ...names.tags.map((tag) => `tag:${tag}`),
    ...names.sources.map((source) => `source:${source}`),
    ...names.exposures.map((exposure) => `exposure:${exposure}`),
  ];
}

/**
 * Whole words that begin with `current`, in the order of the declaration.
 *
 * @param before the words behind the program's name, up to the one at the cursor
 */
export async function candidates(
  program: Command,
  before: readonly string[],
  current: string,
  folder: string,
): Promise<readonly string[]> {
  const { command, pending, position, optionsEnded } = walk(program, before);
  const inline = /^(--[\w-]+)=(.*)$/s.exec(current);
  if (!optionsEnded && inline !== null) {
    const [, flag = '', value = ''] = inline;
    const option = optionOf(command, flag);
    const found = option === undefined ? [] : await valuesOf(option, value, folder);
    return found.map((text) => `${flag}=${text}`);
  }
  if (pending !== null && !current.startsWith('-')) {
    const found = await valuesOf(pending, current, folder);
    // The value of `--wait [seconds]` may be left out: what follows may then be an argument.
    if (pending.required || found.length > 0) return found;
  }
  if (!optionsEnded && current.startsWith('-')) return optionsOf(command, current);
  const names = position === 0 ? subcommands(command) : [];
  const argument = argumentAt(command, position);
  const found = argument === undefined ? [] : await valuesOf(argument, current, folder);
  return [...names.filter((name) => name.startsWith(current)), ...found];
}

interface Cursor {
  readonly command: Command;
  /** The option whose value may stand here. */
  readonly pending: Option | null;
  /** How many arguments stand before. */
  readonly position: number;
  readonly optionsEnded: boolean;
}

function walk(program: Command, words: readonly string[]): Cursor {
  let command = program;
  let pending: Option | null = null;
  let position = 0;
  let optionsEnded = false;
  for (const word of words) {
    if (word === '--' && !optionsEnded) {
      optionsEnded = true;
      pending = null;
    } else if (!optionsEnded && word.startsWith('-') && word !== '-') {
      const option = optionOf(command, word);
      pending = option !== undefined && (option.required || option.optional) ? option : null;
    } else if (pending !== null) {
      if (!pending.variadic) pending = null;
    } else {
      const child = position === 0 ? childOf(command, word) : undefined;
      if (child !== undefined) command = child;
      // `help` is no command of its own: behind it stand the names that stand in its place.
      else if (word !== 'help' || position > 0 || command.commands.length === 0) position += 1;
    }
  }
  return { command, pending, position, optionsEnded };
}

function childOf(command: Command, word: string): Command | undefined {
  return command.commands.find((child) => child.name() === word || child.aliases().includes(word));
}

function optionOf(command: Command, word: string): Option | undefined {
  return command.options.find(({ long, short }) => word === long || word === short);
}

function subcommands(command: Command): string[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .map((child) => child.name());
}

function optionsOf(command: Command, current: string): string[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .map(({ long, short }) => long ?? short ?? '')
    .filter((flag) => flag.startsWith(current));
}

function argumentAt(command: Command, position: number): Argument | undefined {
  const declared = command.registeredArguments;
  const last = declared.at(-1);
  return declared[position] ?? (last?.variadic === true ? last : undefined);
}

async function valuesOf(of: Option | Argument, current: string, folder: string): Promise<string[]> {
  const choices = of.argChoices ?? (await named(of, folder));
  // `+model`, `2+model` and `@model` choose the graph around it.
  const [, around = '', word = current] = /^(\d*\+|@)(.*)$/s.exec(current) ?? [];
  const graph = choices.filter((choice) => around === '' || !choice.includes('.'));
  return graph
    .map((choice) => around + choice)
    .filter((choice) => choice.startsWith(around + word));
}

async function named(of: Option | Argument, folder: string): Promise<readonly string[]> {
  const name = 'flags' in of ? (of.long ?? '') : of.name();
  // What a command calls `--to` or `--file` is a path, which the shell completes.
  const find = Object.hasOwn(values, name) ? values[name] : undefined;
  if (find === undefined) return choicesOf(name);
  const root = projectRoot(folder);
  return root === null ? [] : find(root);
}

/** What a metric may be asked for by an argument of this name; no project is needed for it. */
function choicesOf(argument: string): readonly string[] {
  for (const { parameters } of Object.values<Question>(questions)) {
    const parameter = Object.hasOwn(parameters, argument) ? parameters[argument] : undefined;
    if (parameter?.kind === 'choice') return parameter.choices;
  }
  return [];
}
