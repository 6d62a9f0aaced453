/** `npm run test:slow`: kills at random instants, planted defects, a full disk. Minutes, not seconds. */
import { compile, install, root, run } from './setup.mjs';

install();
compile();
run(process.execPath, [
  `${root}node_modules/vitest/vitest.mjs`,
  'run',
  '--config',
  'vitest.slow.config.ts',
  ...process.argv.slice(2),
]);
