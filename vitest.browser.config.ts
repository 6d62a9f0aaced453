import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/browser/*.browser.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 180_000,
    // One browser at a time: two of them only make each other slow.
    fileParallelism: false,
  },
});
