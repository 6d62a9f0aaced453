import { cpSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './setup.mjs';

/** What makes the dbt project; the rest of the repository is the program. */
const parts = [
  'dbt_project.yml',
  'profiles.yml',
  'models',
  'macros',
  'seeds',
  'data-tests',
  'analyses',
];

/**
 * The dbt project in a folder of its own: nothing is left behind here, and no run meets the
 * files of another.
 */
export function projectCopy(purpose) {
  const dir = mkdtempSync(join(tmpdir(), `techstore-${purpose}-`));
  for (const part of parts) {
    if (existsSync(join(root, part)))
      cpSync(join(root, part), join(dir, part), { recursive: true });
  }
  return dir;
}
