/**
 * The driver, by `require`: it is CommonJS, and on `import` Node first reads each of its files for the
 * names that it exports, which takes longer than all the rest of loading it.
 */
import type * as Driver from '@duckdb/node-api';
import { createRequire } from 'node:module';

const driver = createRequire(import.meta.url)('@duckdb/node-api') as typeof Driver;

export const {
  DuckDBInstance,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTypeId,
  JsonDuckDBValueConverter,
  ResultReturnType,
  StatementType,
  version,
} = driver;
