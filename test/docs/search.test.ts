import { expect, test } from 'vitest';
import { choicesOf } from '../../src/docs/page/lineage/filters.js';
import { columnName } from '../../src/docs/page/lineage/graph.js';
import { search } from '../../src/docs/page/lineage/search.js';
import { diamondGraph } from './small-graph.js';

const found = (text: string, limit?: number, withColumns?: boolean): string[] =>
  search(diamondGraph, text, limit, withColumns).map(({ node, column }) =>
    column === null ? (diamondGraph.nodes[node]?.name ?? '') : columnName(diamondGraph, column),
  );

test('A search for a column finds that column, not its table', () => {
  expect(found('TOTAL')).toEqual(['sales.total']);
  expect(found('clean.amount')).toEqual(['clean.amount']);
});

test('Tables come before columns, whole names before parts', () => {
  expect(found('a')).toEqual([
    'raw.amount',
    'clean.amount',
    'raw',
    'clean',
    'sales',
    'sales.total',
  ]);
  expect(found('raw')).toEqual(['raw']);
});

test('Columns can be left out, and matches have a limit', () => {
  expect(found('a', 50, false)).toEqual(['raw', 'clean', 'sales']);
  expect(found('a', 2)).toHaveLength(2);
  expect(found('  ')).toEqual([]);
  expect(found('nobody')).toEqual([]);
});

test('There is to filter by what the nodes have, with their numbers', () => {
  expect(choicesOf(diamondGraph.nodes)).toEqual({
    layers: [
      { value: 'source', count: 1 },
      { value: 'silver', count: 1 },
      { value: 'gold', count: 2 },
      { value: 'exposure', count: 1 },
    ],
    tags: [{ value: 'daily', count: 1 }],
    types: [
      { value: 'source', count: 1 },
      { value: 'model', count: 3 },
      { value: 'exposure', count: 1 },
    ],
  });
});
