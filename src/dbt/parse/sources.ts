/** Sources and exposures: nodes that only YAML describes. */
import { evaluateExpression, runSync } from '../../jinja/index.js';
import type { ExposureNode, SourceNode } from '../../manifest/nodes.js';
import {
  configEffect,
  configKeys,
  type ExposureProperties,
  lookUp,
  type SourceProperties,
  type SourceTableProperties,
} from '../../project/index.js';
import { TechstoreError, type Place } from '../../errors.js';
import { engineNamed } from '../../engine/engines.js';
import { distinct } from './collect.js';
import { externalLocation, type LocationFacts } from './external-location.js';
import { freshnessOf, loadedAtOf } from './freshness.js';
import type { Workshop } from './workshop.js';

export function parseSource(
  source: SourceProperties,
  table: SourceTableProperties,
  path: string,
  workshop: Workshop,
): SourceNode {
  const { project, session } = workshop;
  const fqn = workshop.fqn(path, source.name, table.name);
  const config = workshop.config('source', 'source', fqn, [
    { values: source.config, place: source.place },
    { values: table.config, place: table.place },
  ]);
  for (const { meta, place } of [source, table]) workshop.techstoreMeta.add(meta, 'source', place);
  const text = (value: string, place: Place): string => String(workshop.rendered(value, place));
  const tags = [...new Set([...source.tags, ...table.tags, ...config.tags])];
  const meta = { ...source.meta, ...table.meta, ...config.meta };
  const identifier = text(table.identifier, table.place);
  const database =
    source.database === null ? session.target.database : text(source.database, source.place);
  const schema = text(source.schema, source.place);
  const readsFiles = engineNamed(session.target.type).capabilities.readsFiles;
  const settings = workshop.rendered({ ...meta, ...config.extra }, table.place) as LocationFacts;
  const location =
    readsFiles && (settings['plugin'] ?? null) === null
      ? externalLocation(
          { name: table.name, identifier, schema, database, tags, ...settings },
          table.place,
        )
      : undefined;
  const loadedAt = loadedAtOf(source, table, fqn, workshop);
  return {
    resourceType: 'source',
    uniqueId: `source.${project.name}.${source.name}.${table.name}`,
    name: table.name,
    packageName: project.name,
    path: source.file,
    originalFilePath: source.file,
    fqn,
    description: workshop.description(table.description, table.place).text,
    tags,
    meta,
    place: table.place,
    sourceName: source.name,
    sourceDescription: workshop.description(source.description, source.place).text,
    loader: source.loader,
    identifier,
    database,
    schema,
    ...(location === undefined ? {} : { externalLocation: location }),
    columns: workshop.columns(table.columns),
    ...loadedAt,
    freshness: freshnessOf(source, table, fqn, workshop),
    config: { enabled: config.enabled, eventTime: config.eventTime },
    unrenderedConfig: workshop.unrenderedConfig('source', fqn, [
      source.config,
      table.config,
      // dbt looks for these in several places, and notes what it found.
      {
        loaded_at_field: loadedAt.loadedAtField,
        loaded_at_query: loadedAt.loadedAtQuery,
        meta,
        tags,
      },
    ]),
    ...unreadable(settings, session),
    quoting: { ...source.quoting, ...table.quoting },
    dependsOn: { nodes: [] },
  };
}

/** dbt-duckdb reads such configurations of a source from its meta too. */
function unreadable(
  settings: Readonly<Record<string, unknown>>,
  { target }: Workshop['session'],
): Pick<SourceNode, 'unreadable'> {
  const node = { kind: 'source', materialized: '', adapter: target.type } as const;
  const key = ['external_location', 'plugin'].find(
    (name) => configEffect(name, lookUp(settings, name), node) === 'stops',
  );
  return key === undefined
    ? {}
    : { unreadable: `It has '${key}'. ${lookUp(configKeys, key)?.otherwise ?? ''}` };
}

export function parseExposure(
  exposure: ExposureProperties,
  path: string,
  workshop: Workshop,
): ExposureNode {
  const fqn = workshop.fqn(path, exposure.name);
  const config = workshop.config('exposure', 'exposure', fqn, [
    { values: exposure.config, place: exposure.place },
  ]);
  workshop.techstoreMeta.add(exposure.meta, 'exposure', exposure.place);
  const collector = workshop.collector(exposure.name, {
    name: exposure.name,
    fqn,
    resource_type: 'exposure',
  });
  for (const { text, place } of exposure.dependsOn) {
    if (!/^\s*(ref|source)\s*\(/.test(text)) {
      throw new TechstoreError('project', `depends_on of ${exposure.name} contains '${text}'`, {
        place,
        hint: "Each entry must be ref('…') or source('…', '…').",
      });
    }
    runSync(
      evaluateExpression(text, collector.lookup, { file: place.file, firstLine: place.line ?? 1 }),
    );
  }
  return {
    resourceType: 'exposure',
    uniqueId: `exposure.${workshop.project.name}.${exposure.name}`,
    name: exposure.name,
    packageName: workshop.project.name,
    path,
    originalFilePath: exposure.file,
    fqn,
    description: workshop.description(exposure.description, exposure.place).text,
    tags: [...new Set([...exposure.tags, ...config.tags])],
    meta: { ...exposure.meta, ...config.meta },
    place: exposure.place,
    label: exposure.label,
    type: exposure.type,
    maturity: exposure.maturity,
    url: exposure.url,
    owner: exposure.owner,
    config: { enabled: config.enabled },
    refs: distinct(collector.collected.refs),
    sources: distinct(collector.collected.sources),
    dependsOn: { nodes: [] },
  };
}
