/** Where a Chromium is. */
import { existsSync } from 'node:fs';

const places = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The packages of Debian and Ubuntu; without a font there is nothing to see on a page. */
export const chromiumPackages = ['chromium', 'fonts-dejavu-core'];

export const howToInstall = `sudo apt-get install --no-install-recommends ${chromiumPackages.join(' ')}`;

/** Path of the program; undefined where there is none. */
export function findChromium() {
  return places.find((place) => place !== undefined && existsSync(place));
}
