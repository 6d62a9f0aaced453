import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Heartbeat } from '../../src/builds/schema/heartbeat.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('is given every two minutes', async () => {
  const began = Date.now();
  const seen: number[] = [];
  const heartbeat = new Heartbeat(async () => void seen.push(Date.now() - began));
  await vi.advanceTimersByTimeAsync(5 * 60_000);
  await heartbeat.stop();
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  expect(seen).toEqual([120_000, 240_000]);
});

it('goes on after one that failed', async () => {
  let beats = 0;
  const heartbeat = new Heartbeat(() => {
    beats += 1;
    return Promise.reject(new Error('conflict'));
  });
  await vi.advanceTimersByTimeAsync(4 * 60_000);
  await heartbeat.stop();
  expect(beats).toBe(2);
});

it('waits for one that is late, and is over before the one who stops it goes on', async () => {
  let finish = (): void => undefined;
  let begun = 0;
  const heartbeat = new Heartbeat(() => {
    begun += 1;
    return new Promise((resolve) => (finish = resolve));
  });
  await vi.advanceTimersByTimeAsync(250_000);
  expect(begun).toBe(1);
  let stopped = false;
  const stopping = heartbeat.stop().then(() => (stopped = true));
  await vi.advanceTimersByTimeAsync(1000);
  expect(stopped).toBe(false);
  finish();
  await vi.advanceTimersByTimeAsync(1);
  finish();
  await stopping;
});
