/** The Databricks engine. Loads the driver: import it with `await import()` when a warehouse is about to be asked. */
export { capabilities } from './capabilities.js';
export { DatabricksEngine, openDatabricks } from './databricks-engine.js';
export { dialect } from './dialect.js';
export type { DatabricksAuth, DatabricksOptions } from './options.js';
