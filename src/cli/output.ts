/**
 * What becomes of the program's words when they can't be written. A command that has begun
 * something ends it, whoever listens; then one line tells that words were lost, what was done all
 * the same, and the exit code is 2. Only a reader that has enough, as `head` has, ends quietly a
 * command that did nothing but answer.
 */
import { OutputFailure } from '../format/rows/write-to.js';
import { visible } from '../format/visible.js';

type Name = 'stdout' | 'stderr';

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would exceed the maximum file size',
  EIO: 'the device does not respond',
  EPIPE: 'its reader has closed it',
  ECONNRESET: 'its reader has closed it',
};

const failures = new Map<Name, NodeJS.ErrnoException>();
const deeds: string[] = [];

/** From here on what can't be written is taken note of, in place of ending in the middle of the work. */
export function watchOutput(): void {
  failures.clear();
  deeds.length = 0;
  for (const name of ['stdout', 'stderr'] as const) {
    process[name].on('error', (error: NodeJS.ErrnoException) => {
      if (!failures.has(name)) failures.set(name, error);
    });
  }
}

/**
 * Notes what a command has done that stays done, for the case that its own words about it are lost.
 *
 * @param sentence without a full stop: `Build 20261128T225751Z-0072 is published`
 */
export function did(sentence: string): void {
  deeds.push(sentence);
}

/** What was done so far, as sentences; empty where nothing was. */
export function doneSoFar(): readonly string[] {
  return deeds;
}

/** Whether an error says nothing but that an answer could not be written: `settleOutput` tells that. */
export function isLostOutput(error: unknown): boolean {
  return error instanceof OutputFailure;
}

/** Waits until all is written; where that can't be, says so and sets the exit code. */
export async function settleOutput(): Promise<void> {
  await Promise.all([flushed('stdout'), flushed('stderr')]);
  const [first] = failures;
  if (first === undefined) return;
  const [name, error] = first;
  const enough = [...failures].every(
    ([of, { code }]) => of === 'stdout' && (code === 'EPIPE' || code === 'ECONNRESET'),
  );
  if (enough && deeds.length === 0 && (process.exitCode ?? 0) === 0) return;
  if (process.exitCode !== 130) process.exitCode = 2;
  const what = name === 'stdout' ? 'The answer' : 'The message';
  const reason = reasons[error.code ?? ''] ?? error.message;
  const done = deeds.map((deed) => ` ${deed}.`).join('');
  process.stderr.write(`Error: ${what} cannot be written: ${reason}.${visible(done)}\n`);
  await flushed('stderr');
}

/**
 * Also true of a stream that failed: then its failure is known. A stream that nobody wrote to is
 * left alone, for on a full disk even nothing can't be written.
 */
async function flushed(name: Name): Promise<void> {
  const stream = process[name];
  await new Promise<void>((resolve) => {
    if (stream.writableLength === 0) setImmediate(resolve);
    else stream.write('', () => resolve());
  });
}
