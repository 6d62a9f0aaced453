import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.slow.test.ts', 'test/**/*.fuzz.test.ts'],
    testTimeout: 1_800_000,
    hookTimeout: 600_000,
    // Each of these starts many processes of its own.
    fileParallelism: false,
    // The fuzz tests are part of `npm test` too, in the same time zone and with a tenth of the inputs.
    env: { TZ: 'America/New_York', FUZZ_TIMES: process.env['FUZZ_TIMES'] ?? '1' },
  },
});
