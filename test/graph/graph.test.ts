import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edgesAmong } from '../../src/graph/edges-among.js';
import { childrenOf } from '../../src/graph/edges.js';
import { Graph } from '../../src/graph/graph.js';
import { LineageGraph } from '../../src/graph/lineage-graph.js';
import { fqnOrder, listingOrder, selectorOf } from '../../src/graph/listing.js';
import { errorOf } from '../project/in-folder.js';
import { smallShop, type SmallNode } from './small-shop.js';

const chain: readonly SmallNode[] = [
  { id: 'model.shop.c', needs: ['model.shop.b'] },
  { id: 'model.shop.b', needs: ['model.shop.a', 'source.shop.store.orders'] },
  { id: 'model.shop.a', needs: [] },
  { id: 'source.shop.store.orders' },
  { id: 'seed.shop.orders' },
  { id: 'test.shop.b_is_unique', needs: ['model.shop.b'] },
  { id: 'exposure.shop.board', needs: ['model.shop.c'] },
  {
    id: 'unit_test.shop.b.adds_up',
    needs: ['model.shop.a', 'model.shop.b'],
    model: 'b',
  },
];
const graph = () => new Graph(smallShop(chain));

describe('Graph', () => {
  it('puts parents before children, and the least id first among equals', () => {
    expect(graph().order).toEqual([
      'model.shop.a',
      'seed.shop.orders',
      'source.shop.store.orders',
      'model.shop.b',
      'model.shop.c',
      'exposure.shop.board',
      'test.shop.b_is_unique',
      'unit_test.shop.b.adds_up',
    ]);
  });
  it('knows parents and children', () => {
    expect(graph().parents('model.shop.b')).toEqual(['model.shop.a', 'source.shop.store.orders']);
    expect(graph().children('model.shop.b')).toEqual([
      'model.shop.c',
      'test.shop.b_is_unique',
      'unit_test.shop.b.adds_up',
    ]);
    expect(graph().parents('model.shop.a')).toEqual([]);
  });
  it('hangs a unit test on its model alone', () => {
    expect(graph().parents('unit_test.shop.b.adds_up')).toEqual(['model.shop.b']);
  });
  it('counts steps up and down', () => {
    expect([...graph().ancestors(['exposure.shop.board'], 2)].sort()).toEqual([
      'model.shop.b',
      'model.shop.c',
    ]);
    expect(graph().descendants(['model.shop.a'], 1)).toEqual(new Set(['model.shop.b']));
    expect(graph().descendants(['model.shop.a']).size).toBe(5);
    expect(graph().ancestors(['model.shop.b', 'model.shop.a'])).toEqual(
      new Set(['model.shop.a', 'source.shop.store.orders']),
    );
  });
  it('shows a circle with names and files', () => {
    const nodes = [
      { id: 'model.shop.a', needs: ['model.shop.c'] },
      { id: 'model.shop.b', needs: ['model.shop.a'] },
      { id: 'model.shop.c', needs: ['model.shop.b'] },
      { id: 'model.shop.d', needs: ['model.shop.c'] },
    ];
    const error = errorOf(() => new Graph(smallShop(nodes)));
    expect(error.code).toBe('compilation');
    expect(error.message.split('\n')).toEqual([
      'Nodes form a dependency cycle: a -> b -> c -> a',
      '  a (models/a.sql) depends on c',
      '  b (models/b.sql) depends on a',
      '  c (models/c.sql) depends on b',
    ]);
  });
  it('shows a node that needs itself', () => {
    const nodes = [{ id: 'model.shop.a', needs: ['model.shop.a'] }];
    expect(errorOf(() => new Graph(smallShop(nodes))).message).toMatch(/cycle: a -> a/);
  });
  it('refuses a parent that is not there', () => {
    const nodes = [{ id: 'model.shop.a', needs: ['model.shop.b'] }];
    expect(errorOf(() => new Graph(smallShop(nodes))).message).toBe(
      'a depends on model.shop.b, which does not exist',
    );
  });
  it('says that a parent is disabled', () => {
    const manifest = smallShop([{ id: 'model.shop.a', needs: ['model.shop.b'] }]);
    const off = [...smallShop([{ id: 'model.shop.b' }]).nodes.values()];
    expect(errorOf(() => new Graph({ ...manifest, disabled: off })).message).toBe(
      'a depends on model.shop.b, which is disabled (models/b.sql)',
    );
  });
});

