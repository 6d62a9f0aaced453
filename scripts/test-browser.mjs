/** `npm run test:browser`: a real browser over the pages of `techstore serve`. Screenshots go to target/screenshots. */
import { existsSync, rmSync } from 'node:fs';
import { compile, install, root, run } from './setup.mjs';

const places = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const chromium = places.find((place) => place !== undefined && existsSync(place));
if (chromium === undefined) {
  console.error('There is no Chromium here. Install it, on Debian and Ubuntu with');
  console.error('  sudo apt-get install --no-install-recommends chromium fonts-dejavu-core');
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
