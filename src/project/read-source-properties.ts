/** Sources of a property file, with their tables. */
import type {
  FreshnessProperties,
  LoadedAtProperties,
  QuotingProperties,
  SourceProperties,
} from './properties.js';
import { TechstoreError, type Place } from '../errors.js';
import {
  freshness as freshnessSchema,
  type FreshnessYaml,
  type QuotingYaml,
  type SourceYaml,
} from './properties-schema.js';
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

interface FreshnessKeys {
  readonly freshness?: FreshnessYaml | null | undefined;
  readonly loaded_at_field?: string | null | undefined;
  readonly loaded_at_query?: string | null | undefined;
}

interface WithFreshness extends FreshnessKeys {
  readonly config?: FreshnessKeys | null | undefined;
}

/** Of the entry, then of its configuration. */
function freshnessOf(
  entry: WithFreshness,
  path: YamlPath,
  reading: Reading,
): (FreshnessProperties | null | undefined)[] {
  return [
    periodsOf(entry.freshness, path, reading),
    periodsOf(entry.config?.freshness, [...path, 'config'], reading),
  ];
}

function periodsOf(
  freshness: FreshnessYaml | null | undefined,
  at: YamlPath,
  reading: Reading,
): FreshnessProperties | null | undefined {
  if (freshness === undefined || freshness === null) return freshness;
  return {
    warnAfter: timeOf(freshness.warn_after, [...at, 'freshness', 'warn_after'], reading),
    errorAfter: timeOf(freshness.error_after, [...at, 'freshness', 'error_after'], reading),
    filter: freshness.filter,
  };
}

function loadedAtOf(entry: WithFreshness, path: YamlPath, reading: Reading): LoadedAtProperties {
  const hasField = entry.loaded_at_field !== undefined;
  const field = entry.loaded_at_field ?? entry.config?.loaded_at_field ?? undefined;
  const query = entry.loaded_at_query ?? entry.config?.loaded_at_query ?? null;
  if (query !== null && field !== undefined) {
    reading.issues.push({
      message: "A source cannot have both 'loaded_at_field' and 'loaded_at_query'",
      place: reading.document.placeOf(path),
      hint: 'Remove one of the two.',
    });
  }
  return { field: hasField ? (field ?? null) : field, hasField, query };
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
      loadedAt: loadedAtOf(table, at, reading),
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
    loadedAt: loadedAtOf(entry, path, reading),
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

/**
 * What `+freshness` of dbt_project.yml says.
 *
 * @throws TechstoreError `project` for what is no freshness
 */
export function freshnessIn(value: unknown, place: Place): FreshnessProperties | null {
  if (value === null || value === undefined) return null;
  const parsed = freshnessSchema.safeParse(value);
  const [issue] = parsed.success ? [] : parsed.error.issues;
  if (!parsed.success) {
    const path = issue?.path.map(String).join('.') ?? '';
    throw new TechstoreError(
      'project',
      `freshness${path === '' ? '' : `.${path}`}: ${issue?.message ?? 'it is not valid'}`,
      { place, hint: 'For example {warn_after: {count: 24, period: hour}}.' },
    );
  }
  const time = (given: TimeYaml): FreshnessProperties['warnAfter'] =>
    given?.count === undefined || given.count === null || !given.period
      ? undefined
      : { count: given.count, period: given.period };
  const { warn_after: warn, error_after: error, filter } = parsed.data;
  return { warnAfter: time(warn), errorAfter: time(error), filter };
}
