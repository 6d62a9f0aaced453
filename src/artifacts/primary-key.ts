/** The primary key of a model as dbt infers it: from constraints, else from tests. */
import type { Manifest, ModelNode, TestNode } from '../manifest/nodes.js';

/** Generic tests by the node they are written under, disabled ones too. */
export function testsByNode(manifest: Manifest): ReadonlyMap<string, readonly TestNode[]> {
  const tests = new Map<string, TestNode[]>();
  for (const node of [...manifest.nodes.values(), ...manifest.disabled]) {
    if (node.resourceType !== 'test' || node.attachedNode === null) continue;
    const list = tests.get(node.attachedNode);
    if (list === undefined) tests.set(node.attachedNode, [node]);
    else list.push(node);
  }
  return tests;
}

/** Columns that tell the rows of a model apart; none where nothing says so. */
export function primaryKey(node: ModelNode, tests: readonly TestNode[]): readonly string[] {
  const ofModel = node.constraints.find(({ type }) => type === 'primary_key');
  if (ofModel !== undefined) return ofModel.columns ?? [];
  const ofColumn = Object.values(node.columns).find((column) =>
    column.constraints.some(({ type }) => type === 'primary_key'),
  );
  if (ofColumn !== undefined) return [ofColumn.name];
  return keyByTests(tests);
}

function keyByTests(tests: readonly TestNode[]): readonly string[] {
  const unique = new Set<string>();
  const uniqueButDisabled = new Set<string>();
  const notNull = new Set<string>();
  for (const test of tests) {
    const name = test.testMetadata?.name ?? '';
    for (const column of columnsOf(test)) {
      if (name === 'not_null') notNull.add(column);
      else if (name === 'unique' || name === 'unique_combination_of_columns')
        (test.config.enabled ? unique : uniqueButDisabled).add(column);
    }
  }
  const both = [...notNull].filter((name) => unique.has(name) || uniqueButDisabled.has(name));
  if (both.length > 0) return both;
  return [...(unique.size > 0 ? unique : uniqueButDisabled)];
}

function columnsOf(test: TestNode): readonly string[] {
  const kwargs = test.testMetadata?.kwargs ?? {};
  const column = kwargs['column_name'];
  if (typeof column === 'string') return [column];
  const columns = kwargs['combination_of_columns'];
  return Array.isArray(columns) ? columns.filter((name) => typeof name === 'string') : [];
}
