/** What a YAML file may hold though it is well formed, and no project can have: it is refused with its place. */
import type { YamlPath } from './yaml-path.js';

export interface BadValue {
  readonly path: YamlPath;
  readonly message: string;
  readonly hint: string;
}

/** Levels of maps and lists; dbt's own limit is that of Python's recursion. */
const maxDepth = 200;

/** The first value that stands for itself, lies too deep, or is text with the character NUL. */
export function findBadValue(root: unknown): BadValue | null {
  const open = new Set<object>();
  const done = new Set<object>();
  const visit = (value: unknown, path: YamlPath): BadValue | null => {
    if (typeof value === 'string') return value.includes('\0') ? nul(path) : null;
    if (typeof value !== 'object' || value === null) return null;
    if (open.has(value)) {
      return {
        path,
        message: 'an alias refers to a value that contains it',
        hint: 'Replace the alias (*name) with the value.',
      };
    }
    if (done.has(value)) return null;
    if (path.length > maxDepth) return tooDeep(path);
    open.add(value);
    for (const [key, item] of Object.entries(value)) {
      const at = [...path, Array.isArray(value) ? Number(key) : key];
      const bad = key.includes('\0') ? nul(path) : visit(item, at);
      if (bad !== null) return bad;
    }
    open.delete(value);
    done.add(value);
    return null;
  };
  return visit(root, []);
}

function nul(path: YamlPath): BadValue {
  return {
    path,
    message: 'a text contains the character NUL',
    hint: 'Names and SQL cannot contain it. Remove it.',
  };
}

function tooDeep(path: YamlPath): BadValue {
  return {
    path,
    message: `maps and lists are nested more than ${maxDepth} levels deep`,
    hint: 'Use fewer levels.',
  };
}
