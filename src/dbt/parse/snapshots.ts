/** Snapshots are not supported yet: a project that has one is refused, wherever it is written. */
import { TechstoreError, type Place } from '../../errors.js';
import { parseTemplate } from '../../jinja/index.js';
import {
  type NodeProperties,
  type ProjectFile,
  type Properties,
  readText,
} from '../../project/index.js';
import type { Workshop } from './workshop.js';

/**
 * @returns where in the project the disabled ones are
 * @throws TechstoreError `unsupported` at the first snapshot that is not disabled, in SQL or in YAML
 */
export function refuseSnapshots(
  files: readonly ProjectFile[],
  properties: readonly Properties[],
  workshop: Workshop,
): readonly (readonly string[])[] {
  const disabled: (readonly string[])[] = [];
  const entries = properties.flatMap((file) => file.snapshots);
  for (const file of files) {
    const text = readText(file.absolutePath, file.originalFilePath);
    for (const block of parseTemplate(text, { file: file.originalFilePath }).blocks) {
      if (block.kind !== 'snapshot') continue;
      const collector = workshop.collector(block.name, { name: block.name });
      collector.render(block.content);
      const entry = entries.find(({ name }) => name === block.name);
      const place = { file: file.originalFilePath, line: block.line };
      disabled.push(
        refuse(block.name, file.path, place, workshop, [
          ...(entry === undefined ? [] : [entry]),
          { config: collector.collected.config },
        ]),
      );
    }
  }
  for (const entry of entries) {
    if (entry.relation === null) continue;
    disabled.push(refuse(entry.name, entry.file, entry.place, workshop, [entry]));
  }
  return disabled;
}

function refuse(
  name: string,
  path: string,
  place: Place,
  workshop: Workshop,
  levels: readonly Pick<NodeProperties, 'config'>[],
): readonly string[] {
  const fqn = workshop.fqn(path, name);
  const { enabled } = workshop.config(
    'snapshot',
    'snapshot',
    fqn,
    levels.map(({ config }) => ({ values: config, place })),
  );
  if (!enabled) return fqn;
  throw new TechstoreError('unsupported', `Snapshots are not supported yet: ${name}`, {
    place,
    hint: 'Remove the snapshot from the project, or disable it with enabled: false.',
  });
}
