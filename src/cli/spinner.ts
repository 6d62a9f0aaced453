/** A sign of life on stderr while a command has nothing to say yet; on a terminal alone. */
import type { Ora } from 'ora';
import { terminalOf } from './terminal.js';

interface Talk {
  readonly quiet?: boolean;
  readonly color?: boolean;
}

/** Commands that read the project first, which keeps the process busy: shown before that. */
const atOnce: ReadonlyMap<string, string> = new Map([
  ['build', 'Reading the project'],
  ['run', 'Reading the project'],
  ['test', 'Reading the project'],
  ['seed', 'Reading the project'],
  ['retry', 'Reading the project'],
  ['compile', 'Compiling'],
  ['parse', 'Reading the project'],
  ['ls', 'Reading the project'],
  ['show', 'Asking'],
  ['lineage', 'Tracing'],
  ['debug', 'Checking'],
  ['diff', 'Comparing'],
  ['export', 'Writing'],
]);

/** Those that talk for themselves, or have nothing to wait for. */
const never: ReadonlySet<string> = new Set([
  'serve',
  'completion',
  'complete',
  'clean',
  'create',
  'revoke',
]);

/** Milliseconds after which a command that mostly answers at once says that it is at work. */
const delay = 200;

interface Shown {
  spinner: Ora | null;
  timer: NodeJS.Timeout | null;
  /** Lets stdout be written to as before. */
  release: () => void;
}

let current: Shown | null = null;

/**
 * Shows that a command is at work, until it answers, or until `stopSpinner`. What is told meanwhile stands above it.
 * Nothing in a pipe, with --quiet, with NO_COLOR or in CI.
 */
export async function startSpinner(command: string, options: Talk): Promise<void> {
  if (options.quiet === true || never.has(command)) return;
  if (!terminalOf(process.stderr, options).live) return;
  const mine: Shown = { spinner: null, timer: null, release: () => undefined };
  current = mine;
  // Loaded only where it is shown.
  const show = async (): Promise<void> => {
    const { default: ora } = await import('ora');
    if (current !== mine) return;
    const text = `${atOnce.get(command) ?? 'Asking'} …`;
    // It hears no input: a query may be read from there.
    mine.spinner = ora({ text, stream: process.stderr, discardStdin: false }).start();
    mine.release = stopAtAnswer();
  };
  if (atOnce.has(command)) return show();
  mine.timer = setTimeout(() => void show(), delay);
  mine.timer.unref();
}

/** The first word of an answer ends the waiting. */
function stopAtAnswer(): () => void {
  const { stdout } = process;
  // Put back as it was found: it is a hook of the spinner's own.
  const before = Reflect.get<typeof stdout, 'write'>(stdout, 'write');
  stdout.write = ((...args: Parameters<typeof before>) => {
    stopSpinner();
    return stdout.write(...args);
  }) as typeof before;
  return () => {
    stdout.write = before;
  };
}

/** Takes it away, and gives the cursor back. Without one, nothing happens. */
export function stopSpinner(): void {
  const mine = current;
  if (mine === null) return;
  current = null;
  if (mine.timer !== null) clearTimeout(mine.timer);
  mine.release();
  mine.spinner?.stop();
}
