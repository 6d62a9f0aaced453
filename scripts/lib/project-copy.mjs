import { cpSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectParts } from './project-parts.mjs';
import { root } from './setup.mjs';

/**
 * The dbt project in a folder of its own: nothing is left behind here, and no run meets the
 * files of another.
 * @param {string} purpose a word in the folder's name
 * @param {readonly string[]} parts files and folders of the project; all of them by default
 * @returns {string} the folder, which the caller removes
 */
export function projectCopy(purpose, parts = projectParts) {
  const dir = mkdtempSync(join(tmpdir(), `techstore-${purpose}-`));
  for (const part of parts) {
    if (existsSync(join(root, part)))
      cpSync(join(root, part), join(dir, part), { recursive: true });
  }
  return dir;
}
