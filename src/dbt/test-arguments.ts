/** Arguments of a generic test as values: what YAML holds as text may be a call of ref, or Jinja. */
import type { Place } from '../errors.js';
import { asDbtRuns } from './undefined-names.js';
import {
  Dict,
  fromHost,
  parseTemplate,
  renderNative,
  type Lookup,
  type Value,
  type Waiting,
} from '../jinja/index.js';

/** The name under which the SQL of a generic test finds its arguments, as in dbt. */
export const testArgumentsName = '_dbt_generic_test_kwargs';

export function* testArguments(
  kwargs: Readonly<Record<string, unknown>>,
  lookup: Lookup,
  place: Place,
): Waiting<Value> {
  const values = new Dict();
  for (const [key, value] of Object.entries(kwargs)) {
    values.set(key, yield* argument(key, value, lookup, place));
  }
  return values;
}

function* argument(key: string, value: unknown, lookup: Lookup, place: Place): Waiting<Value> {
  if (Array.isArray(value)) {
    const items: Value[] = [];
    for (const item of value) items.push(yield* argument(key, item, lookup, place));
    return items;
  }
  // A column's name is never Jinja, also where it looks like it.
  if (typeof value !== 'string' || key === 'column_name') return fromHost(value);
  const text = /^\s*(ref|source|var|env_var)\s*\(/.test(value) ? `{{ ${value} }}` : value;
  if (!text.includes('{{') && !text.includes('{%')) return value;
  const template = parseTemplate(text, { file: place.file, firstLine: place.line ?? 1 });
  return yield* renderNative(template, lookup, asDbtRuns);
}
