/** Variables of the command line that nothing in the project asks for: mistyped, more often than not. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { discoverFiles, type ProjectFile } from './discover-files.js';
import type { ProjectWarning } from './issues.js';
import type { Project } from './load-project.js';
import { readText } from './read-text.js';
import { didYouMean } from './suggestion.js';

/**
 * Warnings about names in `--vars`. The project's files are read only where dbt_project.yml lacks a name.
 * A name that stands anywhere in a file counts as asked for: it may come to `var()` through macros.
 *
 * @param profilesFile absolute path of profiles.yml
 * @param builtIn names that the program itself reads
 */
export function unaskedVars(
  project: Project,
  profilesFile: string,
  builtIn: readonly string[],
): ProjectWarning[] {
  const { vars } = project;
  const declared = new Set([...vars.declaredFor(project.name), ...builtIn]);
  const unknown = Object.keys(vars.commandLine).filter((name) => !declared.has(name));
  if (unknown.length === 0) return [];

  const text = textOf(project, profilesFile);
  const words = new Set(text.match(/[\p{L}\p{N}_-]+/gu));
  const asked = [...text.matchAll(/\bvar\s*\(\s*(['"])(.+?)\1/g)].map((match) => match[2] ?? '');
  return unknown
    .filter((name) => !words.has(name) && !asked.includes(name))
    .map((name) => ({
      message: `Nothing in the project asks for the variable '${name}'`,
      place: { file: '--vars' },
      hint: didYouMean(name, [...declared, ...asked]),
    }));
}

function textOf(project: Project, profilesFile: string): string {
  // Seeds are data, and may be large.
  const files = Object.entries(discoverFiles(project)).filter(([kind]) => kind !== 'seeds');
  const others = [
    join(project.root, project.file),
    join(project.root, 'selectors.yml'),
    profilesFile,
  ];
  return [
    ...files
      .flatMap(([, found]) => found as readonly ProjectFile[])
      .map((file) => readText(file.absolutePath, file.originalFilePath)),
    ...others.filter((file) => existsSync(file)).map((file) => readText(file, file)),
  ].join('\n');
}
