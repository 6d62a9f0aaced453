/**
 * Runs commands one after the other in one process that stays: starting Node and loading the program takes
 * several times as long as most commands of a small project. The process is another one than that of the
 * test, so locks and folders are as for a user. What is about the process itself (signals, the
 * environment, a terminal, standard input) needs a process of its own: see Shop.runWith.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Request {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

export interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const child = fileURLToPath(new URL('warm-child.mjs', import.meta.url));

interface Channel {
  readonly requests: number;
  readonly answers: number;
  readonly process: ChildProcess;
}

let channel: Channel | null = null;

/**
 * Starts the process at the first call. It ends with this one.
 *
 * @param limit milliseconds; a program that hangs is killed and fails its test, and no more
 */
export function runWarm(request: Request, limit = 120_000): Answer {
  const deadline = Date.now() + limit;
  channel ??= open(request.env, deadline);
  writeSync(channel.requests, `${JSON.stringify(request)}\n`);
  const answer = readLine(channel.answers, deadline);
  if (typeof answer === 'object') {
    channel.process.kill('SIGKILL');
    closeSync(channel.requests);
    closeSync(channel.answers);
    channel = null;
    const what = answer.why === 'ended' ? 'ended its process' : `did not end within ${limit} ms`;
    throw new Error(`The program ${what}: ${request.args.join(' ')}`);
  }
  return JSON.parse(answer) as Answer;
}

function open(env: NodeJS.ProcessEnv, deadline: number): Channel {
  const dir = mkdtempSync(join(tmpdir(), 'techstore-warm-'));
  const [requests, answers] = [join(dir, 'requests'), join(dir, 'answers')];
  execFileSync('mkfifo', [requests, answers]);
  // The pipe on 3 is never written to: its end tells the child that this process has ended.
  const process_ = spawn(process.execPath, [child, requests, answers], {
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  });
  process_.unref();
  (process_.stdio[3] as unknown as { unref(): void }).unref();
  const answersFile = openSync(answers, constants.O_RDONLY | constants.O_NONBLOCK);
  const requestsFile = openForWriting(requests, deadline);
  rmSync(dir, { recursive: true });
  return { requests: requestsFile, answers: answersFile, process: process_ };
}

/** Opens a pipe when the child has: before that, and for ever if it could not start, nobody reads it. */
function openForWriting(pipe: string, deadline: number): number {
  for (;;) {
    try {
      return openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      if (codeOf(error) !== 'ENXIO') throw error;
      if (Date.now() > deadline) throw new Error('The program did not start', { cause: error });
      pause();
    }
  }
}

/** Waits for a line; without one, says whether the other side has ended or the time. */
function readLine(file: number, deadline: number): string | { readonly why: 'ended' | 'late' } {
  const parts: Buffer[] = [];
  const buffer = Buffer.alloc(1 << 16);
  for (;;) {
    let count;
    try {
      count = readSync(file, buffer);
    } catch (error) {
      if (codeOf(error) !== 'EAGAIN') throw error;
      if (Date.now() > deadline) return { why: 'late' };
      pause();
      continue;
    }
    if (count === 0) return { why: 'ended' };
    parts.push(Buffer.from(buffer.subarray(0, count)));
    if (buffer[count - 1] === 0x0a) return Buffer.concat(parts).toString('utf8');
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

/** Two milliseconds in which this process does nothing: it must not go on before it has its answer. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
}
