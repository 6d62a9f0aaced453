import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { TechstoreError } from '../errors.js';
import { readRegularFile, whyUnreadable } from '../regular-file.js';

/** manifest.json, run_results.json and sources.json of an earlier run; undefined where there is none. */
export interface StateArtifacts {
  readonly manifest: unknown;
  readonly results: unknown;
  readonly sources: unknown;
}

export async function readStateArtifacts(dir: string, root: string): Promise<StateArtifacts> {
  const folder = resolve(root, dir);
  if (!existsSync(folder)) {
    throw new TechstoreError('usage', `The folder of --state does not exist: ${folder}`, {
      hint: 'Pass a folder with artifacts of an earlier run, such as a copy of target/.',
    });
  }
  return {
    manifest: readJson(join(folder, 'manifest.json')),
    results: readJson(join(folder, 'run_results.json')),
    sources: readJson(join(folder, 'sources.json')),
  };
}

/** Undefined when there is no such file. */
export function readJson(path: string): unknown {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readRegularFile(path).toString('utf8')) as unknown;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) {
      throw new TechstoreError('usage', `${path} cannot be read: ${whyUnreadable(cause)}`, {
        hint: 'Move it away, and rerun the command that wrote it.',
        cause,
      });
    }
    throw new TechstoreError('usage', `${path} is not valid JSON`, {
      hint: 'Rerun the command that wrote it.',
      cause,
    });
  }
}
