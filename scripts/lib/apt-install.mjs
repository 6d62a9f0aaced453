/** Packages for a machine that is thrown away afterwards: whoever has one of their own installs them themselves. */
import { spawnSync } from 'node:child_process';

/**
 * Does nothing without the rights to it: the tier that needs them says then what is missing.
 * @param {readonly string[]} packages
 */
export function aptInstall(packages) {
  if (process.getuid?.() !== 0) return;
  console.log(`Installing ${packages.join(', ')} ...`);
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', ...packages],
  ]) {
    const done = spawnSync('apt-get', args, {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (done.status !== 0) return;
  }
}

/** @param {string} command */
export function isInstalled(command) {
  return spawnSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' }).status === 0;
}
