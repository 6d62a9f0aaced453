import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['slow', 'load', 'browser', 'spark'].map((kind) => `test/**/*.${kind}.test.ts`),
    // Tests that start the program as a process need more than the default on two busy cores.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Many tests wait for processes that they start: no core is kept free beside them.
    maxWorkers: '100%',
    // Loading the program again for each file would take a fifth of all the time. So a test leaves nothing
    // behind in its process: no changed variable, clock or folder.
    isolate: false,
    env: { TZ: 'America/New_York' },
  },
});
