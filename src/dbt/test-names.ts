/**
 * Names and ids of generic tests as dbt gives them, so that an id means the same
 * test in dbt's artifacts and in ours (dbt-core, parser/generic_test_builders.py).
 */
import { createHash } from 'node:crypto';
import { Float, toText } from '../jinja/index.js';

export interface GenericTestNames {
  /** At most 63 characters: the alias, and the table of stored failures. */
  readonly short: string;
  readonly full: string;
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/**
 * @param test name of the test with its namespace (`not_null`, `dbt_utils_at_least_one`),
 *   with `source_` before it for a source
 * @param target name of the model, or `source_table`
 */
export function genericTestNames(
  test: string,
  target: string,
  args: Readonly<Record<string, unknown>>,
): GenericTestNames {
  const parts: string[] = [];
  for (const key of Object.keys(args).sort()) {
    if (key === 'model') continue;
    const value = args[key];
    const values: unknown[] = Array.isArray(value)
      ? value
      : isMapping(value)
        ? Object.values(value)
        : [value];
    parts.push(...values.map(pythonText));
  }
  const cleaned = parts.map((part) => part.replace(/[^0-9a-zA-Z_]+/g, '_'));
  const full = `${test}_${target}_${cleaned.join('__')}`;
  if (full.length < 64) return { short: full, full };
  return { short: `${`${test}_${target}`.slice(0, 30)}_${md5(full)}`, full };
}

/** The ten hexadecimal digits at the end of a generic test's unique id. */
export function genericTestHash(
  name: string,
  metadata: { namespace: string | null; name: string; kwargs: Readonly<Record<string, unknown>> },
): string {
  return md5(name + pythonRepr(hashable({ ...metadata }))).slice(-10);
}

function isMapping(value: unknown): value is object {
  return value !== null && typeof value === 'object' && !(value instanceof Float);
}

/** Dicts with sorted keys, lists, and everything else as Python's `str` has it. */
function hashable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hashable);
  if (isMapping(value)) {
    const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return Object.fromEntries(sorted.map(([key, item]) => [key, hashable(item)]));
  }
  return pythonText(value);
}

function pythonText(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return value instanceof Float ? toText(value) : pythonRepr(value);
}

/** Python's `repr` of what YAML gives. */
export function pythonRepr(value: unknown): string {
  if (typeof value === 'string') {
    const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
    const escaped = value
      .replaceAll('\\', '\\\\')
      .replaceAll('\n', '\\n')
      .replaceAll('\r', '\\r')
      .replaceAll('\t', '\\t')
      .replaceAll(quote, `\\${quote}`);
    return `${quote}${escaped}${quote}`;
  }
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(', ')}]`;
  if (isMapping(value)) {
    const items = Object.entries(value).map(([k, v]) => `${pythonRepr(k)}: ${pythonRepr(v)}`);
    return `{${items.join(', ')}}`;
  }
  return pythonText(value);
}
