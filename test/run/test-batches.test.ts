import { expect, it } from 'vitest';
import type { GraphNode, TestNode } from '../../src/manifest/nodes.js';
import type { NodeRun } from '../../src/run/node-run.js';
import { TestBatches } from '../../src/run/test-batches.js';
import { defaultConfig } from '../../src/manifest/config.js';
import { DatabaseError } from '../../src/engine/database-error.js';

const test = (name: string, tables: readonly string[], failCalc = 'count(*)'): TestNode =>
  ({
    uniqueId: name,
    resourceType: 'test',
    name,
    dependsOn: { nodes: tables, macros: [] },
    config: { ...defaultConfig('test'), failCalc },
  }) as unknown as TestNode;

function asking(answer: (sql: string) => readonly (readonly (number | string | boolean)[])[]) {
  const sent: string[] = [];
  const run = {
    compiler: {
      compile: (node: TestNode) => Promise.resolve({ sql: `failing rows of ${node.name}` }),
    },
    backend: null,
    connection: {
      query: (sql: string) => {
        sent.push(sql);
        return Promise.resolve().then(() => ({ columns: [], rows: answer(sql) }));
      },
    },
  } as unknown as NodeRun;
  return { run, sent };
}

const nodes: GraphNode[] = [
  test('a', ['orders']),
  test('b', ['orders']),
  test('alone', ['customers']),
  test('sums', ['orders'], 'sum(n)'),
];

it('asks once for the tests of the same tables, whoever comes first', async () => {
  const { run, sent } = asking(() => [
    [1, '2', true, false],
    [0, '0', false, false],
  ]);
  const batches = new TestBatches(nodes);
  const [b, a] = await Promise.all(
    ['b', 'a'].map((name) => batches.answer(test(name, ['orders']), run)),
  );
  expect(a).toEqual(['0', false, false]);
  expect(b).toEqual(['2', true, false]);
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatch(/failing rows of a[^]*union all[^]*failing rows of b/);
  expect(sent[0]).not.toMatch(/sums|alone/);
});

it('leaves alone what has no company, and what counts in another way', async () => {
  const { run, sent } = asking(() => []);
  const batches = new TestBatches(nodes);
  expect(await batches.answer(test('alone', ['customers']), run)).toBeUndefined();
  expect(await batches.answer(test('sums', ['orders'], 'sum(n)'), run)).toBeUndefined();
  expect(sent).toEqual([]);
});

it('gives no answers when one of the tests is wrong, so that each tells for itself', async () => {
  const { run, sent } = asking(() => {
    throw new DatabaseError('[X] wrong', { kind: 'binder' });
  });
  const batches = new TestBatches(nodes);
  expect(await batches.answer(test('a', ['orders']), run)).toBeUndefined();
  expect(await batches.answer(test('b', ['orders']), run)).toBeUndefined();
  expect(sent).toHaveLength(1);
});
