/** Python environments that tests and measurements make for themselves, in .cache. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup.mjs';

/**
 * Makes the environment unless it is there with the same requirements.
 * @param {string} name of its folder in .cache
 * @param {string} requirements path of a requirements.txt
 * @returns {string | null} the folder of its programs; null, with a message, when it can't be made
 */
export function pythonEnvironment(name, requirements) {
  const venv = join(root, '.cache', name);
  const bin = join(venv, 'bin');
  const stamp = join(venv, 'requirements.sha256');
  const want = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === want) return bin;
  console.log(`Making a Python environment in .cache/${name} ...`);
  rmSync(venv, { recursive: true, force: true });
  mkdirSync(join(root, '.cache'), { recursive: true });
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  /** @type {[string, string[]][]} */
  const steps = [
    ['python3', ['-m', 'venv', venv]],
    [join(bin, 'python'), [...install, '-r', requirements]],
  ];
  for (const [command, args] of steps) {
    const done = spawnSync(command, args, { stdio: 'inherit' });
    if (done.status !== 0) {
      console.error(`${command} ${args.join(' ')} failed: Python 3 with venv is needed`);
      return null;
    }
  }
  writeFileSync(stamp, want);
  return bin;
}
