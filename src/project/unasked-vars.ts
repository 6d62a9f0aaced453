/** Variables of the command line that nothing in the project asks for: mistyped, more often than not. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { discoverFiles } from './discover-files.js';
import type { ProjectFile } from './project-file.js';
import type { ProjectWarning } from './issues.js';
import type { Project } from './load-project.js';
import { readText } from './read-text.js';
import { didYouMean } from '../ground/did-you-mean.js';

/** `name:` at the beginning of a line: it says what is told, and is no name that comes to `var()`. */
const blockKeys = /^[\t ]*(?:- +)*[\p{L}\p{N}_+-]+[\t ]*:(?=\s)/gmu;

/**
 * Warnings about names in `--vars`. The project's files are read only where dbt_project.yml lacks a name.
 * A name that stands in quotes in SQL or anywhere in YAML counts as asked for: it may come to `var()`
 * through macros. So does one that begins as a name that is put together, such as `var('limit_' ~ n)`.
 *
 * @param packages those that are installed: what they use counts too
 * @param profilesFile absolute path of profiles.yml
 * @param asked names that the program itself reads, and those that rendering asked for
 */
export function unaskedVars(
  project: Project,
  packages: readonly Project[],
  profilesFile: string,
  asked: Iterable<string>,
): ProjectWarning[] {
  const { vars } = project;
  // A project's name stands in many places of its YAML.
  const isForProject = (name: string): boolean =>
    [project, ...packages].some((each) => each.name === name) &&
    typeof vars.commandLine[name] === 'object';
  const declared = [...vars.declaredFor(project.name)].filter((name) => !isForProject(name));
  const known = new Set([...declared, ...asked]);
  const unknown = Object.keys(vars.commandLine).filter((name) => !known.has(name));
  if (unknown.length === 0) return [];

  const { sql, yaml } = textsOf(project, packages, profilesFile);
  const words = new Set(yaml.replace(blockKeys, '').match(/[\p{L}\p{N}_-]+/gu));
  const calls = [...`${sql}\n${yaml}`.matchAll(/\bvar\s*\(\s*(['"])(.+?)\1(\s*[~+])?/g)];
  const named = calls.flatMap(([, , name = '', joined]) => (joined === undefined ? [name] : []));
  const begun = calls.flatMap(([, , name = '', joined]) => (joined === undefined ? [] : [name]));
  const isQuoted = (name: string): boolean =>
    sql.includes(`'${name}'`) || sql.includes(`"${name}"`);
  return unknown
    .filter(
      (name) =>
        (!words.has(name) || isForProject(name)) &&
        !named.includes(name) &&
        !isQuoted(name) &&
        !begun.some((start) => name.startsWith(start)),
    )
    .map((name) => ({
      message: `Nothing in the project uses the variable '${name}'`,
      place: { file: '--vars' },
      hint: isForProject(name)
        ? `Only dbt_project.yml has variables under a project's name: leave '${name}' out.`
        : didYouMean(name, [...known, ...named]),
    }));
}

function textsOf(
  project: Project,
  packages: readonly Project[],
  profilesFile: string,
): { sql: string; yaml: string } {
  const found = [project, ...packages].map((each) => discoverFiles(each));
  const properties = found.flatMap((files) => files.properties);
  // Seeds are data, and may be large.
  const others = found.flatMap(({ properties: _yaml, seeds: _data, ...files }) =>
    Object.values(files).flat(),
  );
  const textOf = (found: readonly ProjectFile[]): string =>
    found.map((file) => readText(file.absolutePath, file.originalFilePath)).join('\n');
  const named = [
    ...[project, ...packages].map(({ root, file, folder }) =>
      join(root, file.slice(folder.length)),
    ),
    join(project.root, 'selectors.yml'),
    profilesFile,
  ];
  return {
    sql: textOf(others),
    yaml: [
      textOf(properties),
      ...named.filter((file) => existsSync(file)).map((file) => readText(file, file)),
    ].join('\n'),
  };
}
