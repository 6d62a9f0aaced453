/** One build at a time on a warehouse, which has no lock: a row says who is at it, and the later one gives way. */
import { hostname, userInfo } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { TechstoreError } from '../../errors.js';
import { newBuildId } from '../build-id.js';
import type { LockOptions } from '../build-lock.js';
import { schemaOfBuild, type WarehouseBuild } from './build-row.js';
import type { BuildsTable } from './builds-table.js';

/** After this time a build whose process can't be looked at counts as dead. */
const DEAD_AFTER_MS = 24 * 3600_000;

/** How long a build that is first waits for one that began at the same instant to give way. */
const GIVE_WAY_MS = 10_000;
const LOOK_EVERY_MS = 1000;
/** Between two looks at a build that is waited for. */
const WAIT_EVERY_MS = 5000;

export interface Claim {
  readonly build: WarehouseBuild;
  /** All others, newest first. */
  readonly others: readonly WarehouseBuild[];
}

/**
 * Adds the row of a build, so that no other begins; see `remove` of the table for its end.
 *
 * @throws TechstoreError `lock` that names the build that runs, `interrupted`
 */
export async function claim(
  table: BuildsTable,
  schema: string,
  options: LockOptions,
  now: () => Date = () => new Date(),
): Promise<Claim> {
  const until = options.timeoutMs === undefined ? Infinity : Date.now() + options.timeoutMs;
  for (let isFirst = true; ; isFirst = false) {
    const before = await table.read();
    const running = othersAlive(before, '', now())[0];
    const claimed =
      running === undefined ? await tryClaim(table, schema, options, before, now) : running;
    if ('build' in claimed) return claimed;
    if (options.wait !== true) throw locked(claimed);
    if (Date.now() >= until) throw locked(claimed, true);
    if (isFirst) options.onWait?.(`Waiting for another build: ${nameOf(claimed)}`);
    await pause(Math.min(WAIT_EVERY_MS, until - Date.now()), undefined, {
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    }).catch(() => {
      throw new TechstoreError('interrupted', 'Stopped waiting for the other build.', {
        exitCode: 130,
      });
    });
  }
}

/**
 * The row is written before the others are read: of two builds that begin at once at least
 * one sees the other. The one with the higher id gives way at once; the one with the lower id
 * goes on only when it has seen that nobody else is there.
 */
async function tryClaim(
  table: BuildsTable,
  schema: string,
  { command }: LockOptions,
  before: readonly WarehouseBuild[],
  now: () => Date,
): Promise<Claim | WarehouseBuild> {
  const startedAt = now();
  const id = newBuildId(startedAt, before[0]?.id);
  const build: WarehouseBuild = {
    id,
    state: 'running',
    command,
    startedAt: startedAt.toISOString(),
    finishedAt: null,
    publishedAt: null,
    schema: schemaOfBuild(schema, id),
    host: hostname(),
    pid: process.pid,
    user: userInfo().username,
    details: null,
    names: [],
  };
  await table.add(build);
  try {
    for (const until = Date.now() + GIVE_WAY_MS; ;) {
      const others = (await table.read()).filter((other) => other.id !== id);
      const [running] = othersAlive(others, id, now());
      if (running === undefined) return { build, others };
      if (running.id < id || Date.now() >= until) {
        await table.remove([id]);
        return running;
      }
      await pause(LOOK_EVERY_MS);
    }
  } catch (error) {
    await table.remove([id]).catch(() => undefined);
    throw error;
  }
}

/** Builds that run; the lowest id first. */
function othersAlive(
  builds: readonly WarehouseBuild[],
  own: string,
  now: Date,
): readonly WarehouseBuild[] {
  return builds
    .filter((other) => other.id !== own && other.state === 'running' && isAlive(other, now))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

export function isAlive(build: WarehouseBuild, now: Date): boolean {
  if (build.host === hostname()) {
    try {
      process.kill(build.pid, 0);
      return build.pid !== process.pid;
    } catch (error) {
      // A process of somebody else is alive too.
      return (error as NodeJS.ErrnoException).code === 'EPERM';
    }
  }
  return now.getTime() - Date.parse(build.startedAt) < DEAD_AFTER_MS;
}

function nameOf(running: WarehouseBuild): string {
  return `${running.command} of ${running.user} on ${running.host} (process ${running.pid}), since ${running.startedAt}`;
}

function locked(running: WarehouseBuild, hasWaited = false): TechstoreError {
  const wait = hasWaited ? 'It still runs.' : 'Wait until it is done, or pass --wait.';
  return new TechstoreError('lock', `Another build runs: ${nameOf(running)}`, {
    hint: `${wait} If it is dead, delete its row: DELETE FROM techstore_builds WHERE id = '${running.id}'.`,
  });
}
