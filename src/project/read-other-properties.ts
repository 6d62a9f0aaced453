/** Exposures, unit tests and groups of a property file. */
import type {
  ExposureProperties,
  GroupProperties,
  UnitTestProperties,
  UnitTestRowsProperties,
} from './properties.js';
import type { ExposureYaml, GroupYaml, RowsYaml, UnitTestYaml } from './properties-schema.js';
import { listOf, type Reading } from './read-node-properties.js';
import type { YamlPath } from './yaml-path.js';

function ownerOf(owner: ExposureYaml['owner']): ExposureProperties['owner'] {
  const emails = listOf(owner.email);
  return { name: owner.name ?? null, email: emails.length === 0 ? null : emails.join(', ') };
}

export function exposureOf(
  entry: ExposureYaml,
  path: YamlPath,
  { document }: Reading,
): ExposureProperties {
  return {
    name: entry.name,
    type: entry.type,
    label: entry.label ?? null,
    description: entry.description ?? '',
    maturity: entry.maturity ?? null,
    url: entry.url ?? null,
    owner: ownerOf(entry.owner),
    dependsOn: (entry.depends_on ?? []).map((text, index) => ({
      text,
      place: document.placeOf([...path, 'depends_on', index]),
    })),
    meta: entry.meta ?? {},
    tags: listOf(entry.tags),
    config: entry.config ?? {},
    file: document.file,
    place: document.placeOf(path),
  };
}

function rowsOf(entry: RowsYaml, path: YamlPath, reading: Reading): UnitTestRowsProperties {
  const { document, issues } = reading;
  const format = entry.format ?? 'dict';
  const rows = entry.rows ?? null;
  const fixture = entry.fixture ?? null;
  const fault = (message: string, key: string, hint?: string) =>
    issues.push({ message, place: document.placeOf([...path, key]), hint });
  if (format === 'dict' && typeof rows === 'string') {
    fault(
      "Rows of the format 'dict' must be a list",
      'rows',
      "Add 'format: csv' or 'format: sql'.",
    );
  }
  if (format === 'sql' && Array.isArray(rows)) {
    fault("Rows of the format 'sql' must be a query", 'rows');
  }
  if (format === 'dict' && fixture !== null) {
    fault("A fixture file needs 'format: csv' or 'format: sql'", 'fixture');
  }
  if (rows !== null && fixture !== null) {
    fault("Give either 'rows' or 'fixture', not both", 'fixture');
  }
  return { format, rows, fixture, place: document.placeOf(path) };
}

export function unitTestOf(
  entry: UnitTestYaml,
  path: YamlPath,
  reading: Reading,
): UnitTestProperties {
  return {
    name: entry.name,
    model: entry.model,
    description: entry.description ?? '',
    given: entry.given.map((given, index) => ({
      input: given.input,
      ...rowsOf(given, [...path, 'given', index], reading),
    })),
    expect: rowsOf(entry.expect, [...path, 'expect'], reading),
    overrides: {
      macros: entry.overrides?.macros ?? {},
      vars: entry.overrides?.vars ?? {},
      envVars: entry.overrides?.env_vars ?? {},
    },
    config: entry.config ?? {},
    file: reading.document.file,
    place: reading.document.placeOf(path),
  };
}

export function groupOf(entry: GroupYaml, path: YamlPath, { document }: Reading): GroupProperties {
  return {
    name: entry.name,
    owner: entry.owner,
    description: entry.description ?? null,
    config: entry.config ?? {},
    file: document.file,
    place: document.placeOf(path),
  };
}
