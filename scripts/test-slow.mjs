/**
 * `npm run test:slow`: kills at random instants, planted defects. `npm run test:load`: a server under
 * steady load while builds are published; it wants a machine of its own. Minutes, not seconds.
 */
import { compile, install, root, run } from './lib/setup.mjs';

const [tier = 'slow', ...more] = process.argv.slice(2);
install();
compile();
run(process.execPath, [
  `${root}node_modules/vitest/vitest.mjs`,
  'run',
  '--config',
  `vitest.${tier}.config.ts`,
  ...more,
]);
