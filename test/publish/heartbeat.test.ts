import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Connection } from '../../src/engine/engine.js';
import type { BuildsTable } from '../../src/publish/warehouse/builds-table.js';
import { Heartbeat } from '../../src/publish/warehouse/heartbeat.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function counting(see: () => Promise<void>) {
  const count = { opened: 0, released: 0 };
  const open = async () => {
    count.opened += 1;
    return {
      connection: { release: async () => void (count.released += 1) } as unknown as Connection,
      table: { see } as unknown as BuildsTable,
    };
  };
  return { count, open };
}

it('is given every two minutes, each over a connection that is given back', async () => {
  const seen: number[] = [];
  const { count, open } = counting(async () => void seen.push(Date.now()));
  const began = Date.now();
  const heartbeat = new Heartbeat('id', open);
  await vi.advanceTimersByTimeAsync(5 * 60_000);
  await heartbeat.stop();
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  expect(seen.map((at) => at - began)).toEqual([120_000, 240_000]);
  expect(count).toEqual({ opened: 2, released: 2 });
});

it('goes on after one that failed', async () => {
  const { count, open } = counting(() => Promise.reject(new Error('conflict')));
  const heartbeat = new Heartbeat('id', open);
  await vi.advanceTimersByTimeAsync(4 * 60_000);
  await heartbeat.stop();
  expect(count).toEqual({ opened: 2, released: 2 });
});

it('is over before the one who stops it goes on', async () => {
  let finish = (): void => undefined;
  const { open } = counting(() => new Promise((resolve) => (finish = resolve)));
  const heartbeat = new Heartbeat('id', open);
  await vi.advanceTimersByTimeAsync(120_000);
  let stopped = false;
  const stopping = heartbeat.stop().then(() => (stopped = true));
  await vi.advanceTimersByTimeAsync(1000);
  expect(stopped).toBe(false);
  finish();
  await stopping;
});
