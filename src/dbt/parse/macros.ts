/** Reads macros: the built-in ones that come with the program, and those of a project or package. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseTemplate } from '../../jinja/index.js';
import type { Project } from '../../project/index.js';
import { builtInPackage, type MacroRegistry } from '../macro-registry.js';

// The same folder from src and from dist: both lie side by side in the package.
const folder = fileURLToPath(new URL('../../../src/dbt/macros/', import.meta.url));

export function addBuiltInMacros(registry: MacroRegistry): void {
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith('.sql')) continue;
    const source = readFileSync(folder + name, 'utf8');
    registry.add(builtInPackage, parseTemplate(source, { file: `dbt/macros/${name}` }));
  }
}

interface SqlText {
  readonly path: string;
  readonly text: string;
}

/** @throws TechstoreError for a file that does not parse, or a name that is taken. */
export function addProjectMacros(
  registry: MacroRegistry,
  { name, folder }: Pick<Project, 'name' | 'folder'>,
  files: readonly SqlText[],
): void {
  registry.addPackage(name);
  for (const file of files) {
    const template = parseTemplate(file.text, { file: file.path });
    registry.add(name, template, folder === '' ? undefined : folder);
  }
}
