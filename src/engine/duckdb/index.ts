/** The DuckDB engine. Loads the driver: import it with `await import()` when a database is about to be opened. */
export { capabilities } from './capabilities.js';
export { dialect } from './dialect.js';
export { DuckDBEngine, openDuckDB } from './duckdb-engine.js';
export type { Attachment, DuckDBOptions } from './host.js';
export { isOpenHere } from './registry.js';
export { contentMark } from './storage-file.js';
export { driverVersion } from './version.js';
