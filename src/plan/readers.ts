/** Who reads a column of a table, and the columns that are made of it. */
import type { ColumnReaders, ColumnRef } from '../lineage/index.js';
import type { GraphNode, Manifest, UnitTestNode } from '../manifest/nodes.js';

export interface Readers {
  /** Unique ids of models, parents before children. */
  readonly tables: readonly string[];
  readonly tests: readonly string[];
  readonly exposures: readonly string[];
  /** Names of metric queries. */
  readonly metrics: readonly string[];
}

/**
 * Models and data tests by the lineage of columns. An exposure names no columns: it counts where it reads a
 * table with one of them. Unit tests and metric queries count where they name the table and the column.
 *
 * @param metrics SQL by name of the queries that read published tables
 */
export function readersOf(
  { columns, nodes }: ColumnReaders,
  manifest: Manifest,
  metrics: ReadonlyMap<string, string>,
): Readers {
  const found = nodes.flatMap((id) => manifest.nodes.get(id) ?? []);
  const tables = new Set(columns.map(({ node }) => node));
  const idsOf = (all: readonly GraphNode[], type: GraphNode['resourceType']): string[] =>
    all.filter(({ resourceType }) => resourceType === type).map(({ uniqueId }) => uniqueId);
  const others = [...manifest.nodes.values()];
  const named = columns.map((column) => namesOf(column, manifest));
  return {
    tables: idsOf(found, 'model'),
    tests: [
      ...idsOf(found, 'test'),
      ...others
        .filter((node) => node.resourceType === 'unit_test')
        .filter((test) => named.some((one) => testNames(test, one)))
        .map(({ uniqueId }) => uniqueId),
    ],
    exposures: idsOf(
      others.filter(({ dependsOn }) => dependsOn.nodes.some((id) => tables.has(id))),
      'exposure',
    ),
    metrics: [...metrics]
      .filter(([, sql]) => named.some(({ alias, column }) => alias.test(sql) && column.test(sql)))
      .map(([name]) => name),
  };
}

interface Names {
  readonly name: string;
  readonly table: RegExp;
  readonly alias: RegExp;
  readonly column: RegExp;
}

function namesOf({ node: id, column }: ColumnRef, manifest: Manifest): Names {
  const node = manifest.nodes.get(id);
  const name = node?.name ?? id;
  const alias = node !== undefined && 'alias' in node ? node.alias : name;
  return { name, table: word(name), alias: word(alias), column: word(column) };
}

function testNames({ model, given, expect }: UnitTestNode, names: Names): boolean {
  const rows = [
    ...given.filter(({ input }) => names.table.test(input)),
    ...(model === names.name ? [expect] : []),
  ];
  return rows.length > 0 && names.column.test(JSON.stringify(rows));
}

function word(name: string): RegExp {
  return new RegExp(`(?<![\\w$])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w$])`, 'i');
}
