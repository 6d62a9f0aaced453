import { describe, expect, it } from 'vitest';
import { dialect } from '../../src/engine/databricks/dialect.js';
import { defaultConfig } from '../../src/manifest/config.js';
import type { Column, ModelNode } from '../../src/manifest/nodes.js';
import {
  checkStatements,
  columnComments,
  columnList,
  tableClauses,
} from '../../src/run/delta-ddl.js';

const column = (name: string, dataType: string, more: Partial<Column> = {}): Column =>
  ({ name, dataType, description: '', constraints: [], ...more }) as unknown as Column;

function model(extra: Record<string, unknown>, more: Partial<ModelNode> = {}): ModelNode {
  return {
    name: 'orders',
    alias: 'orders',
    description: "the shop's orders",
    originalFilePath: 'models/orders.sql',
    constraints: [],
    columns: {},
    config: {
      ...defaultConfig('table'),
      persistDocs: { relation: true, columns: true },
      extra,
    },
    ...more,
  } as unknown as ModelNode;
}

const relation = { database: 'workspace', schema: 'build', identifier: 'orders' };
const clauses = (extra: Record<string, unknown>) => tableClauses(model(extra), relation, dialect);

describe('the table of a model', () => {
  it('is Delta, with its comment', () => {
    expect(clauses({})).toBe("using delta\ncomment 'the shop\\'s orders'");
  });

  it('has the layout, place and properties that its configuration asks for', () => {
    expect(
      clauses({
        file_format: 'delta',
        partition_by: ['order_date', 'a`b'],
        location_root: 'abfss://lake/shop/',
        tblproperties: { 'delta.enableChangeDataFeed': true, team: "it's" },
      }),
    ).toBe(
      [
        'using delta',
        'partitioned by (`order_date`, `a``b`)',
        "location 'abfss://lake/shop/build/orders'",
        "comment 'the shop\\'s orders'",
        "tblproperties ('delta.enableChangeDataFeed' = 'true', 'team' = 'it\\'s')",
      ].join('\n'),
    );
    expect(clauses({ liquid_clustered_by: 'id' })).toContain('cluster by (`id`)');
  });

  it.each([
    [{ partition_by: 'a', liquid_clustered_by: 'b' }, /cannot be combined/],
    [{ file_format: 'parquet' }, /file_format parquet is not supported/],
    [{ partition_by: { a: 1 } }, /partition_by must be the name of a column/],
    [{ tblproperties: ['a'] }, /tblproperties must be a map/],
  ])('is refused for %j', (extra, message) => {
    expect(() => clauses(extra)).toThrow(message);
  });
});

it("a contract's columns come with NOT NULL and comments, its checks as statements", () => {
  const node = model({}, {
    constraints: [
      { type: 'not_null', columns: ['Total'] },
      { type: 'check', name: 'small', expression: 'total < 10' },
    ],
    columns: {
      id: column('id', 'bigint', {
        description: 'its "number"',
        constraints: [{ type: 'not_null' }, { type: 'check', expression: 'id > 0' }] as never,
      }),
      total: column('total', 'decimal(18,2)'),
    },
  } as unknown as Partial<ModelNode>);
  expect(columnList(node, dialect)).toBe(
    '  `id` bigint not null comment \'its "number"\',\n  `total` decimal(18,2) not null',
  );
  expect(checkStatements(node, 't', dialect)).toEqual([
    'alter table t add constraint `small` check (total < 10)',
    'alter table t add constraint `orders_check_2` check (id > 0)',
  ]);
  expect(columnComments(Object.values(node.columns).slice(0, 1), 't', dialect)).toBe(
    'alter table t alter column `id` comment \'its "number"\'',
  );
});
