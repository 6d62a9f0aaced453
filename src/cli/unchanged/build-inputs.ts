/** All that a build's result depends on, as far as it can be told without reading the project. */
import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProjectOptions, RunOptions } from '../options.js';
import { projectDir } from '../project-dir.js';
import { version } from '../version.js';
import { markOfFile, marksBelow, marksOfFiles, type FileMarks } from './file-marks.js';

/** Files that are looked for at the project's root, or in whose absence something else holds. */
const rootFiles = [
  'dbt_project.yml',
  'dbt_project.yaml',
  'profiles.yml',
  'selectors.yml',
  'packages.yml',
  'dependencies.yml',
  '.env',
  '.dbtignore',
];

/** The folder in which everything about an unchanged build is kept: where projects leave it as it is. */
export const defaultTarget = 'target';

export function rootOf(options: RunOptions): string {
  return projectDir(options.projectDir);
}

/** Options, day and program. How the answer is shown is no part of it. */
export function keyOf(options: RunOptions, now: Date): string {
  const { json, quiet, color, debug, threads, wait, ...meaning } = options;
  void [json, quiet, color, debug, threads, wait];
  const folders = [rootOf(options), options.profilesDir, options.sources].map((folder) =>
    folder === undefined ? null : resolve(folder),
  );
  const own = fileURLToPath(import.meta.url);
  // A model may use the day of the run, and without --as-of the figures do.
  const day = now.toISOString().slice(0, 10);
  return hashOf([version(), markOfFile(own), day, folders, meaning]);
}

/** What chooses a profile and its target, and the program that read it. */
export function profileKeyOf(
  { profilesDir, profile, target }: ProjectOptions,
  env: NodeJS.ProcessEnv,
): string {
  const own = fileURLToPath(import.meta.url);
  const folder = profilesDir ?? env['DBT_PROFILES_DIR'];
  return hashOf([version(), markOfFile(own), folder && resolve(folder), profile, target]);
}

/** Values of variables, as one hash: some of them may be secrets. */
export function hashOfEnvironment(names: readonly string[], env: NodeJS.ProcessEnv): string {
  return hashOf([...names].sort().map((name) => [name, env[name] ?? null]));
}

/** Files of the project that are not at places known beforehand, relative to it. */
export interface ProjectInputs {
  /** Resource folders of the project and its packages. */
  readonly folders: readonly string[];
  /** Project files of packages, and the folder that holds the packages: one more changes it. */
  readonly files: readonly string[];
}

export function marksOfInputs(
  options: RunOptions,
  { folders, files }: ProjectInputs,
  env: NodeJS.ProcessEnv,
): FileMarks {
  const root = rootOf(options);
  const profileFolders = [
    options.profilesDir ?? env['DBT_PROFILES_DIR'] ?? root,
    join(env['HOME'] || homedir(), '.dbt'),
  ];
  return {
    ...marksOfFiles([...rootFiles, ...files].map((file) => resolve(root, file))),
    // Beside the earlier sources.json, the one of now chooses what is fresher.
    ...(options.state === undefined
      ? {}
      : marksOfFiles([join(root, defaultTarget, 'sources.json')])),
    ...marksOfFiles(profileFolders.map((folder) => join(resolve(folder), 'profiles.yml'))),
    ...marksBelow([
      ...folders.map((folder) => resolve(root, folder)),
      ...(options.sources === undefined ? [] : [resolve(options.sources)]),
      ...[options.state, options.deferState].flatMap((folder) =>
        folder === undefined ? [] : [resolve(root, folder)],
      ),
    ]),
  };
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
