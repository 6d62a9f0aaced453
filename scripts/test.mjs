/** `npm test`: installs if needed, compiles, and runs the fast tests. Further arguments go to vitest. */
import { compile, install, root, run } from './lib/setup.mjs';

install();
compile();
run(process.execPath, [`${root}node_modules/vitest/vitest.mjs`, 'run', ...process.argv.slice(2)]);
