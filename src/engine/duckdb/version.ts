import { version } from '@duckdb/node-api';

/** DuckDB's version, without the `v`: `1.5.6`. */
export function driverVersion(): string {
  return version().replace(/^v/, '');
}
