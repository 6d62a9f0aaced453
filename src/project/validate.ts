/** Values of a YAML file against a zod schema, with faults that name file and line. */
import { z } from 'zod';
import type { Issue, ProjectWarning } from './issues.js';
import { didYouMean } from '../ground/did-you-mean.js';
import type { YamlDocument } from './yaml-document.js';
import type { YamlPath } from './yaml-path.js';

export interface Validated<T> {
  /** Undefined where there are faults. */
  readonly value: T | undefined;
  readonly issues: Issue[];
  readonly warnings: ProjectWarning[];
}

/** What to say about a key that no schema knows; undefined for the usual words. */
export type UnknownKeyAdvice = (key: string, path: YamlPath) => Partial<ProjectWarning> | undefined;

/** How faults name what they are about. */
export interface Telling {
  /** From the value that is checked on, not from the top of the file. */
  readonly fromHere?: boolean;
  /** Keys of the value that is checked whose values are no text for a terminal. */
  readonly secrets?: readonly string[];
}

const expectedWords: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys',
  record: 'a map of keys',
};

/** What a value is, in a sentence: `a list`, `the text 'x'`. */
export function describe(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') {
    // Anything else is a float as its maker made it.
    return Object.getPrototypeOf(value) === Object.prototype ? 'a map of keys' : 'a number';
  }
  if (typeof value === 'string') {
    return `the text '${value.length > 40 ? `${value.slice(0, 40)}…` : value}'`;
  }
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : 'a number';
}

/** `models[0].columns[2].name` */
export function pathText(path: YamlPath): string {
  return path
    .map((part, index) =>
      typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`,
    )
    .join('');
}

function valueAt(root: unknown, path: YamlPath): unknown {
  let value = root;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string | number, unknown>)[part];
  }
  return value;
}

function toIssue(
  document: YamlDocument,
  at: YamlPath,
  issue: z.core.$ZodIssue,
  { fromHere = false, secrets = [] }: Telling,
): Issue {
  const inner = issue.path as (string | number)[];
  const path = [...at, ...inner];
  const shown = fromHere && inner.length > 0 ? inner : path;
  const found = valueAt(document.value, path);
  const place = document.placeOf(path);
  const name = pathText(shown) || 'The file';
  if (found === undefined) {
    const key = String(path[path.length - 1] ?? '');
    const parent = pathText(shown.slice(0, -1));
    return { message: `${parent === '' ? '' : `${parent}: `}'${key}' is missing`, place };
  }
  const but = secrets.includes(String(inner[0])) ? '' : `, not ${describe(found)}`;
  const expected =
    issue.code === 'invalid_type'
      ? `must be ${expectedWords[issue.expected] ?? issue.expected}${but}`
      : issue.code === 'invalid_value'
        ? `must be one of ${issue.values.map(String).join(', ')}${but}`
        : issue.message;
  const near =
    issue.code === 'invalid_value' && typeof found === 'string'
      ? didYouMean(found, issue.values.map(String))
      : undefined;
  return { message: `${name} ${expected}`, place, hint: near };
}

/** The keys that the object at a path may have, found by walking the schema. */
function knownKeys(schema: unknown, path: YamlPath): string[] {
  let current = unwrap(schema);
  for (const part of path) {
    if (current instanceof z.ZodObject) {
      current = unwrap((current.shape as Record<string, unknown>)[part]);
    } else if (current instanceof z.ZodArray) current = unwrap(current.element);
    else return [];
  }
  return current instanceof z.ZodObject ? Object.keys(current.shape) : [];
}

function unwrap(schema: unknown): unknown {
  let current = schema;
  while (
    current instanceof z.ZodOptional ||
    current instanceof z.ZodNullable ||
    current instanceof z.ZodDefault
  ) {
    current = current.unwrap();
  }
  return current;
}

function without(value: unknown, path: YamlPath, keys: readonly string[]): unknown {
  const [part, ...rest] = path;
  if (part === undefined) {
    return Object.fromEntries(
      Object.entries(value as object).filter(([key]) => !keys.includes(key)),
    );
  }
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (index === part ? without(item, rest, keys) : item));
  }
  const map = value as Record<string, unknown>;
  return { ...map, [part]: without(map[part], rest, keys) };
}

/**
 * Checks the value at `at` of the document. Keys that a strict object does not
 * know become warnings, since dbt lets them pass; everything else is a fault.
 */
export function validate<S extends z.ZodType>(
  schema: S,
  document: YamlDocument,
  at: YamlPath = [],
  advice: UnknownKeyAdvice = () => undefined,
  telling: Telling = {},
): Validated<z.output<S>> {
  const warnings: ProjectWarning[] = [];
  let value = valueAt(document.value, at);
  let result = schema.safeParse(value);
  if (result.success) return { value: result.data, issues: [], warnings };
  for (const issue of result.error.issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    const inner = issue.path as (string | number)[];
    for (const key of issue.keys) {
      const path = [...at, ...inner, key];
      const parent = pathText([...at, ...inner]);
      warnings.push({
        message: `${parent === '' ? '' : `${parent}: `}the key '${key}' is unknown and is ignored`,
        place: document.placeOfKey(path),
        hint: didYouMean(key, knownKeys(schema, inner)),
        ...advice(key, path),
      });
    }
    value = without(value, inner, issue.keys);
  }
  if (warnings.length > 0) {
    result = schema.safeParse(value);
    if (result.success) return { value: result.data, issues: [], warnings };
  }
  const issues = result.error.issues
    .filter((issue) => issue.code !== 'unrecognized_keys')
    .map((issue) => toIssue(document, at, issue, telling));
  return { value: undefined, issues, warnings };
}
