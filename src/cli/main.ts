/** Where the program begins, and the one place where an error becomes a text and an exit code. */
import type { CommanderError as CommanderErrorType } from 'commander';
import { CommanderError } from './commander.js';
import { TechstoreError } from '../errors.js';
import { doneSoFar, isLostOutput, settleOutput, watchOutput } from './output.js';
import { createProgram } from './program.js';

export async function main(args: readonly string[]): Promise<void> {
  watchOutput();
  await run(args);
  await settleOutput();
}

async function run(args: readonly string[]): Promise<void> {
  const program = createProgram();
  try {
    if (args.length === 0) program.help();
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    // Help and version come as errors of exit code 0; help in place of a missing command is written already.
    if (error instanceof CommanderError && (error.exitCode === 0 || args.length === 0)) return;
    if (isLostOutput(error)) return;
    process.exitCode = error instanceof TechstoreError ? error.exitCode : 2;
    if (error instanceof CommanderError && error.code === 'commander.help') return;
    const { writeError } = await import('./write-error.js');
    const told = error instanceof CommanderError ? usageError(error) : error;
    writeError(told, { debug: args.includes('--debug'), done: doneSoFar() });
  }
}

/** What the parser of arguments refuses, in the words and the form of every other error. */
function usageError(error: CommanderErrorType): TechstoreError {
  const [message = '', ...more] = error.message.replace(/^error: /, '').split('\n');
  const hint = more.join(' ').replace(/^\((.*)\)$/, '$1');
  return new TechstoreError('usage', message.charAt(0).toUpperCase() + message.slice(1), {
    ...(hint === '' ? {} : { hint }),
    cause: error,
  });
}
