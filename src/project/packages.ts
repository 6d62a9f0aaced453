import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { TechstoreError } from '../errors.js';
import { readText } from './read-text.js';
import { parseYaml } from './yaml-document.js';

/**
 * Packages cannot be installed, so a project that lists any is refused: its
 * macros would be missing one by one later on.
 * @throws TechstoreError 'unsupported' with the place of the first entry.
 */
export function refusePackages(root: string): void {
  for (const file of ['packages.yml', 'dependencies.yml']) {
    const path = join(root, file);
    if (!existsSync(path)) continue;
    const document = parseYaml(readText(path, file), file);
    const value = document.value as Record<string, unknown> | null;
    for (const key of ['packages', 'projects']) {
      const list = value?.[key];
      if (!Array.isArray(list) || list.length === 0) continue;
      throw new TechstoreError('unsupported', `${file} lists ${key}, which are not supported`, {
        place: document.placeOf([key, 0]),
        hint: `Copy the macros and models that you use into the project, and remove ${file}.`,
      });
    }
  }
}
