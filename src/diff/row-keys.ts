/** Which columns may tell the rows of a table apart, by what the project says of it. */
import type { GraphNode, Manifest, TestNode } from '../manifest/nodes.js';

/**
 * The best first: a primary key, `unique_key`, a tested combination, columns that are tested
 * as unique and not null, columns that are tested as unique. None for a table without any.
 */
export function rowKeys(manifest: Manifest, id: string): readonly (readonly string[])[] {
  const node = manifest.nodes.get(id);
  if (node === undefined) return [];
  const tests = testsOf(manifest, id);
  const named = (name: string): string[] =>
    tests.filter((t) => t.testMetadata?.name === name).flatMap((t) => t.columnName ?? []);
  const notNull = new Set(named('not_null'));
  const unique = named('unique');
  return [
    ...primaryKeys(node),
    ...uniqueKey(node),
    ...combinations(tests),
    ...unique.filter((column) => notNull.has(column)).map((column) => [column]),
    ...unique.filter((column) => !notNull.has(column)).map((column) => [column]),
  ];
}

function testsOf(manifest: Manifest, id: string): TestNode[] {
  const tests: TestNode[] = [];
  for (const test of manifest.nodes.values()) {
    // A test of some of the rows says nothing of the others.
    if (test.resourceType === 'test' && test.attachedNode === id && test.config.where === null)
      tests.push(test);
  }
  return tests;
}

function primaryKeys(node: GraphNode): string[][] {
  if (node.resourceType !== 'model') return [];
  const ofModel = node.constraints
    .filter(({ type }) => type === 'primary_key')
    .map(({ columns }) => [...(columns ?? [])]);
  const ofColumns = Object.values(node.columns)
    .filter(({ constraints }) => constraints.some(({ type }) => type === 'primary_key'))
    .map(({ name }) => [name]);
  return [...ofModel, ...ofColumns].filter((columns) => columns.length > 0);
}

function uniqueKey(node: GraphNode): string[][] {
  if (node.resourceType !== 'model') return [];
  const { uniqueKey: key } = node.config;
  return key === null ? [] : [typeof key === 'string' ? [key] : [...key]];
}

function combinations(tests: readonly TestNode[]): string[][] {
  return tests.flatMap(({ testMetadata }) => {
    const columns = testMetadata?.kwargs['combination_of_columns'];
    return Array.isArray(columns) ? [columns.filter((name) => typeof name === 'string')] : [];
  });
}
