/** Two programs and a table without locks: at most one of them builds. */
import { describe, expect, it } from 'vitest';
import type { BuildRow } from '../../src/builds/schema/build-row.js';
import { claim, thisMachine, type Clock } from '../../src/builds/schema/claim.js';

const noon = Date.parse('2026-11-25T12:00:00Z');

/** Time that passes when somebody pauses; `at` says what happens meanwhile. */
function clockWith(at: Readonly<Record<number, () => void>> = {}, from = noon): Clock {
  let now = from;
  return {
    now: () => new Date(now),
    pause: async (milliseconds, signal) => {
      for (const until = now + milliseconds; now < until; now += 500) at[now - from]?.();
      if (signal?.aborted === true) throw new Error('aborted');
    },
  };
}

class Table {
  rows: BuildRow[] = [];
  /** Called when a row is added: what others do at that instant. */
  onAdd: (build: BuildRow) => void = () => undefined;

  async read(): Promise<BuildRow[]> {
    return [...this.rows].sort((a, b) => (a.id < b.id ? 1 : -1));
  }

  async add(build: BuildRow): Promise<void> {
    this.rows.push(build);
    this.onAdd(build);
  }

  async remove(ids: readonly string[]): Promise<void> {
    this.rows = this.rows.filter(({ id }) => !ids.includes(id));
  }
}

function running(id: string, more: Partial<BuildRow> = {}): BuildRow {
  return {
    id,
    state: 'running',
    command: 'techstore build',
    startedAt: new Date(noon).toISOString(),
    finishedAt: null,
    publishedAt: null,
    schema: `shop__b${id}`,
    host: 'elsewhere',
    machine: 'elsewhere',
    pid: 1,
    user: 'ada',
    silentSeconds: 0,
    details: null,
    names: [],
    ...more,
  };
}

const options = { command: 'techstore build' };
const earlier = '20261125T115959Z-0001';
const later = '20261125T235959Z-0001';

describe('a build begins', () => {
  it('when nobody else is at it, behind all that were there', async () => {
    const table = new Table();
    table.rows = [running(later, { state: 'kept' })];
    const { build, others } = await claim(table, 'shop', options, clockWith());
    expect(build.id > later).toBe(true);
    expect(build.schema).toBe(`shop__b${build.id.toLowerCase().replace('-', '_')}`);
    expect(others.map(({ id }) => id)).toEqual([later]);
    expect(table.rows.map(({ state }) => state)).toEqual(['kept', 'running']);
  });

  it('not while another one runs, which is named', async () => {
    const table = new Table();
    table.rows = [running(earlier)];
    await expect(claim(table, 'shop', options, clockWith())).rejects.toMatchObject({
      code: 'lock',
      message:
        'Another build is running: techstore build by ada on elsewhere (process 1), since 2026-11-25T12:00:00.000Z',
      hint: 'Wait until it is done, or pass --wait. If it was killed on another machine, its lock expires ten minutes after its last heartbeat.',
    });
    expect(table.rows).toHaveLength(1);
  });

  it('after one whose process is gone from this machine', async () => {
    const table = new Table();
    table.rows = [running(earlier, { machine: thisMachine(), pid: 2 ** 22 - 1 })];
    await expect(claim(table, 'shop', options, clockWith())).resolves.toBeDefined();
  });

  it('not while one that is finished is being published', async () => {
    const table = new Table();
    table.rows = [running(earlier, { state: 'finished', machine: thisMachine(), pid: 1 })];
    await expect(claim(table, 'shop', options, clockWith())).rejects.toThrow(
      'Another build is running',
    );
  });

  it('after one of this machine whose process gives no sign of life: its number may be that of another', async () => {
    const table = new Table();
    table.rows = [running(earlier, { machine: thisMachine(), pid: 1, silentSeconds: 600 })];
    await expect(claim(table, 'shop', options, clockWith())).resolves.toBeDefined();
  });

  it('after one of another machine that gave no sign of life for ten minutes', async () => {
    const table = new Table();
    table.rows = [running(earlier, { silentSeconds: 600 })];
    await expect(claim(table, 'shop', options, clockWith())).resolves.toBeDefined();
    table.rows = [running(earlier, { silentSeconds: 599 })];
    await expect(claim(table, 'shop', options, clockWith())).rejects.toThrow(
      'Another build is running',
    );
  });
});

describe('two that begin at the same instant', () => {
  it('see each other, and the one with the higher id gives way at once', async () => {
    const table = new Table();
    table.onAdd = () => void table.rows.push(running(earlier));
    await expect(claim(table, 'shop', options, clockWith())).rejects.toThrow(
      'Another build is running',
    );
    expect(table.rows.map(({ id }) => id)).toEqual([earlier]);
  });

  it('see each other, and the one with the lower id waits until the other has given way', async () => {
    const table = new Table();
    table.onAdd = () => void table.rows.push(running(later));
    const clock = clockWith({ 2000: () => void table.remove([later]) });
    const { build } = await claim(table, 'shop', options, clock);
    expect(table.rows.map(({ id }) => id)).toEqual([build.id]);
  });

  it('with clocks that disagree: the lower id gives way to one that goes on', async () => {
    const table = new Table();
    table.onAdd = () => void table.rows.push(running(later));
    await expect(claim(table, 'shop', options, clockWith())).rejects.toThrow(
      'Another build is running',
    );
    expect(table.rows.map(({ id }) => id)).toEqual([later]);
  });
});

describe('--wait', () => {
  it('begins when the other one has ended, and says once that it waits', async () => {
    const table = new Table();
    table.rows = [running(earlier)];
    const said: string[] = [];
    const clock = clockWith({ 60_000: () => void table.remove([earlier]) });
    const onWait = (message: string): void => void said.push(message);
    await claim(table, 'shop', { ...options, wait: true, onWait }, clock);
    expect(said).toEqual([
      'Waiting for another build: techstore build by ada on elsewhere (process 1), since 2026-11-25T12:00:00.000Z',
    ]);
  });

  it('ends after its time', async () => {
    const table = new Table();
    table.rows = [running(earlier)];
    await expect(
      claim(table, 'shop', { ...options, wait: true, timeoutMs: 30_000 }, clockWith()),
    ).rejects.toMatchObject({
      code: 'lock',
      hint: expect.stringContaining('after 30 s') as string,
    });
  });

  it('ends at Ctrl-C', async () => {
    const table = new Table();
    table.rows = [running(earlier)];
    const signal = AbortSignal.abort();
    await expect(
      claim(table, 'shop', { ...options, wait: true, signal }, clockWith()),
    ).rejects.toMatchObject({ code: 'interrupted', exitCode: 130 });
  });
});
