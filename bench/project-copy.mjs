import { cpSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './measure.mjs';

/** The dbt project in a folder of its own, so that measuring leaves nothing behind here. */
export function projectCopy() {
  const dir = mkdtempSync(join(tmpdir(), 'techstore-bench-'));
  for (const part of [
    'dbt_project.yml',
    'profiles.yml',
    'models',
    'macros',
    'seeds',
    'data-tests',
    'analyses',
  ]) {
    if (existsSync(join(root, part)))
      cpSync(join(root, part), join(dir, part), { recursive: true });
  }
  return dir;
}
