/** Snapshots are not supported yet: a project that has one is refused, wherever it is written. */
import { TechstoreError, type Place } from '../../errors.js';
import { parseTemplate } from '../../jinja/index.js';
import type { ProjectFile } from '../../project/discover-files.js';
import type { NodeProperties, Properties } from '../../project/properties.js';
import { readText } from '../../project/read-text.js';
import type { Workshop } from './workshop.js';

/** @throws TechstoreError `unsupported` at the first snapshot that is not disabled, in SQL or in YAML */
export function refuseSnapshots(
  files: readonly ProjectFile[],
  properties: readonly Properties[],
  workshop: Workshop,
): void {
  const entries = properties.flatMap((file) => file.snapshots);
  for (const file of files) {
    const text = readText(file.absolutePath, file.originalFilePath);
    for (const block of parseTemplate(text, { file: file.originalFilePath }).blocks) {
      if (block.kind !== 'snapshot') continue;
      const collector = workshop.collector(block.name, { name: block.name });
      collector.render(block.content);
      const entry = entries.find(({ name }) => name === block.name);
      refuse(block.name, file.path, { file: file.originalFilePath, line: block.line }, workshop, [
        ...(entry === undefined ? [] : [entry]),
        { config: collector.collected.config },
      ]);
    }
  }
  for (const entry of entries) {
    if (entry.relation !== null) refuse(entry.name, entry.file, entry.place, workshop, [entry]);
  }
}

function refuse(
  name: string,
  path: string,
  place: Place,
  workshop: Workshop,
  levels: readonly Pick<NodeProperties, 'config'>[],
): void {
  const { enabled } = workshop.config(
    'snapshot',
    'snapshot',
    workshop.fqn(path, name),
    levels.map(({ config }) => ({ values: config, place })),
  );
  if (!enabled) return;
  throw new TechstoreError('unsupported', `Snapshots are not supported yet: ${name}`, {
    place,
    hint: 'Remove the snapshot from the project, or disable it with enabled: false.',
  });
}
