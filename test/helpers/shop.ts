/** A copy of the repository's dbt project in a folder of its own, and the program run in it. */
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectCopy } from '../../scripts/lib/project-copy.mjs';
import { runWarm } from './warm-program.js';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const program = join(root, 'bin', 'techstore.js');

export type CsvRow = Record<string, string>;

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, for messages of failed expectations. */
  readonly all: string;
}

/** Only what a shell has: nothing of the test's own environment reaches the program. */
export function bareEnvironment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], HOME: tmpdir(), TZ: 'America/New_York', ...more };
}

export class Shop {
  readonly dir: string;

  /** @param parts of the project; all of them by default */
  constructor(parts?: readonly string[]) {
    this.dir = projectCopy('shop', parts);
  }

  path(...parts: string[]): string {
    return join(this.dir, ...parts);
  }

  read(file: string): string {
    return readFileSync(this.path(file), 'utf8');
  }

  write(file: string, text: string | Buffer): void {
    writeFileSync(this.path(file), text);
  }

  /** Replaces a text that must be there. */
  edit(file: string, from: string | RegExp, to: string): void {
    const before = this.read(file);
    const after = before.replace(from, to);
    if (after === before) throw new Error(`${file} has no ${String(from)}`);
    this.write(file, after);
  }

  /** Changes the rows of a CSV file, each as a record by the names of the header. */
  editRows(file: string, change: (rows: CsvRow[]) => CsvRow[]): void {
    const rows = parse<CsvRow>(this.read(file), { columns: true });
    this.write(file, stringify(change(rows), { header: true }));
  }

  /** Runs a command in a process that stays for the next one. */
  run(...args: string[]): Finished {
    const done = runWarm({ args, cwd: this.dir, env: bareEnvironment() });
    return { ...done, all: done.stdout + done.stderr };
  }

  /** Runs a command in a process of its own, as a shell does. */
  runAlone(...args: string[]): Finished {
    return this.runWith({}, ...args);
  }

  runWith(env: NodeJS.ProcessEnv, ...args: string[]): Finished {
    const done = spawnSync(process.execPath, [program, ...args], {
      cwd: this.dir,
      encoding: 'utf8',
      env: bareEnvironment(env),
      maxBuffer: 1 << 26,
      // A program that hangs fails its test, and no more.
      timeout: 120_000,
    });
    return {
      code: done.status,
      stdout: done.stdout,
      stderr: done.stderr,
      all: done.stdout + done.stderr,
    };
  }

  start(...args: string[]): ReturnType<typeof spawn> {
    return spawn(process.execPath, [program, ...args], {
      cwd: this.dir,
      env: bareEnvironment(),
      stdio: 'ignore',
    });
  }

  /** What readers see, as one hash; null when nothing is published. */
  publishedHash(): string | null {
    const file = this.path('techstore.duckdb');
    if (!existsSync(file)) return null;
    return createHash('sha256').update(readFileSync(file)).digest('hex');
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}
