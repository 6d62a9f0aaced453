/** What is shown and lit at an address. */
import { describe, expect, test } from 'vitest';
import { columnName, columnsOf, graphOf } from '../../src/docs/page/lineage/graph.js';
import { lineageData } from '../../src/docs/lineage-data.js';
import { node } from '../lineage/small.js';
import { chain, diamondGraph, edgesOf, namesOf, shownAt } from './small-graph.js';

const all = ['raw', 'clean', 'people', 'sales', 'report'];

/** `table.column` of each column that is shown, with its mark. */
function columnsAt(address: string): string[] {
  return shownAt(address).nodes.flatMap(({ columns }) =>
    columns.map(({ column, mark }) => `${columnName(diamondGraph, column)} ${mark}`),
  );
}

describe('Without a focus', () => {
  test('all is shown, nothing is lit, and no table shows columns', () => {
    const shown = shownAt('');
    expect(namesOf(shown)).toEqual(all);
    expect(new Set(shown.nodes.map(({ mark }) => mark))).toEqual(new Set(['plain']));
    expect(edgesOf(shown)).toEqual([
      'raw -> clean',
      'clean -> people',
      'clean -> sales',
      'people -> report',
      'sales -> report',
    ]);
    expect(columnsAt('')).toEqual([]);
  });

  test('filters leave what has one of the layers, one of the tags and one of the types', () => {
    expect(namesOf(shownAt('layer=gold'))).toEqual(['people', 'sales']);
    expect(namesOf(shownAt('layer=gold&layer=silver'))).toEqual(['clean', 'people', 'sales']);
    expect(namesOf(shownAt('tag=daily'))).toEqual(['clean']);
    expect(namesOf(shownAt('tag=daily&layer=gold'))).toEqual([]);
    expect(namesOf(shownAt('type=source&type=exposure'))).toEqual(['raw', 'report']);
  });

  test('a path through what is hidden becomes a dashed edge', () => {
    expect(edgesOf(shownAt('hide=clean&hide=people'))).toEqual([
      'raw ..> sales',
      'raw ..> report',
      'sales -> report',
    ]);
  });

  test('tables that are opened show their columns, and these their edges', () => {
    const shown = shownAt('open=raw&open=clean');
    expect(columnsAt('open=raw&open=clean')).toEqual([
      'raw.id plain',
      'raw.amount plain',
      'clean.id plain',
      'clean.amount plain',
    ]);
    expect(
      shown.columnEdges.map(
        ({ from, to }) => `${columnName(diamondGraph, from)} ${columnName(diamondGraph, to)}`,
      ),
    ).toEqual(['raw.id clean.id', 'raw.amount clean.amount']);
  });

  test('an asterisk opens all tables', () => {
    expect(columnsAt('open=*')).toHaveLength(6);
    expect(shownAt('open=*').tooMany).toBeNull();
  });
});

describe('With a table in focus', () => {
  test('what it reaches is lit, and the rest is dim', () => {
    const shown = shownAt('focus=sales');
    expect(shown.nodes.map(({ mark }) => mark)).toEqual(['lit', 'lit', 'dim', 'focus', 'lit']);
    expect(edgesOf(shown)).toEqual([
      'raw -> clean lit',
      'clean -> people dim',
      'clean -> sales lit',
      'people -> report dim',
      'sales -> report lit',
    ]);
    expect(columnsAt('focus=sales')).toEqual(['sales.total plain', 'sales.odd plain']);
  });

  test('what it does not reach can be left out', () => {
    const shown = shownAt('focus=sales&only=1');
    expect(namesOf(shown)).toEqual(['raw', 'clean', 'sales', 'report']);
    expect(edgesOf(shown)).toEqual([
      'raw -> clean lit',
      'clean -> sales lit',
      'sales -> report lit',
    ]);
  });

  test('steps up and down are counted from it', () => {
    expect(namesOf(shownAt('focus=sales&only=1&up=1&down=0'))).toEqual(['clean', 'sales']);
    expect(shownAt('focus=sales&only=1&up=1&down=all')).toMatchObject({ up: 1, down: null });
  });

  test('an edge of what is above to what is below is not one of its own', () => {
    const data = lineageData(
      {
        nodes: [node('a'), node('b'), node('c')],
        edges: [
          { from: 'a', to: 'b', direct: true },
          { from: 'a', to: 'c', direct: true },
          { from: 'b', to: 'c', direct: true },
        ],
      },
      'shop',
    );
    const graph = graphOf(data);
    expect(edgesOf(shownAt('focus=b&only=1', graph), graph)).toEqual([
      'a -> b lit',
      'a -> c dim',
      'b -> c lit',
    ]);
  });

  test('it is shown whatever the filters say', () => {
    expect(namesOf(shownAt('focus=sales&layer=silver'))).toEqual(['clean', 'sales']);
  });

  test('a name that is not there is no focus', () => {
    expect(shownAt('focus=nobody')).toMatchObject({ focus: null, only: false });
    expect(shownAt('focus=sales&column=nothing')).toMatchObject({ column: null });
  });
});

