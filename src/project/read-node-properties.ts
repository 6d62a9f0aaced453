/** Models, seeds, snapshots, analyses and singular tests of a property file. */
import type { Issue } from './issues.js';
import type {
  ColumnProperties,
  ConstraintProperties,
  DocsProperties,
  MacroProperties,
  NodeProperties,
  TestEntry,
} from './properties.js';
import type { ColumnYaml, ConstraintYaml, MacroYaml, NodeYaml } from './properties-schema.js';
import { readTests } from './test-entry.js';
import type { YamlDocument } from './yaml-document.js';
import type { YamlPath } from './yaml-path.js';

/** The file that is being read, and where its faults go. */
export interface Reading {
  readonly document: YamlDocument;
  readonly issues: Issue[];
}

export function listOf(value: string | readonly string[] | null | undefined): readonly string[] {
  if (value === null || value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}

/** Tests of an entry under either of their two names. */
export function testsOf(
  entry: { tests?: unknown[] | null | undefined; data_tests?: unknown[] | null | undefined },
  path: YamlPath,
  { document, issues }: Reading,
): TestEntry[] {
  if (entry.tests && entry.data_tests) {
    issues.push({
      message: "'tests' and 'data_tests' are two names for the same key",
      place: document.placeOfKey([...path, 'tests']),
      hint: "Move the entries of 'tests' to 'data_tests'.",
    });
    return [];
  }
  const key = entry.tests ? 'tests' : 'data_tests';
  return readTests(document, entry[key] ?? [], [...path, key], issues);
}

function docsOf(docs: NodeYaml['docs']): DocsProperties | null {
  return docs ? { show: docs.show ?? true, nodeColor: docs.node_color ?? null } : null;
}

function constraintsOf(
  list: readonly ConstraintYaml[] | null | undefined,
  path: YamlPath,
  { document }: Reading,
): ConstraintProperties[] {
  return (list ?? []).map((entry, index) => ({
    type: entry.type,
    name: entry.name ?? null,
    expression: entry.expression ?? null,
    columns: entry.columns ?? [],
    to: entry.to ?? null,
    toColumns: entry.to_columns ?? [],
    warnUnenforced: entry.warn_unenforced ?? true,
    warnUnsupported: entry.warn_unsupported ?? true,
    place: document.placeOf([...path, index]),
  }));
}

export function columnsOf(
  list: readonly ColumnYaml[] | null | undefined,
  path: YamlPath,
  reading: Reading,
): ColumnProperties[] {
  const seen = new Set<string>();
  return (list ?? []).map((entry, index) => {
    const at = [...path, index];
    if (seen.has(entry.name)) {
      reading.issues.push({
        message: `The column '${entry.name}' is listed twice`,
        place: reading.document.placeOf([...at, 'name']),
        hint: 'Merge its description and tests into one entry.',
      });
    }
    seen.add(entry.name);
    return {
      name: entry.name,
      description: entry.description ?? '',
      dataType: entry.data_type ?? null,
      quote: entry.quote ?? null,
      granularity: entry.granularity ?? null,
      meta: entry.meta ?? {},
      tags: listOf(entry.tags),
      config: entry.config ?? {},
      constraints: constraintsOf(entry.constraints, [...at, 'constraints'], reading),
      tests: testsOf(entry, at, reading),
      place: reading.document.placeOf(at),
    };
  });
}

export function nodeOf(entry: NodeYaml, path: YamlPath, reading: Reading): NodeProperties {
  return {
    name: entry.name,
    description: entry.description ?? '',
    config: entry.config ?? {},
    meta: entry.meta ?? {},
    docs: docsOf(entry.docs),
    access: entry.access ?? null,
    group: entry.group ?? null,
    quoteColumns: entry.quote_columns ?? null,
    timeSpine: entry.time_spine ?? null,
    deprecationDate: entry.deprecation_date ?? null,
    relation: entry.relation ?? null,
    columns: columnsOf(entry.columns, [...path, 'columns'], reading),
    constraints: constraintsOf(entry.constraints, [...path, 'constraints'], reading),
    tests: testsOf(entry, path, reading),
    file: reading.document.file,
    place: reading.document.placeOf(path),
  };
}

export function macroOf(entry: MacroYaml, path: YamlPath, reading: Reading): MacroProperties {
  return {
    name: entry.name,
    description: entry.description ?? '',
    meta: entry.meta ?? {},
    config: entry.config ?? {},
    docs: docsOf(entry.docs),
    arguments: (entry.arguments ?? []).map((argument) => ({
      name: argument.name,
      type: argument.type ?? null,
      description: argument.description ?? '',
    })),
    file: reading.document.file,
    place: reading.document.placeOf(path),
  };
}
