/**
 * The profile of the last command, while none of the files that it came from changed: reading
 * YAML and checking it takes longer than most answers. `target/profile.json` is written only
 * for a file of DuckDB without Jinja, so that nothing secret is ever in it, and only where a
 * build has made the folder.
 */
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Profile } from '../../project/index.js';
import { readRegularFile } from '../../regular-file.js';
import type { ProjectOptions } from '../options.js';
import { defaultTarget, marksOfInputs, profileKeyOf, rootOf } from './build-inputs.js';
import { sameMarks, type FileMarks } from './file-marks.js';

interface Remembered {
  readonly key: string;
  readonly files: FileMarks;
  readonly profile: Profile;
}

const noInputs = { folders: [], files: [] };

function pathOf(options: ProjectOptions): string {
  return join(rootOf(options), defaultTarget, 'profile.json');
}

/** Null where anything is not as it was. */
export function recallProfile(
  options: ProjectOptions,
  env: NodeJS.ProcessEnv = process.env,
): Profile | null {
  try {
    const { key, files, profile } = JSON.parse(
      readRegularFile(pathOf(options)).toString('utf8'),
    ) as Remembered;
    const same =
      key === profileKeyOf(options, env) && sameMarks(files, marksOfInputs(options, noInputs, env));
    return same ? profile : null;
  } catch {
    return null;
  }
}

/** @param profile one that was read without rendering anything */
export function rememberProfile(
  profile: Profile,
  options: ProjectOptions,
  env: NodeJS.ProcessEnv = process.env,
): void {
  const path = pathOf(options);
  if (profile.target.type !== 'duckdb' || !existsSync(join(rootOf(options), defaultTarget))) return;
  try {
    const remembered: Remembered = {
      key: profileKeyOf(options, env),
      files: marksOfInputs(options, noInputs, env),
      profile,
    };
    writeFileSync(`${path}.${process.pid}`, JSON.stringify(remembered));
    renameSync(`${path}.${process.pid}`, path);
  } catch {
    // The next command reads the files again.
  }
}
