/** Names that can be completed, from what is at hand: the last manifest, the folder of builds. */
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import type * as Yaml from 'yaml';
import { readRegularFile } from '../../regular-file.js';

/** The folder with dbt_project.yml, here or above; null where there is none. */
export function projectRoot(from: string): string | null {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'dbt_project.yml'))) return folder;
    if (folder === dirname(folder)) return null;
  }
}

interface NodeJson {
  readonly name: string;
  readonly resource_type: string;
  readonly tags?: readonly string[];
  readonly columns?: Readonly<Record<string, unknown>>;
  readonly source_name?: string;
}

export interface ProjectNames {
  readonly models: readonly string[];
  /** Models, seeds and snapshots: what a build has as tables. */
  readonly tables: readonly string[];
  readonly tags: readonly string[];
  /** `raw.orders`. */
  readonly sources: readonly string[];
  readonly exposures: readonly string[];
  readonly selectors: readonly string[];
  /** `model.column`. */
  readonly columns: readonly string[];
}

/**
 * From target/manifest.json, which every command writes that reads the project. Without one,
 * models are the files of the models folder.
 */
export function projectNames(root: string): ProjectNames {
  const file = join(root, 'target', 'manifest.json');
  if (!existsSync(file)) return withoutManifest(root);
  const manifest = JSON.parse(readRegularFile(file).toString('utf8')) as Record<string, unknown>;
  const all = (key: string): NodeJson[] =>
    Object.values((manifest[key] ?? {}) as Record<string, NodeJson>);
  const nodes = all('nodes');
  const sources = all('sources');
  const models = nodes.filter((node) => node.resource_type === 'model');
  const tables = nodes.filter((node) => ['model', 'seed', 'snapshot'].includes(node.resource_type));
  return {
    models: names(models),
    tables: names(tables),
    tags: unique([...nodes, ...sources].flatMap(({ tags }) => tags ?? [])),
    sources: unique(sources.map(({ name, source_name: source }) => `${source ?? ''}.${name}`)),
    exposures: names(all('exposures')),
    selectors: Object.keys(manifest['selectors'] ?? {}).sort(),
    columns: models.flatMap(({ name, columns }) =>
      Object.keys(columns ?? {}).map((column) => `${name}.${column}`),
    ),
  };
}

function withoutManifest(root: string): ProjectNames {
  const folder = join(root, 'models');
  const files = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.sql'))
    : [];
  const models = unique(files.map((file) => file.replace(/^.*[/\\]|\.sql$/g, '')));
  return {
    models,
    tables: models,
    tags: [],
    sources: [],
    exposures: [],
    selectors: [],
    columns: [],
  };
}

/** Ids of builds, newest first, and the names that mean one. */
export async function buildNames(root: string): Promise<readonly string[]> {
  // The profile says where they are, but to read it takes longer than a person waits for a word.
  const beside = readdirSync(root).filter((name) => name.endsWith('.builds'));
  const ids =
    beside.length > 0
      ? beside.flatMap((folder) => readdirSync(join(root, folder)))
      : await idsByProfile(root);
  const found = ids.flatMap(
    (name) => /^(\d{8}T\d{6}Z-[0-9a-f]{4})(\.json)?$/.exec(name)?.[1] ?? [],
  );
  return ['published', 'previous', 'latest', 'failed', 'working', ...unique(found).reverse()];
}

async function idsByProfile(root: string): Promise<readonly string[]> {
  const { openProfile } = await import('../load.js');
  const { openStore } = await import('../../builds/index.js');
  const { engineNamed } = await import('../../engine/engines.js');
  const { profile } = openProfile({ projectDir: root });
  // A warehouse would have to be asked, which takes longer than a person waits for a word.
  if (engineNamed(profile.target.type).capabilities.isFarAway) return [];
  const store = await openStore(profile, { onNotice: () => undefined });
  return (await store.list()).map(({ id }) => id);
}

export async function resourceTypeNames(): Promise<readonly string[]> {
  return [...(await import('../../graph/node-methods.js')).resourceTypes];
}

/** Targets of all profiles in the project's profiles.yml. */
export function targetNames(root: string): readonly string[] {
  // By `require`, as the parser of arguments: an import would first read all of its files for their names.
  const { parse } = createRequire(import.meta.url)('yaml') as typeof Yaml;
  const profiles = parse(readRegularFile(join(root, 'profiles.yml')).toString('utf8')) as Record<
    string,
    unknown
  >;
  return unique(
    Object.values(profiles).flatMap((profile) =>
      Object.keys((profile as { outputs?: object } | null)?.outputs ?? {}),
    ),
  );
}

function names(nodes: readonly NodeJson[]): string[] {
  return unique(nodes.map(({ name }) => name));
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
