/** Where the program begins, and the one place where an error becomes a text and an exit code. */
import { CommanderError } from './commander.js';
import { TechstoreError } from '../errors.js';
import { createProgram } from './program.js';

export async function main(args: readonly string[]): Promise<void> {
  // A reader that closes the pipe early, as `head` does, ends the program quietly.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  const program = createProgram();
  try {
    if (args.length === 0) program.help();
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      // Help and version come as errors of exit code 0; wrong usage is 2 here, as for every other cause.
      process.exitCode = error.exitCode === 0 || args.length === 0 ? 0 : 2;
      return;
    }
    process.exitCode = error instanceof TechstoreError ? error.exitCode : 2;
    const { writeError } = await import('./write-error.js');
    writeError(error, { debug: args.includes('--debug') });
  }
}
