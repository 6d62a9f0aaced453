/** Environment variables, with those of the project's `.env` file below them. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { readText } from './read-text.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The real environment, and from `.env` in the project's folder what it lacks. A
 * variable that is set to nothing counts as set. Values are never logged.
 */
export function loadEnvironment(root: string, env: Environment): Environment {
  const path = join(root, '.env');
  const stat = statSync(path, { throwIfNoEntry: false });
  // A folder of that name holds the files of other programs.
  if (stat === undefined || stat.isDirectory()) return env;
  const own = parseEnv(readText(path, '.env'));
  const set = Object.entries(env).filter(([, value]) => value !== undefined);
  return { ...own, ...Object.fromEntries(set) };
}
