/** Steps that several scripts begin with. Node alone: it runs before anything is installed. */
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Runs a command in the project and ends this process with its exit code when it fails.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnSyncOptions} options
 */
export function run(command, args, options = {}) {
  const done = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (done.error) {
    console.error(`Could not start ${command}: ${done.error.message}`);
    process.exit(2);
  }
  if (done.status !== 0) process.exit(done.status ?? 130);
  return done;
}

/** Installs the dependencies of package-lock.json unless they are there already. */
export function install() {
  const marker = `${root}node_modules/.package-lock.json`;
  const lock = `${root}package-lock.json`;
  if (existsSync(marker) && statSync(marker).mtimeMs >= statSync(lock).mtimeMs) return;
  // An older marker with the same packages is fine: a checkout touches every file.
  if (existsSync(marker) && samePackages(marker, lock)) return;
  console.error('Installing the dependencies ...');
  run(npm(), ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}

/**
 * @param {string} marker
 * @param {string} lock
 */
function samePackages(marker, lock) {
  /** @param {string} file */
  const versions = (file) => {
    /** @type {{ packages: Record<string, { version: string, optional?: boolean }> }} */
    const { packages } = JSON.parse(readFileSync(file, 'utf8'));
    return Object.entries(packages)
      .filter(([name, { optional }]) => name !== '' && optional !== true)
      .map(([name, { version }]) => `${name}@${version}`)
      .sort()
      .join('\n');
  };
  return versions(marker) === versions(lock);
}

/** Compiles the program into dist, and puts the files of its pages there. */
export function compile() {
  // It takes seconds, in which nothing else is said.
  if (process.stderr.isTTY) console.error('Compiling techstore ...');
  run(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-p', 'tsconfig.build.json']);
  copyAssets();
  run(process.execPath, [`${root}scripts/build-pages.mjs`]);
}

/** Bundles of packages that only their pages need: so they are no dependencies of the program. */
function copyAssets() {
  const bundles = `${root}node_modules/redoc/bundles/`;
  const assets = `${root}dist/assets/`;
  mkdirSync(assets, { recursive: true });
  copyFileSync(
    `${bundles}redoc.standalone.js.LICENSE.txt`,
    `${assets}redoc.standalone.js.LICENSE.txt`,
  );
  // The one thing that it would load from elsewhere, an image of its maker's.
  const bundle = readFileSync(`${bundles}redoc.standalone.js`, 'utf8');
  const parts = bundle.split('https://cdn.redoc.ly/redoc/logo-mini.svg');
  if (parts.length === 1) throw new Error('ReDoc has no image from elsewhere any more.');
  const nothing = 'data:image/svg+xml,%3Csvg xmlns=%27http://www.w3.org/2000/svg%27/%3E';
  writeFileSync(`${assets}redoc.standalone.js`, parts.join(nothing));
}

export function npm() {
  return process.platform === 'win32' ? 'npm.cmd' : 'npm';
}

/**
 * Runs techstore as a user would.
 * @param {readonly string[]} args
 */
export function techstore(...args) {
  return run(process.execPath, [`${root}bin/techstore.js`, ...args]);
}
