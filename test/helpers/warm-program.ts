/**
 * Runs commands one after the other in one process that stays: starting Node and loading the program takes
 * several times as long as most commands of a small project. The process is another one than that of the
 * test, so locks and folders are as for a user. What is about the process itself (signals, the
 * environment, a terminal, standard input) needs a process of its own: see Shop.runWith.
 */
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
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

let channel: { readonly requests: number; readonly answers: number } | null = null;

/** Starts the process at the first call. It ends with this one. */
export function runWarm(request: Request): Answer {
  channel ??= open(request.env);
  writeSync(channel.requests, `${JSON.stringify(request)}\n`);
  const answer = readLine(channel.answers);
  if (answer === null) {
    closeSync(channel.requests);
    closeSync(channel.answers);
    channel = null;
    throw new Error(`The program ended its process: ${request.args.join(' ')}`);
  }
  return JSON.parse(answer) as Answer;
}

function open(env: NodeJS.ProcessEnv): { requests: number; answers: number } {
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
  // Each opens when the other side does.
  const opened = { answers: openSync(answers, 'r'), requests: openSync(requests, 'w') };
  rmSync(dir, { recursive: true });
  return opened;
}

/** Waits for a line; null when the other side has ended. */
function readLine(file: number): string | null {
  const parts: Buffer[] = [];
  const buffer = Buffer.alloc(1 << 16);
  for (;;) {
    const count = readSync(file, buffer);
    if (count === 0) return null;
    parts.push(Buffer.from(buffer.subarray(0, count)));
    if (buffer[count - 1] === 0x0a) return Buffer.concat(parts).toString('utf8');
  }
}