describe('LineageGraph', () => {
  it('orders by the edges from seeds to sources, which selection does not follow', () => {
    const own = new LineageGraph(
      graph(),
      new Map([['source.shop.store.orders', 'seed.shop.orders']]),
    );
    expect(own.parents('source.shop.store.orders')).toEqual(['seed.shop.orders']);
    expect(own.children('seed.shop.orders')).toEqual(['source.shop.store.orders']);
    expect(graph().parents('source.shop.store.orders')).toEqual([]);
    expect(graph().ancestors(['model.shop.b']).has('seed.shop.orders')).toBe(false);
    expect(own.order.indexOf('seed.shop.orders')).toBeLessThan(
      own.order.indexOf('source.shop.store.orders'),
    );
  });
});

describe('edgesAmong', () => {
  it('keeps the order across nodes that are not selected', () => {
    const part = edgesAmong(graph().edges, new Set(['exposure.shop.board', 'model.shop.a']));
    expect([...part.keys()]).toEqual(['model.shop.a', 'exposure.shop.board']);
    expect(part.get('exposure.shop.board')).toEqual(['model.shop.a']);
    expect(childrenOf(part).get('model.shop.a')).toEqual(['exposure.shop.board']);
  });
  it('keeps no edge beside a selected node on the way', () => {
    const part = edgesAmong(
      graph().edges,
      new Set(['model.shop.a', 'model.shop.b', 'model.shop.c']),
    );
    expect(part.get('model.shop.c')).toEqual(['model.shop.b']);
  });
  it('waits exactly for selected nodes that can be reached, in any graph', () => {
    // Node n may need only nodes with a lower number, so there is no circle.
    const shape = fc.array(fc.tuple(fc.boolean(), fc.array(fc.nat(11), { maxLength: 4 })), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(shape, (rows) => {
        const id = (n: number) => `model.shop.n${String(n).padStart(2, '0')}`;
        const nodes = rows.map(([, needs], n) => ({
          id: id(n),
          needs: [...new Set(needs.filter((other) => other < n))].map(id),
        }));
        const whole = new Graph(smallShop(nodes));
        const selected = rows.flatMap(([wanted], n) => (wanted ? [id(n)] : []));
        const part = edgesAmong(whole.edges, new Set(selected));
        const order = [...part.keys()];
        expect([...order].sort()).toEqual(selected);
        const before = (node: string): Set<string> =>
          new Set(part.get(node)?.flatMap((parent) => [parent, ...before(parent)]));
        for (const node of selected) {
          const above = [...whole.ancestors([node])].filter((other) => selected.includes(other));
          expect([...before(node)].sort()).toEqual(above.sort());
          for (const parent of part.get(node) ?? []) {
            expect(order.indexOf(parent)).toBeLessThan(order.indexOf(node));
          }
        }
      }),
    );
  });
});

describe('listing', () => {
  it('names nodes as dbt ls does, in its order', () => {
    const manifest = smallShop(chain);
    expect(listingOrder(manifest, manifest.nodes.keys()).map(selectorOf)).toEqual([
      'exposure:shop.board',
      'shop.a',
      'shop.b',
      'shop.c',
      'shop.orders',
      'source:shop.store.orders',
      'shop.b_is_unique',
      'unit_test:shop.adds_up',
    ]);
  });
  it('can follow the folders instead', () => {
    const manifest = smallShop(chain);
    expect(fqnOrder(manifest, manifest.nodes.keys()).map((node) => node.name)).toEqual([
      'a',
      'b',
      'adds_up',
      'b_is_unique',
      'board',
      'c',
      'orders',
      'orders',
    ]);
  });
});
