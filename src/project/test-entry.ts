/** The shapes in which dbt lets a generic test be written. */
import { keysOfNodes, keysOfTests } from '../manifest/config-keys.js';
import type { Issue } from './issues.js';
import type { TestEntry, YamlMap } from './properties.js';
import type { YamlDocument } from './yaml-document.js';
import type { YamlPath } from './yaml-path.js';

/** Keys of a test that are configuration even where they stand beside its arguments. */
const configKeys: readonly string[] = [
  ...keysOfTests,
  ...keysOfNodes.filter((key) => key !== 'group' && key !== 'materialized'),
];

const namePattern = /^(?:([a-zA-Z_]\w*)\.)?([a-zA-Z_]\w*)$/;

function isMap(value: unknown): value is YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

class Reader {
  readonly #document: YamlDocument;
  readonly #issues: Issue[];

  constructor(document: YamlDocument, issues: Issue[]) {
    this.#document = document;
    this.#issues = issues;
  }

  #fault(path: YamlPath, message: string, hint?: string): undefined {
    this.#issues.push({ message, place: this.#document.placeOf(path), hint });
    return undefined;
  }

  read(value: unknown, path: YamlPath): TestEntry | undefined {
    if (typeof value === 'string') return this.#named(value, {}, path, path);
    if (!isMap(value)) {
      return this.#fault(path, 'A test must be a name, or a name with its arguments');
    }
    if (Object.hasOwn(value, 'test_name')) {
      const { test_name: name, ...rest } = value;
      if (typeof name !== 'string') return this.#fault(path, "'test_name' must be text");
      return this.#named(name, rest, path, path);
    }
    const entries = Object.entries(value);
    const [first] = entries;
    if (first === undefined || entries.length > 1) {
      return this.#fault(
        path,
        `A test must be one name with its arguments under it, not ${entries.length} keys side by side`,
        "Indent the arguments under the test's name.",
      );
    }
    const [name, args] = first;
    if (args !== null && !isMap(args)) {
      return this.#fault(
        [...path, name],
        `The arguments of the test '${name}' must be a map of keys`,
      );
    }
    return this.#named(name, args ?? {}, path, [...path, name]);
  }

  #named(full: string, args: YamlMap, path: YamlPath, argsPath: YamlPath): TestEntry | undefined {
    const match = namePattern.exec(full);
    if (match === null) {
      return this.#fault(
        path,
        `'${full}' is not a test name`,
        'Write the name of a test, or package.test.',
      );
    }
    const { config, arguments: nested, name, description, ...others } = args;
    const rest: Record<string, unknown> = others;
    for (const [key, part] of [
      ['config', config],
      ['arguments', nested],
    ] as const) {
      if (part === undefined || part === null || isMap(part)) continue;
      return this.#fault(
        [...argsPath, key],
        `'${key}' of the test '${full}' must be a map of keys`,
      );
    }
    const settings: Record<string, unknown> = { ...((config ?? {}) as YamlMap) };
    for (const key of configKeys) {
      if (!Object.hasOwn(rest, key)) continue;
      if (Object.hasOwn(settings, key)) {
        this.#fault(
          [...argsPath, key],
          `The test '${full}' sets '${key}' twice, once in 'config' and once beside it`,
          "Keep the one in 'config'.",
        );
      }
      settings[key] = rest[key];
      delete rest[key];
    }
    const all = { ...rest, ...((nested ?? {}) as YamlMap) };
    if (Object.hasOwn(all, 'model')) {
      return this.#fault(
        [...argsPath, 'model'],
        `The test '${full}' must not set 'model': the test always uses the model that it is listed under`,
      );
    }
    for (const [key, part] of [
      ['name', name],
      ['description', description],
    ] as const) {
      if (part === undefined || part === null || typeof part === 'string') continue;
      this.#fault([...argsPath, key], `'${key}' of the test '${full}' must be text`);
    }
    return {
      name: match[2] ?? full,
      namespace: match[1] ?? null,
      arguments: all,
      config: settings,
      customName: typeof name === 'string' ? name : null,
      description: typeof description === 'string' ? description : '',
      place: this.#document.placeOf(path),
    };
  }
}

/**
 * Reads the list of tests at a path: a name; a name with arguments; a map with
 * `test_name`. Faults go to `issues`, and the entry is left out.
 */
export function readTests(
  document: YamlDocument,
  list: readonly unknown[],
  path: YamlPath,
  issues: Issue[],
): TestEntry[] {
  const reader = new Reader(document, issues);
  return list
    .map((value, index) => reader.read(value, [...path, index]))
    .filter((entry) => entry !== undefined);
}