describe('With a column in focus', () => {
  test('it, what it is made of and what is made of it are lit with their tables', () => {
    const shown = shownAt('focus=sales&column=TOTAL');
    expect(shown.nodes.map(({ mark }) => mark)).toEqual(['lit', 'lit', 'dim', 'focus', 'dim']);
    expect(columnsAt('focus=sales&column=total')).toEqual([
      'raw.amount lit',
      'clean.amount lit',
      'sales.total focus',
      'sales.odd plain',
    ]);
    expect(shown.nodes.map(({ more }) => more)).toEqual([1, 1, 0, 0, 0]);
    expect(shown.columnEdges.map(({ mark }) => mark)).toEqual(['lit', 'lit']);
  });

  test('edges of columns stand for those of their tables', () => {
    expect(edgesOf(shownAt('focus=sales&column=total'))).toEqual([
      'clean -> people dim',
      'people -> report dim',
      'sales -> report dim',
    ]);
  });

  test('only its tables can be shown, so many steps away', () => {
    expect(namesOf(shownAt('focus=sales&column=total&only=1'))).toEqual(['raw', 'clean', 'sales']);
    expect(namesOf(shownAt('focus=sales&column=total&only=1&up=1'))).toEqual(['clean', 'sales']);
  });
});

describe('A path to another table', () => {
  test('is all that lies between them', () => {
    expect(namesOf(shownAt('focus=report&to=clean'))).toEqual([
      'clean',
      'people',
      'sales',
      'report',
    ]);
    expect(namesOf(shownAt('focus=raw&to=sales'))).toEqual(['raw', 'clean', 'sales']);
  });

  test('is told not to be there', () => {
    const shown = shownAt('focus=people&to=sales');
    expect(namesOf(shown)).toEqual(['people', 'sales']);
    expect(shown).toMatchObject({ noPath: true, edges: [] });
  });

  test('leads through what the filters leave out', () => {
    expect(edgesOf(shownAt('focus=raw&to=sales&hide=clean'))).toEqual(['raw ..> sales lit']);
  });
});

describe('A large graph', () => {
  test('shows the lineage of a focus alone, and so many steps that it can be read', () => {
    const graph = chain(500);
    const shown = shownAt('focus=n250', graph);
    // 60 up and 60 down are 120.
    expect(shown).toMatchObject({ only: true, up: 60, down: 60, reached: 500 });
    expect(shown.nodes).toHaveLength(121);
    expect(shownAt('focus=n250&up=all&down=0', graph).nodes).toHaveLength(251);
    expect(shownAt('focus=n250&only=0', graph).nodes).toHaveLength(500);
  });

  test('a table with very many columns shows some, until it is opened', () => {
    const columns = Array.from({ length: 100 }, (_, i) => ({
      node: 'wide',
      column: `c${i}`,
      type: null,
      sources: [],
    }));
    const graph = graphOf(lineageData({ nodes: [node('wide')], edges: [], columns }, 'shop'));
    const [closed] = shownAt('focus=wide', graph).nodes;
    expect([closed?.columns.length, closed?.more, closed?.sign]).toEqual([40, 60, 'closed']);
    const [open] = shownAt('focus=wide&open=wide', graph).nodes;
    expect([open?.columns.length, open?.more, open?.sign]).toEqual([100, 0, 'open']);
    expect(columnsOf(graph, 0)).toHaveLength(100);
  });

  test('does not open more columns at once than can be drawn, and says so', () => {
    const columns = Array.from({ length: 2001 }, (_, i) => ({
      node: 'wide',
      column: `c${i}`,
      type: null,
      sources: [],
    }));
    const graph = graphOf(lineageData({ nodes: [node('wide')], edges: [], columns }, 'shop'));
    const shown = shownAt('open=*', graph);
    expect(shown.tooMany).toBe(2001);
    expect(shown.nodes[0]?.columns).toEqual([]);
  });
});
