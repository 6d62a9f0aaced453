/** Sources of a property file, with their tables. */
import type { FreshnessProperties, QuotingProperties, SourceProperties } from './properties.js';
import type { FreshnessYaml, QuotingYaml, SourceYaml } from './properties-schema.js';
import { columnsOf, listOf, testsOf, type Reading } from './read-node-properties.js';
import type { YamlPath } from './yaml-path.js';

type TimeYaml = FreshnessYaml['warn_after'];

function timeOf(
  time: TimeYaml,
  path: YamlPath,
  reading: Reading,
): FreshnessProperties['warnAfter'] {
  if (time === undefined || time === null) return time;
  const { count, period } = time;
  const empty = (count ?? null) === null && (period ?? null) === null;
  if (empty) return undefined;
  if (count === null || count === undefined || !period) {
    reading.issues.push({
      message: "A freshness threshold needs both 'count' and 'period'",
      place: reading.document.placeOf(path),
      hint: 'For example {count: 24, period: hour}.',
    });
    return undefined;
  }
  return { count, period };
}

interface WithFreshness {
  readonly freshness?: FreshnessYaml | null | undefined;
  readonly config?: { readonly freshness?: FreshnessYaml | null | undefined } | null | undefined;
}

/** The configuration's freshness where it has one, else the entry's own. */
function freshnessOf(
  entry: WithFreshness,
  path: YamlPath,
  reading: Reading,
): FreshnessProperties | null | undefined {
  const configured = entry.config?.freshness;
  const freshness = configured === undefined ? entry.freshness : configured;
  if (freshness === undefined || freshness === null) return freshness;
  const at = configured === undefined ? path : [...path, 'config'];
  return {
    warnAfter: timeOf(freshness.warn_after, [...at, 'freshness', 'warn_after'], reading),
    errorAfter: timeOf(freshness.error_after, [...at, 'freshness', 'error_after'], reading),
    filter: freshness.filter,
  };
}

function quotingOf(quoting: QuotingYaml | null | undefined): QuotingProperties {
  const flags = Object.entries(quoting ?? {})
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => [key, value === true || value === 'true']);
  return Object.fromEntries(flags) as QuotingProperties;
}

export function sourceOf(entry: SourceYaml, path: YamlPath, reading: Reading): SourceProperties {
  const { document, issues } = reading;
  const seen = new Set<string>();
  const tables = (entry.tables ?? []).map((table, index) => {
    const at = [...path, 'tables', index];
    if (seen.has(table.name)) {
      const place = document.placeOf([...at, 'name']);
      issues.push({
        message: `The source '${entry.name}' has two tables named '${table.name}'`,
        place,
      });
    }
    seen.add(table.name);
    return {
      name: table.name,
      description: table.description ?? '',
      meta: table.meta ?? {},
      tags: listOf(table.tags),
      config: table.config ?? {},
      loadedAtField: table.config?.loaded_at_field ?? table.loaded_at_field ?? null,
      quoting: quotingOf(table.quoting),
      freshness: freshnessOf(table, at, reading),
      identifier: table.identifier ?? table.name,
      columns: columnsOf(table.columns, [...at, 'columns'], reading),
      tests: testsOf(table, at, reading),
      place: document.placeOf(at),
    };
  });
  return {
    name: entry.name,
    description: entry.description ?? '',
    meta: entry.meta ?? {},
    tags: listOf(entry.tags),
    config: entry.config ?? {},
    loadedAtField: entry.config?.loaded_at_field ?? entry.loaded_at_field ?? null,
    quoting: quotingOf(entry.quoting),
    freshness: freshnessOf(entry, path, reading),
    database: entry.database ?? entry.catalog ?? null,
    schema: entry.schema ?? entry.name,
    loader: entry.loader ?? '',
    tables,
    file: document.file,
    place: document.placeOf(path),
  };
}
