/** The configuration that dbt_project.yml sets for folders of resources. */
import type { DbtConfigKey } from '../manifest/config-keys.js';
import type { Place } from '../errors.js';
import type { ProjectWarning } from './issues.js';
import type { YamlDocument } from './yaml-document.js';
import type { YamlPath } from './yaml-path.js';

export type ConfigKind =
  | 'model'
  | 'seed'
  | 'snapshot'
  | 'source'
  | 'exposure'
  | 'test'
  | 'unit_test'
  | 'analysis'
  | 'operation';

/** One `+key: value` of dbt_project.yml. Text may hold Jinja, which is not rendered here. */
export interface ConfigEntry {
  /** dbt's name: hooks are `pre-hook` and `post-hook` however they were written. */
  readonly key: string;
  readonly value: unknown;
  readonly place: Place;
  /** 0 for the root of the tree, 1 for the package, 2 for its first folder, and so on. */
  readonly depth: number;
}

/** Top-level keys of dbt_project.yml by kind; analyses and operations are configured as models. */
const treeKeys: Record<ConfigKind, readonly string[]> = {
  model: ['models'],
  seed: ['seeds'],
  snapshot: ['snapshots'],
  source: ['sources'],
  exposure: ['exposures'],
  test: ['data_tests', 'tests'],
  unit_test: ['unit_tests'],
  analysis: ['models'],
  operation: ['models'],
};

/** Configurations whose value is a map: without the plus they are taken for a folder. */
const mapConfigs: ReadonlySet<string> = new Set<DbtConfigKey>([
  'meta',
  'docs',
  'contract',
  'persist_docs',
  'grants',
  'quoting',
  'column_types',
]);

type Tree = Record<string, unknown>;

function isMap(value: unknown): value is Tree {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.getPrototypeOf(value) === Object.prototype
  );
}

/** dbt's one name for the ways a configuration may be spelt. */
export function normalConfigKey(key: string): string {
  const bare = key.replace(/^\+\s*/, '').trim();
  if (bare === 'pre_hook') return 'pre-hook';
  if (bare === 'post_hook') return 'post-hook';
  return bare;
}

function isConfig(key: string, value: unknown): boolean {
  return key.startsWith('+') || !isMap(value);
}

export class ConfigTrees {
  readonly #document: YamlDocument;
  readonly #root: Tree;

  constructor(document: YamlDocument) {
    this.#document = document;
    this.#root = isMap(document.value) ? document.value : {};
  }

  #tree(kind: ConfigKind): { key: string; tree: Tree } | undefined {
    for (const key of treeKeys[kind]) {
      const tree = this.#root[key];
      if (isMap(tree)) return { key, tree };
    }
    return undefined;
  }

  /**
   * What the file sets for a resource, in the order in which it applies: the
   * root of the tree first, the deepest folder last, so a later entry of the
   * same key wins (or adds to it, where dbt merges that key).
   */
  configFor(kind: ConfigKind, fqn: readonly string[]): ConfigEntry[] {
    const found = this.#tree(kind);
    if (found === undefined) return [];
    const entries: ConfigEntry[] = [];
    let level: Tree = found.tree;
    const path: (string | number)[] = [found.key];
    this.#collect(level, path, 0, entries);
    for (const [index, part] of fqn.entries()) {
      const next = Object.hasOwn(level, part) ? level[part] : undefined;
      if (!isMap(next)) break;
      level = next;
      path.push(part);
      this.#collect(level, path, index + 1, entries);
    }
    return entries;
  }

  #collect(level: Tree, path: YamlPath, depth: number, into: ConfigEntry[]): void {
    for (const [key, value] of Object.entries(level)) {
      if (!isConfig(key, value)) continue;
      const place = this.#document.placeOf([...path, key]);
      into.push({ key: normalConfigKey(key), value, place, depth });
    }
  }

  /** Map configurations that were written without their plus, which dbt takes for folders. */
  misreadConfigs(): ProjectWarning[] {
    const warnings: ProjectWarning[] = [];
    const visit = (level: Tree, path: YamlPath): void => {
      for (const [key, value] of Object.entries(level)) {
        if (isConfig(key, value)) continue;
        if (mapConfigs.has(key)) {
          warnings.push({
            message: `'${key}' has no plus sign, so it names a folder and has no effect`,
            place: this.#document.placeOfKey([...path, key]),
            hint: `Write '+${key}:'.`,
          });
        } else visit(value as Tree, [...path, key]);
      }
    };
    for (const key of new Set(Object.values(treeKeys).flat())) {
      const tree = this.#root[key];
      if (isMap(tree)) visit(tree, [key]);
    }
    return warnings;
  }

  /** Folders that configure something but hold none of the given resources, as dbt warns. */
  unusedPaths(resources: Iterable<{ kind: ConfigKind; fqn: readonly string[] }>): ProjectWarning[] {
    const used = new Set<string>();
    for (const { kind, fqn } of resources) {
      for (const key of treeKeys[kind]) {
        for (let n = 1; n <= fqn.length; n += 1) used.add([key, ...fqn.slice(0, n)].join('\0'));
      }
    }
    const warnings: ProjectWarning[] = [];
    const visit = (level: Tree, path: string[]): void => {
      const sets = Object.entries(level).some(([key, value]) => isConfig(key, value));
      if (path.length > 1 && sets && !used.has(path.join('\0'))) {
        warnings.push({
          message: `${path.join('.')} applies to no resource`,
          place: this.#document.placeOfKey(path),
        });
      }
      for (const [key, value] of Object.entries(level)) {
        if (!isConfig(key, value) && !mapConfigs.has(key)) visit(value as Tree, [...path, key]);
      }
    };
    for (const key of new Set(Object.values(treeKeys).flat())) {
      const tree = this.#root[key];
      if (isMap(tree)) visit(tree, [key]);
    }
    return warnings;
  }
}
