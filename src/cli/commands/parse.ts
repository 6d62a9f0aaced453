/** `parse`: reads the project and writes manifest.json. */
import { relative } from 'node:path';
import { load } from '../load.js';
import type { ProjectOptions } from '../options.js';
import { reporterOf } from '../reporter.js';
import { writeManifest } from '../write-artifacts.js';

export async function parse(options: ProjectOptions): Promise<void> {
  const reporter = await reporterOf(options);
  const project = load('parse', options, reporter.logger);
  for (const warning of project.warnings) reporter.warning(warning);
  await writeManifest(project);
  if (options.quiet === true) return;
  const count = (type: string): number =>
    [...project.manifest.nodes.values()].filter((node) => node.resourceType === type).length;
  const kinds = ['model', 'seed', 'source', 'test', 'unit_test', 'exposure'] as const;
  const parts = kinds.map(
    (kind) => `${count(kind)} ${kind.replace('_', ' ')}${count(kind) === 1 ? '' : 's'}`,
  );
  process.stdout.write(
    `${parts.join(', ')}\nWrote ${relative(process.cwd(), project.targetDir) || '.'}/manifest.json\n`,
  );
}
