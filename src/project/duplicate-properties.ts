/** Resources that two entries describe. */
import { formatPlace, TechstoreError, type Place } from '../errors.js';
import type { Properties } from './properties.js';

interface Named {
  readonly name: string;
  readonly place: Place;
}

const kinds: readonly [word: string, (file: Properties) => readonly Named[]][] = [
  ['model', (file) => file.models],
  ['seed', (file) => file.seeds],
  ['snapshot', (file) => file.snapshots],
  ['analysis', (file) => file.analyses],
  ['data test', (file) => file.singularTests],
  ['macro', (file) => file.macros],
  // As in dbt, a disabled one may share its name.
  ['exposure', (file) => file.exposures.filter(({ config }) => config['enabled'] !== false)],
  ['group', (file) => file.groups],
  [
    'source table',
    (file) =>
      file.sources.flatMap((source) =>
        source.tables.map((table) => ({
          name: `${source.name}.${table.name}`,
          place: table.place,
        })),
      ),
  ],
  // dbt lets unit tests of different models have one name.
  [
    'unit test',
    (file) =>
      file.unitTests.map((test) => ({ name: `${test.model}.${test.name}`, place: test.place })),
  ],
];

/** @throws TechstoreError 'project' naming the place of the other entry, for the first name described twice. */
export function refuseDuplicateProperties(files: readonly Properties[]): void {
  for (const [word, entriesOf] of kinds) {
    const seen = new Map<string, Place>();
    for (const entry of files.flatMap(entriesOf)) {
      const first = seen.get(entry.name);
      if (first !== undefined) {
        throw new TechstoreError(
          'project',
          `The ${word} '${entry.name}' has two descriptions: in ${formatPlace(first)} and in ${formatPlace(entry.place)}`,
          { place: entry.place, hint: 'Merge the two entries.' },
        );
      }
      seen.set(entry.name, entry.place);
    }
  }
}
