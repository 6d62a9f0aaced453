/** Tables of a build by the names that a user gives. */
import { didYouMeanFirst as nearest } from '../ground/did-you-mean.js';
import { TechstoreError } from '../errors.js';

/**
 * The tables of these names, each once, in the order of the build.
 *
 * @throws TechstoreError `selection` where one is not there, with the name that may have been meant
 */
export function tablesNamed<T extends { readonly name: string }>(
  tables: readonly T[],
  names: readonly string[],
): readonly T[] {
  const known = new Map<string, T>();
  // The first of a name wins: a seed before the source that it fills.
  for (const table of tables) if (!known.has(table.name)) known.set(table.name, table);
  for (const name of names) {
    if (known.has(name)) continue;
    const words = /[:+*@,]/.test(name) ? 'Use --select for selection syntax. ' : '';
    throw new TechstoreError('selection', `The build has no table '${name}'`, {
      hint: `${words}${nearest(name, known.keys())}It has: ${listOf([...known.keys()])}.`,
    });
  }
  const wanted = new Set(names);
  return [...known.values()].filter(({ name }) => wanted.has(name));
}

function listOf(names: readonly string[]): string {
  const shown = names.slice(0, 30);
  const more = names.length - shown.length;
  return shown.join(', ') + (more === 0 ? '' : ` and ${more} more (techstore builds show)`);
}
