/** Where the project is when nobody says: as with dbt, the nearest folder upwards that holds dbt_project.yml. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The absolute path of the folder that is given, or of the one that is found; otherwise the current one. */
export function projectDir(given: string | undefined): string {
  const here = resolve(given ?? '.');
  if (given !== undefined) return here;
  for (let dir = here; ; dir = dirname(dir)) {
    if (existsSync(join(dir, 'dbt_project.yml'))) return dir;
    if (dir === dirname(dir)) return here;
  }
}
