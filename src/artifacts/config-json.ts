/** Configuration of nodes with the keys that dbt's artifact has for each kind. */
import { configByDbtNames } from '../manifest/config-by-dbt-names.js';
import { keysOfNodes, keysOfRelations, keysOfSeeds, keysOfTests } from '../manifest/config-keys.js';
import type { NodeConfig } from '../manifest/config.js';
import { plainObject, type Json } from './plain.js';

/** What dbt writes for settings that nothing here reads. */
const unusedByTests = { static_analysis: null };
const unusedByRelations = {
  ...unusedByTests,
  incremental_strategy: null,
  batch_size: null,
  lookback: 1,
  begin: null,
  packages: [],
  concurrent_batches: null,
};

export type ConfiguredKind = 'model' | 'seed' | 'test' | 'analysis' | 'operation';

/** The `config` of a node: dbt's keys for its kind, and what the project added. */
export function configJson(config: NodeConfig, kind: ConfiguredKind): Json {
  const all = configByDbtNames(config);
  const keys = [
    ...keysOfNodes,
    ...(kind === 'test' ? keysOfTests : keysOfRelations),
    ...(kind === 'seed' ? keysOfSeeds : []),
  ];
  return plainObject({
    ...(kind === 'test' ? unusedByTests : unusedByRelations),
    ...Object.fromEntries(keys.map((key) => [key, all[key] ?? null])),
    ...(kind === 'test' ? storedFailures(config) : { persist_docs: persistedDocs(config) }),
    ...config.extra,
  });
}

/** Each of the two settings follows from the other one. */
function storedFailures({ storeFailures, storeFailuresAs }: NodeConfig): Json {
  if (storeFailuresAs !== null) {
    return { store_failures: storeFailuresAs !== 'ephemeral', store_failures_as: storeFailuresAs };
  }
  return {
    store_failures: storeFailures,
    store_failures_as: storeFailures === null ? null : storeFailures ? 'table' : 'ephemeral',
  };
}

/** dbt has no keys here unless the project sets them. */
function persistedDocs({ persistDocs: { relation, columns } }: NodeConfig): Json {
  return relation || columns ? { relation, columns } : {};
}
