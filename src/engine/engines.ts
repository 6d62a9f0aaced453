/** The engines by their names: what is known of one without its driver. */
import { capabilities as ofDatabricks } from './databricks/capabilities.js';
import { dialect as databricks } from './databricks/dialect.js';
import { capabilities as ofDuckDB } from './duckdb/capabilities.js';
import { dialect as duckdb } from './duckdb/dialect.js';
import type { Capabilities, Dialect, EngineName } from './engine.js';

export interface EngineFacts {
  readonly dialect: Dialect;
  readonly capabilities: Capabilities;
}

const engines: Readonly<Record<EngineName, EngineFacts>> = {
  duckdb: { dialect: duckdb, capabilities: ofDuckDB },
  databricks: { dialect: databricks, capabilities: ofDatabricks },
};

/**
 * How an engine writes SQL, and what it can do, for callers that have no connection to it.
 * @param name as a profile's `type` and a manifest's `adapter_type` have it
 */
export function engineNamed(name: string): EngineFacts {
  if (!Object.hasOwn(engines, name)) throw new TypeError(`There is no engine ${name}.`);
  return engines[name as EngineName];
}
