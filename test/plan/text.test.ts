/** A plan on terminals of usual widths. */
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { PlannedBuild } from '../../src/cli/plan/planned-build.js';
import { planText } from '../../src/cli/plan/text.js';
import { TechstoreError } from '../../src/errors.js';
import { painter } from '../../src/format/painter.js';
import type { GraphNode } from '../../src/manifest/nodes.js';

const file = 'models/silver/silver_customers.sql';

function model(name: string): GraphNode {
  const uniqueId = `model.shop.${name}`;
  return { uniqueId, name, resourceType: 'model', originalFilePath: file } as unknown as GraphNode;
}

const node = model('silver_customers');
const readers = Array.from({ length: 4 }, (_, i) => model(`gold_table_with_a_long_name_${i}`));
const excerpt = [
  '1 | with checked as (',
  "2 |     {{ rows_with_reason(ref('bronze_customers'), 'customers', 'and many more of them') }}",
  '  |        ^',
].join('\n');

const build: PlannedBuild = {
  ...{ base: null, hasCode: false, unchanged: [], ephemeral: [], warnings: [] },
  nodes: [
    {
      node,
      reasons: [{ kind: 'upstream', names: readers.map(({ uniqueId }) => uniqueId) }],
      bound: {
        kind: 'error',
        error: new TechstoreError(
          'database',
          'Binder Error: Referenced column "phone" not found in FROM clause!\nCandidate bindings: "country", "shared_id", "_ingested_at", "_source_table"',
          { place: { file, line: 2, column: 8 }, excerpt },
        ),
      },
      columns: { gained: [], lost: [{ name: 'phone', type: 'VARCHAR' }], retyped: [] },
      readers: new Map([
        [
          'phone',
          {
            tables: readers.map(({ uniqueId }) => uniqueId),
            tests: ['test.shop.a', 'test.shop.b'],
            exposures: [],
            metrics: ['customers show orders', 'customers top'],
          },
        ],
      ]),
    },
  ],
};

const lines = (width: number | undefined): string[] =>
  planText(build, {
    ...{ paint: painter(false), width, targetName: 'dev' },
    nodes: new Map([node, ...readers].map((one) => [one.uniqueId, one])),
  }).split('\n');

describe('A plan', () => {
  it.each([60, 80, 120])('fits into %i columns, and no place is broken', (width) => {
    const shown = lines(width);
    for (const line of shown) expect(stringWidth(line), line).toBeLessThanOrEqual(width);
    expect(shown.some((line) => line.includes(`(${file}:2:8)`))).toBe(true);
    const at = shown.findIndex((line) => line.includes('rows_with_reason'));
    // The caret stays below the character that it points at.
    expect(shown[at + 1]?.indexOf('^')).toBe(shown[at]?.indexOf('rows_with_reason'));
    expect(shown.join(' ').replace(/\s+/g, ' ')).toContain(
      'read by gold_table_with_a_long_name_0, gold_table_with_a_long_name_1, gold_table_with_a_long_name_2, gold_table_with_a_long_name_3, 2 tests, the metric customers show orders, the metric customers top',
    );
  });

  it('breaks nothing in a pipe', () => {
    const all = lines(undefined);
    expect(all).toContain(`ERROR silver_customers (${file}:2:8)`);
    expect(all).toContain(
      "  2 |     {{ rows_with_reason(ref('bronze_customers'), 'customers', 'and many more of them') }}",
    );
  });
});
