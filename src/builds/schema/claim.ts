/** One build at a time on a warehouse, which has no locks: each build adds a row, and the later one gives way. */
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { interruptedError, TechstoreError } from '../../errors.js';
import { newBuildId } from '../build-id.js';
import type { LockOptions } from '../build-store.js';
import { schemaOfBuild, type BuildRow, type ClaimKind } from './build-row.js';
import type { BuildsTable } from './builds-table.js';

/** After this time without a heartbeat, a build counts as dead, even if its process cannot be checked. */
const DEAD_AFTER_SECONDS = 600;

/** How long a build that is first waits for one that began at the same instant to give way. */
const GIVE_WAY_MS = 10_000;
const LOOK_EVERY_MS = 1000;
/** Between two looks at a build that is waited for. */
const WAIT_EVERY_MS = 5000;

/** For tests, whose time passes at once. */
export interface Clock {
  now(): Date;
  /** Rejects when the signal is aborted. */
  pause(milliseconds: number, signal?: AbortSignal): Promise<unknown>;
}

const realClock: Clock = {
  now: () => new Date(),
  pause: (milliseconds, signal) =>
    setTimeout(milliseconds, undefined, signal === undefined ? {} : { signal }),
};

type Rows = Pick<BuildsTable, 'read' | 'add' | 'remove'>;

export interface ClaimOptions extends LockOptions {
  /** Default `build`. */
  readonly claims?: ClaimKind;
}

export interface Claim {
  readonly build: BuildRow;
  /** All others, newest first. */
  readonly others: readonly BuildRow[];
}

/**
 * Adds the row of a build, so that no other build begins. `remove` of the table ends the claim.
 *
 * @throws TechstoreError `lock` with the running build in the message, `interrupted`
 */
export async function claim(
  table: Rows,
  schema: string,
  options: ClaimOptions,
  clock: Clock = realClock,
): Promise<Claim> {
  const until = clock.now().getTime() + (options.timeoutMs ?? Infinity);
  for (let isFirst = true; ; isFirst = false) {
    const before = await table.read();
    const [running] = othersAlive(before, '');
    const claimed = running ?? (await tryClaim(table, schema, options, before, clock));
    if ('build' in claimed) return claimed;
    if (options.wait !== true) throw locked(claimed, 'Wait until it is done, or pass --wait.');
    const left = until - clock.now().getTime();
    if (left <= 0)
      throw locked(claimed, `It was still running after ${(options.timeoutMs ?? 0) / 1000} s.`);
    if (isFirst) options.onWait?.(`Waiting for another build: ${nameOf(claimed)}`);
    await clock.pause(Math.min(WAIT_EVERY_MS, left), options.signal).catch(() => {
      throw interruptedError('Stopped waiting for the other build.');
    });
  }
}

/**
 * The row is written before the others are read: of two builds that begin at once at least
 * one sees the other. The one with the higher id gives way at once; the one with the lower id
 * goes on only when it has seen that nobody else is there.
 */
async function tryClaim(
  table: Rows,
  schema: string,
  { command, claims = 'build' }: ClaimOptions,
  before: readonly BuildRow[],
  clock: Clock,
): Promise<Claim | BuildRow> {
  const startedAt = clock.now();
  const id = newBuildId(startedAt, before[0]?.id);
  const build: BuildRow = {
    id,
    state: 'running',
    command,
    kind: claims,
    startedAt: startedAt.toISOString(),
    finishedAt: null,
    publishedAt: null,
    schema: schemaOfBuild(schema, id),
    host: hostname(),
    machine: thisMachine(),
    pid: process.pid,
    user: userInfo().username,
    silentSeconds: 0,
    details: null,
    names: [],
  };
  try {
    await table.add(build);
    for (const until = clock.now().getTime() + GIVE_WAY_MS; ;) {
      const others = (await table.read()).filter((other) => other.id !== id);
      const [running] = othersAlive(others, id);
      if (running === undefined) return { build, others };
      if (running.id < id || clock.now().getTime() >= until) {
        await table.remove([id]);
        return running;
      }
      await clock.pause(LOOK_EVERY_MS);
    }
  } catch (error) {
    await table.remove([id]).catch(() => undefined);
    throw error;
  }
}

/** Builds that run, or are about to be published; the lowest id first. */
function othersAlive(builds: readonly BuildRow[], own: string): readonly BuildRow[] {
  return builds
    .filter((other) => other.id !== own && isAtWork(other))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** True while a process may still write to what the build made, or to the published names. */
export function isAtWork(build: BuildRow): boolean {
  if (build.state !== 'running' && build.state !== 'finished') return false;
  // Its process may have hung, or its number may be that of another one by now.
  if (build.silentSeconds >= DEAD_AFTER_SECONDS) return false;
  return build.machine !== thisMachine() || isProcess(build.pid);
}

function isProcess(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of somebody else is one too.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

let machine: string | undefined;

/** Where numbers of processes mean the same: one boot of one machine, or one container of it. */
export function thisMachine(): string {
  machine ??= [
    hostname(),
    ...[
      () => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(),
      () => readlinkSync('/proc/self/ns/pid'),
    ].map((read) => {
      try {
        return read();
      } catch {
        return '';
      }
    }),
  ].join(' ');
  return machine;
}

function nameOf(running: BuildRow): string {
  return `${running.command} by ${running.user} on ${running.host} (process ${running.pid}), since ${running.startedAt}`;
}

function locked(running: BuildRow, advice: string): TechstoreError {
  return new TechstoreError('lock', `Another build is running: ${nameOf(running)}`, {
    hint: `${advice} If it was killed on another machine, its lock expires ten minutes after its last heartbeat.`,
  });
}
