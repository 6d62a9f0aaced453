import { version } from './driver.js';

/** DuckDB's version, without the `v`: `1.5.6`. */
export function driverVersion(): string {
  return version().replace(/^v/, '');
}
