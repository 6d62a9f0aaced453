/** `config.materialized:table`, `config.meta.owner:finance` and their like. */
import { configByDbtNames } from '../manifest/config-by-dbt-names.js';
import { keysOfRelations, keysOfSeeds, keysOfTests } from '../manifest/config-keys.js';
import type { NodeConfig } from '../manifest/config.js';
import type { GraphNode } from '../manifest/nodes.js';
import type { Method } from './method-context.js';

/** By the names that a selection has: hooks with an underscore. */
function byArguments(config: NodeConfig): Record<string, unknown> {
  const { 'pre-hook': pre, 'post-hook': post, ...others } = configByDbtNames(config);
  return { pre_hook: pre, post_hook: post, ...others };
}

const notOfTests: readonly string[] = [...keysOfRelations, 'pre_hook', 'post_hook'];

/** What dbt keeps as a node's configuration; undefined for what it does not search. */
function configOf(node: GraphNode): Record<string, unknown> | undefined {
  if (node.resourceType === 'exposure' || node.resourceType === 'unit_test') return undefined;
  if (node.resourceType === 'source') {
    return {
      enabled: node.config.enabled,
      meta: node.meta,
      tags: node.tags,
      loaded_at_field: node.loadedAtField,
    };
  }
  const config = byArguments(node.config);
  const foreign = node.resourceType === 'test' ? notOfTests : keysOfTests;
  for (const key of foreign) if (!(key in node.config.extra)) delete config[key];
  if (node.resourceType !== 'seed') for (const key of keysOfSeeds) delete config[key];
  return config;
}

function descend(value: unknown, keys: readonly string[]): unknown {
  let current = value;
  for (const key of keys) {
    if (typeof current !== 'object' || current === null || Array.isArray(current)) return undefined;
    if (current instanceof Map) current = current.get(key);
    else if (Object.hasOwn(current, key)) current = (current as Record<string, unknown>)[key];
    else return undefined;
  }
  return current;
}

export const config: Method = (value, keys) => (node) => {
  const found = descend(configOf(node), keys);
  if (found === undefined || found === null) return false;
  // Booleans are compared in any case (True, TRUE), and so is the severity.
  const same = (one: unknown): boolean => {
    if (typeof one === 'boolean') return value.toLowerCase() === String(one);
    if (typeof one !== 'string') return false;
    return keys.length === 1 && keys[0] === 'severity'
      ? one.toLowerCase() === value.toLowerCase()
      : one === value;
  };
  return Array.isArray(found) ? found.some(same) : same(found);
};
