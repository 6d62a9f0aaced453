/** `--param name=value`: what the SQL wants, and what it was given. */
import { didYouMeanFirst } from '../ground/did-you-mean.js';
import { TechstoreError } from '../errors.js';

/** @throws TechstoreError `usage` where a pair has no name, or a name comes twice */
export function paramsOf(pairs: readonly string[]): ReadonlyMap<string, string> {
  const params = new Map<string, string>();
  for (const pair of pairs) {
    const [, name, value = ''] = /^\$?(\w+)=(.*)$/s.exec(pair) ?? [];
    if (name === undefined) {
      throw new TechstoreError('usage', `--param needs name=value, not '${pair}'`, {
        hint: 'Write $city in the SQL, and pass --param city=Paris.',
      });
    }
    if (params.has(name.toLowerCase()))
      throw new TechstoreError('usage', `The parameter ${name} appears twice`);
    params.set(name.toLowerCase(), value);
  }
  return params;
}

/**
 * The values by the names that the SQL has; names are the same in any case, as in the SQL itself.
 *
 * @throws TechstoreError `usage` where one is missing, or is not in the SQL
 */
export function boundParams(
  wanted: readonly string[],
  given: ReadonlyMap<string, string>,
): Record<string, string> {
  const names = new Set(wanted.map((name) => name.toLowerCase()));
  const missing = wanted.filter((name) => !given.has(name.toLowerCase()));
  const unknown = [...given.keys()].filter((name) => !names.has(name));
  if (missing.length > 0 || unknown.length > 0) {
    throw new TechstoreError('usage', faultOf(missing, unknown), { hint: hintOf(wanted, unknown) });
  }
  return Object.fromEntries(wanted.map((name) => [name, given.get(name.toLowerCase()) ?? '']));
}

function faultOf(missing: readonly string[], unknown: readonly string[]): string {
  const dollars = (names: readonly string[]): string => names.map((name) => `$${name}`).join(', ');
  return [
    ...(missing.length > 0 ? [`The SQL needs a value for ${dollars(missing)}`] : []),
    ...(unknown.length > 0 ? [`The SQL has no parameter ${dollars(unknown)}`] : []),
  ].join('. ');
}

function hintOf(wanted: readonly string[], unknown: readonly string[]): string {
  if (wanted.length === 0) return 'The SQL has no parameters. Remove --param.';
  const guess =
    unknown.map((name) => didYouMeanFirst(name, wanted)).find((text) => text !== '') ?? '';
  return `${guess}Pass each parameter once: ${wanted.map((name) => `--param ${name}=…`).join(' ')}`;
}
