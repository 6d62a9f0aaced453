/** How dbt-duckdb writes the options of COPY, and where it reads what was written. */
import { Dict, isTrue, toText, type Value } from '../jinja/index.js';

const quotedOptions = ['delimiter', 'quote', 'escape', 'null'];
const compressions: Readonly<Record<string, string>> = { '.gz': 'gzip', '.zst': 'zstd' };

function optionsOf(value: Value): Map<string, string> {
  const entries = value instanceof Dict ? [...value.entries()] : [];
  return new Map(entries.map(([key, option]) => [toText(key), toText(option)]));
}

/** `.csv` of `a.csv`. */
function extension(path: string): string {
  return /[^/.](\.[^./]*)$/.exec(path)?.[1] ?? '';
}

export function writeOptions(location: string, given: Value): string {
  const options = optionsOf(given);
  if (!options.has('format')) {
    const outer = extension(location);
    const compression = compressions[outer.toLowerCase()];
    const inner = compression === undefined ? outer : extension(location.slice(0, -outer.length));
    if (inner !== '') {
      options.set('format', inner.slice(1).toLowerCase());
      if (compression !== undefined && !options.has('compression')) {
        options.set('compression', compression);
      }
    } else options.set('format', options.has('delimiter') ? 'csv' : 'parquet');
  }
  if (options.get('format') === 'csv' && !options.has('header')) options.set('header', '1');
  const partitions = options.get('partition_by');
  if (partitions?.includes(',') === true && !partitions.startsWith('(')) {
    options.set('partition_by', `(${partitions})`);
  }
  return [...options]
    .map(([name, value]) =>
      quotedOptions.includes(name.toLowerCase()) && !value.startsWith("'")
        ? `${name} '${value}'`
        : `${name} ${value}`,
    )
    .join(', ');
}

export function readLocation(location: string, given: Value): string {
  const option = (name: string): Value =>
    (given instanceof Dict ? given.get(name) : undefined) ?? null;
  const partitions = option('partition_by');
  if (!isTrue(partitions) && !isTrue(option('per_thread_output'))) return location;
  const levels = isTrue(partitions) ? toText(partitions).split(',').length : 0;
  const format = option('format');
  const globs = [location, '*', ...Array.from({ length: levels }, () => '*')];
  return `${globs.join('/')}.${format === null ? 'parquet' : toText(format)}`;
}
