/** Where the program begins, and the one place where an error becomes a text and an exit code. */
import type { CommanderError as CommanderErrorType } from 'commander';
import { CommanderError } from './commander.js';
import { TechstoreError } from '../errors.js';
import { addDbtFlags } from './dbt-flags/add-flags.js';
import { commandFirst } from './dbt-flags/command-first.js';
import { missingCommands } from './dbt-flags/missing-commands.js';
import { doneSoFar, isLostOutput, settleOutput, watchOutput } from './output.js';
import { createProgram } from './program.js';
import { stopSpinner } from './spinner.js';

export async function main(args: readonly string[]): Promise<void> {
  watchOutput();
  await run(args);
  await settleOutput();
}

async function run(args: readonly string[]): Promise<void> {
  const program = createProgram();
  try {
    if (args.length === 0) program.help();
    addDbtFlags(program, args);
    // dbt's short form; the help has ours.
    const given = args[0] === '-v' ? ['--version'] : withSqlLast(args);
    const ordered = commandFirst(given, program);
    await program.parseAsync(ordered, { from: 'user' });
  } catch (error) {
    stopSpinner();
    // Help and version come as errors of exit code 0; help in place of a missing command is written already.
    if (error instanceof CommanderError && (error.exitCode === 0 || args.length === 0)) return;
    if (isLostOutput(error)) return;
    process.exitCode = error instanceof TechstoreError ? error.exitCode : 2;
    if (error instanceof CommanderError && error.code === 'commander.help') return;
    // The one that started this tells it: here another file would have to be opened for it.
    if (isOutOfFiles(error)) throw error;
    const { writeError } = await import('./write-error.js');
    const told = error instanceof CommanderError ? usageError(error) : await completed(error);
    writeError(told, { debug: args.includes('--debug'), done: doneSoFar() });
  }
}

/** Some errors have more to say than what could be found out where they were thrown. */
async function completed(error: unknown): Promise<unknown> {
  const { complete } = error as { complete?: () => Promise<unknown> };
  return error instanceof TechstoreError && complete !== undefined ? complete() : error;
}

function isOutOfFiles(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EMFILE' || code === 'ENFILE';
}

/** What the parser of arguments refuses, in the words and the form of every other error. */
function usageError(error: CommanderErrorType): TechstoreError {
  const [message = '', ...more] = error.message.replace(/^error: /, '').split('\n');
  const told = more.join(' ').replace(/^\((.*)\)$/, '$1');
  const name = /^Unknown command '(.*)'$/i.exec(message)?.[1] ?? '';
  const instead = Object.hasOwn(missingCommands, name) ? missingCommands[name] : undefined;
  const hint = instead ?? (error.code === 'commander.unknownCommand' ? safeSuggestion(told) : told);
  return new TechstoreError('usage', message.charAt(0).toUpperCase() + message.slice(1), {
    ...(hint === '' ? {} : { hint }),
    cause: error,
  });
}

/** Commands that remove something: nobody is to run one because of a slip of the keys. */
const destructive: ReadonlySet<string> = new Set(['clean', 'prune', 'rollback', 'revoke']);

/** `Did you mean one of build, builds?`, of those commands that may be proposed. */
function safeSuggestion(hint: string): string {
  const names = /^Did you mean (?:one of )?(.*)\?$/.exec(hint)?.[1]?.split(', ') ?? [];
  const safe = names.filter((name) => !destructive.has(name));
  if (safe.length === 0) return 'techstore --help lists the commands.';
  return `Did you mean ${safe.length > 1 ? 'one of ' : ''}${safe.join(', ')}?`;
}

/**
 * A question that begins with a comment looks like an option: it goes behind `--`, where nothing is
 * one. It is told from a mistyped option by the space, or by the line end that follows later.
 */
function withSqlLast(args: readonly string[]): readonly string[] {
  const end = args.indexOf('--');
  const sql = args.findIndex(
    (arg, i) =>
      (end === -1 || i < end) && /^--(?:\s|$)|^--(?![\w-]+=)[^]*\n/.test(arg) && arg !== '--',
  );
  if (args[0] !== 'query' || sql === -1) return args;
  return [...args.slice(0, sql), ...args.slice(sql + 1), '--', args[sql] ?? ''];
}
