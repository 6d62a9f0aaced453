import { TechstoreError } from '../errors.js';
import type { FormatOptions } from './options.js';

export type Format = 'table' | 'json' | 'csv' | 'ndjson' | 'markdown';

/** --format, or its short forms; a table by default. */
export function formatOf(options: FormatOptions): Format {
  const asked = new Set([
    ...(options.json === true ? ['json'] : []),
    ...(options.csv === true ? ['csv'] : []),
    ...(options.format === undefined ? [] : [options.format]),
  ]);
  if (asked.size > 1) {
    throw new TechstoreError('usage', `Only one format at a time: ${[...asked].join(' or ')}`);
  }
  if (options.json === true) return 'json';
  if (options.csv === true) return 'csv';
  return (options.format as Format | undefined) ?? 'table';
}
