import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.spark.test.ts'],
    globalSetup: ['test/spark/global-setup.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // One Spark for all of them, on two cores.
    fileParallelism: false,
    env: { TZ: 'America/New_York' },
  },
});
