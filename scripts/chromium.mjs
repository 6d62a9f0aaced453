/** Where a Chromium is, and how one comes to a machine of continuous integration. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const places = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The packages of Debian and Ubuntu; without a font there is nothing to see on a page. */
const packages = ['chromium', 'fonts-dejavu-core'];

export const howToInstall = `sudo apt-get install --no-install-recommends ${packages.join(' ')}`;

/** Path of the program; undefined where there is none. */
export function findChromium() {
  return places.find((place) => place !== undefined && existsSync(place));
}

/** For a machine that is thrown away afterwards: whoever has one of their own installs it themselves. */
export function installChromium() {
  if (findChromium() !== undefined || process.getuid?.() !== 0) return;
  console.log('Installing Chromium ...');
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', ...packages],
  ]) {
    const done = spawnSync('apt-get', args, {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    // `npm run test:browser` says what is missing.
    if (done.status !== 0) return;
  }
}
