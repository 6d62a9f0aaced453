/** `npm run test:browser`: a real browser over the pages of `techstore serve`. Screenshots go to target/screenshots. */
import { rmSync } from 'node:fs';
import { findChromium, howToInstall } from './lib/chromium.mjs';
import { compile, install, root, run } from './lib/setup.mjs';

const chromium = findChromium();
if (chromium === undefined) {
  console.error('There is no Chromium here. Install it, on Debian and Ubuntu with');
  console.error(`  ${howToInstall}`);
  console.error('or say where one is: CHROMIUM=/path/to/chromium npm run test:browser');
  process.exit(2);
}

install();
compile();
rmSync(`${root}target/screenshots`, { recursive: true, force: true });
run(
  process.execPath,
  [
    `${root}node_modules/vitest/vitest.mjs`,
    'run',
    '--config',
    'vitest.browser.config.ts',
    ...process.argv.slice(2),
  ],
  { env: { ...process.env, CHROMIUM: chromium } },
);
