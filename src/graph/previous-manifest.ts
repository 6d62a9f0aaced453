/** manifest.json of an earlier run, as far as `state:` reads it. */
import { TechstoreError } from '../errors.js';

export type Json = Readonly<Record<string, unknown>>;

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object at a key, or an empty one. */
export function objectAt(value: unknown, key: string): Json {
  const found = isJson(value) ? value[key] : undefined;
  return isJson(found) ? found : {};
}

export interface PreviousManifest {
  /** Models, seeds, tests, sources, exposures and unit tests by unique id. */
  readonly nodes: ReadonlyMap<string, Json>;
  /** SQL of macros by unique id. */
  readonly macros: ReadonlyMap<string, string>;
}

/** @throws TechstoreError 'selection' on something that is no manifest. */
export function previousManifest(artifact: unknown): PreviousManifest {
  if (!isJson(artifact) || !isJson(artifact['nodes'])) {
    throw new TechstoreError('selection', 'The state to compare with is not a dbt manifest.json', {
      hint: 'Pass --state with the target folder of an earlier run.',
    });
  }
  const nodes = new Map<string, Json>();
  for (const section of ['nodes', 'sources', 'exposures', 'unit_tests']) {
    for (const [id, node] of Object.entries(objectAt(artifact, section))) {
      if (isJson(node)) nodes.set(id, node);
    }
  }
  const macros = new Map<string, string>();
  for (const [id, macro] of Object.entries(objectAt(artifact, 'macros'))) {
    if (isJson(macro) && typeof macro['macro_sql'] === 'string') macros.set(id, macro['macro_sql']);
  }
  return { nodes, macros };
}
