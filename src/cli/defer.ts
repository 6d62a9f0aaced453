/** `--defer`: the relations of an earlier manifest, and where their databases are. */
import { join, resolve } from 'node:path';
import { TechstoreError } from '../errors.js';
import type { RelationName } from '../engine/engine.js';
import type { Defer } from '../run/deferred.js';
import { openProfile, type LoadedProject } from './load.js';
import type { DeferOptions, ProjectOptions } from './options.js';
import { readJson } from './read-state.js';
import type { Reporter } from './reporter.js';

/**
 * @returns undefined without `--defer`
 * @throws TechstoreError `usage` without a folder that has a manifest
 */
export function deferOf(
  options: DeferOptions & ProjectOptions & { readonly state?: string },
  loaded: LoadedProject,
  reporter: Pick<Reporter, 'warning'>,
): Defer | undefined {
  if (options.defer !== true) {
    const without = options.favorState === true ? '--favor-state' : '--defer-state';
    if (options.favorState === true || options.deferState !== undefined)
      reporter.warning({ message: `${without} has no effect without --defer` });
    return undefined;
  }
  return { ...stateOf('--defer', options, loaded), favorState: options.favorState ?? false };
}

/**
 * @param what needs it
 * @throws TechstoreError `usage` without a folder that has a manifest
 */
export function stateOf(
  what: '--defer' | 'clone',
  options: DeferOptions & ProjectOptions & { readonly state?: string },
  { project, profile }: LoadedProject,
): Omit<Defer, 'favorState'> {
  const dir = options.deferState ?? options.state;
  if (dir === undefined) {
    throw new TechstoreError('usage', `${what} needs the folder of an earlier manifest.json`, {
      hint: `Name it: ${what} --state DIR. With --defer-state, selectors such as state:modified may use another one.`,
    });
  }
  const fileOf = (database: string): string | null => {
    for (const target of profile.targetNames) {
      const path = pathOf(database, { ...options, target });
      if (path !== null) return path;
    }
    return null;
  };
  return {
    relations: stateRelations(join(resolve(project.root, dir), 'manifest.json')),
    fileOf,
  };
}

/** A target that lacks what it needs, such as a variable of the environment, is none that could be meant. */
function pathOf(database: string, options: ProjectOptions): string | null {
  try {
    const { target } = openProfile(options).profile;
    return 'path' in target && target.database === database ? target.path : null;
  } catch (error) {
    if (error instanceof TechstoreError) return null;
    throw error;
  }
}

/** @throws TechstoreError `usage` where there is no manifest */
export function stateRelations(path: string): ReadonlyMap<string, RelationName> {
  const manifest = readJson(path) as { readonly nodes?: unknown } | undefined;
  const nodes = manifest?.nodes;
  if (typeof nodes !== 'object' || nodes === null) {
    throw new TechstoreError(
      'usage',
      manifest === undefined ? `${path} is not there` : `${path} is no manifest of dbt`,
      {
        hint: 'Name the folder with the manifest.json of an earlier run, such as a copy of target/.',
      },
    );
  }
  const relations = new Map<string, RelationName>();
  for (const [id, node] of Object.entries(nodes as Record<string, StateNode>)) {
    const { resource_type: type, database, schema, alias, config } = node;
    const isRelation = type === 'model' || type === 'seed' || type === 'snapshot';
    if (!isRelation || config?.materialized === 'ephemeral') continue;
    if (typeof database === 'string' && typeof schema === 'string' && typeof alias === 'string')
      relations.set(id, { database, schema, identifier: alias });
  }
  return relations;
}

interface StateNode {
  readonly resource_type?: unknown;
  readonly database?: unknown;
  readonly schema?: unknown;
  readonly alias?: unknown;
  readonly config?: { readonly materialized?: unknown } | null;
}
