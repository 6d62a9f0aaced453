/** The methods of `adapter`: those of dbt's BaseAdapter, SQLAdapter and DuckDBAdapter that are for templates. */
import { changingMethods } from './adapter/changing-methods.js';
import { duckdbMethods } from './adapter/duckdb-methods.js';
import type { AdapterMethod } from './adapter/method.js';
import { plainMethods } from './adapter/plain-methods.js';
import { readingMethods } from './adapter/reading-methods.js';

export const adapterMethods: ReadonlyMap<string, AdapterMethod> = new Map(
  Object.entries({ ...readingMethods, ...changingMethods, ...plainMethods, ...duckdbMethods }),
);
