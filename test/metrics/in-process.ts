/** Runs the program in this process: dozens of questions in the time that one process takes to start. */
import { vi } from 'vitest';
import { main } from '../../src/cli/main.js';
import type { Finished, Shop } from '../helpers/shop.js';

/** Neither stream is a terminal here. */
export async function runHere(
  shop: Shop,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  const written = { stdout: '', stderr: '' };
  const streams = [process.stdout, process.stderr];
  const listeners = streams.map((stream) => stream.listeners('error'));
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi
      .spyOn(process[stream], 'write')
      .mockImplementation((chunk: string | Uint8Array, ...more: unknown[]) => {
        written[stream] += String(chunk);
        // Whoever wrote waits for it.
        const done = more.at(-1);
        if (typeof done === 'function') queueMicrotask(() => (done as () => void)());
        return true;
      }),
  );
  vi.stubEnv('NO_COLOR', undefined);
  vi.stubEnv('FORCE_COLOR', undefined);
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  try {
    await main([...args, ...(args.includes('--project-dir') ? [] : ['--project-dir', shop.dir])]);
    const code = Number(process.exitCode ?? 0);
    return { code, ...written, all: written.stdout + written.stderr };
  } finally {
    process.exitCode = undefined;
    for (const [i, stream] of streams.entries())
      for (const listener of stream.listeners('error'))
        if (listeners[i]?.includes(listener) !== true)
          stream.off('error', listener as (error: Error) => void);
    for (const spy of spies) spy.mockRestore();
    vi.unstubAllEnvs();
  }
}
