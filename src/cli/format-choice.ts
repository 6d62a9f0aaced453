import type { FormatOptions } from './options.js';

export type Format = 'table' | 'json' | 'csv' | 'ndjson' | 'markdown';

/** --format, or its short forms; a table by default. */
export function formatOf(options: FormatOptions): Format {
  if (options.json === true) return 'json';
  if (options.csv === true) return 'csv';
  return (options.format as Format | undefined) ?? 'table';
}
