/** What is said of a source's freshness in dbt_project.yml, in its entry and in that of its table. */
import { TechstoreError, type Place } from '../../errors.js';
import type { FreshnessPeriod, SourceNode } from '../../manifest/nodes.js';
import {
  type FreshnessProperties,
  type FreshnessTime,
  freshnessIn,
  type SourceProperties,
  type SourceTableProperties,
} from '../../project/index.js';
import type { Workshop } from './workshop.js';

type Time = FreshnessTime | null | undefined;

/** The table's own goes before its source's; its field before the query of its source. */
export function loadedAtOf(
  source: SourceProperties,
  table: SourceTableProperties,
  fqn: readonly string[],
  workshop: Workshop,
): Pick<SourceNode, 'loadedAtField' | 'loadedAtQuery'> {
  tellUnused(fqn, workshop);
  const ofTable = table.loadedAt.field !== undefined || table.loadedAt.hasField;
  const field = ofTable ? table.loadedAt.field : source.loadedAt.field;
  const inherited = table.loadedAt.hasField ? null : source.loadedAt.query;
  const place = ofTable ? table.place : source.place;
  return {
    loadedAtField:
      field === undefined || field === null ? null : String(workshop.rendered(field, place)),
    loadedAtQuery: table.loadedAt.query ?? inherited,
  };
}

/** dbt takes both from property files alone, and says nothing of those of dbt_project.yml. */
function tellUnused(fqn: readonly string[], workshop: Workshop): void {
  const { warnings } = workshop;
  for (const { key, place } of workshop.projectConfigFor('source', fqn)) {
    if (key !== 'loaded_at_field' && key !== 'loaded_at_query') continue;
    const message = `The key '${key}' has no effect here, as in dbt`;
    const isTold = warnings.some(
      (one) => one.message === message && one.place?.line === place.line,
    );
    if (!isTold) warnings.push({ message, place, hint: 'Set it for the source in its YAML file.' });
  }
}

/**
 * As dbt merges them: the source, its `config`, the table, its `config`, each over what came before,
 * threshold by threshold. Null switches off what came before. Where none of them has a threshold,
 * dbt_project.yml is asked.
 */
export function freshnessOf(
  source: SourceProperties,
  table: SourceTableProperties,
  fqn: readonly string[],
  workshop: Workshop,
): SourceNode['freshness'] {
  const silent: FreshnessProperties = {
    warnAfter: undefined,
    errorAfter: undefined,
    filter: undefined,
  };
  const [first = silent, ...more] = [...source.freshness, ...table.freshness].map((one) =>
    one === undefined ? silent : one,
  );
  const merged = more.reduce<FreshnessProperties | null>(mergedWith, first);
  if (merged === null) return null;
  if (hasThreshold(merged)) return rendered(merged, table.place, workshop);
  const ofProject = workshop
    .projectConfigFor('source', fqn)
    .filter(({ key }) => key === 'freshness')
    .at(-1);
  if (ofProject === undefined) return null;
  const read = freshnessIn(workshop.rendered(ofProject.value, ofProject.place), ofProject.place);
  return read === null ? null : rendered(read, ofProject.place, workshop);
}

function mergedWith(
  base: FreshnessProperties | null,
  update: FreshnessProperties | null,
): FreshnessProperties | null {
  if (base === null) return update !== null && hasThreshold(update) ? update : null;
  if (update === null) return null;
  return {
    warnAfter: update.warnAfter === undefined ? base.warnAfter : update.warnAfter,
    errorAfter: update.errorAfter === undefined ? base.errorAfter : update.errorAfter,
    filter: update.filter ?? base.filter,
  };
}

function hasThreshold({ warnAfter, errorAfter }: FreshnessProperties): boolean {
  return Boolean(warnAfter) || Boolean(errorAfter);
}

function rendered(
  { warnAfter, errorAfter, filter }: FreshnessProperties,
  place: Place,
  workshop: Workshop,
): SourceNode['freshness'] {
  const period = (time: Time): FreshnessPeriod | null =>
    time === null || time === undefined
      ? null
      : {
          count: wholeNumber(workshop.rendered(time.count, place), place),
          period: periodIn(workshop.rendered(time.period, place), place),
        };
  return {
    warnAfter: period(warnAfter),
    errorAfter: period(errorAfter),
    filter:
      filter === undefined || filter === null ? null : String(workshop.rendered(filter, place)),
  };
}

function wholeNumber(value: unknown, place: Place): number {
  const text = String(value);
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new TechstoreError('project', `A freshness threshold has the count '${text}'`, {
    place,
    hint: 'It must be a whole number of at least 0.',
  });
}

function periodIn(value: unknown, place: Place): FreshnessPeriod['period'] {
  if (value === 'minute' || value === 'hour' || value === 'day') return value;
  throw new TechstoreError('project', `A freshness threshold has the period '${String(value)}'`, {
    place,
    hint: 'It must be minute, hour or day.',
  });
}
