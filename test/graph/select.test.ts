import { describe, expect, it } from 'vitest';
import { Graph } from '../../src/graph/graph.js';
import { select, type SelectionOptions } from '../../src/graph/select.js';
import { errorOf } from '../project/in-folder.js';
import { smallShop } from './small-shop.js';

const selectors = {
  nightly: { definition: 'tag:nightly', default: true },
  later: { definition: { method: 'selector', value: 'gold' } },
  gold: { definition: { tag: 'gold' } },
  round: { definition: { union: [{ method: 'selector', value: 'round' }] } },
};

const nodes = [
  { id: 'source.shop.store.orders', file: 'models/sources.yml' },
  { id: 'source.shop.store.customers', file: 'models/sources.yml' },
  { id: 'model.shop.orders', needs: ['source.shop.store.orders'], tags: ['nightly'] },
  { id: 'model.shop.revenue', needs: ['model.shop.orders'], tags: ['gold'] },
];

function pick(options: SelectionOptions, named: Readonly<Record<string, unknown>> = {}) {
  const manifest = smallShop(nodes, named);
  const { ids, unmatched } = select(new Graph(manifest), manifest, options);
  return { ids: [...ids].sort(), unmatched };
}
const failure = (options: SelectionOptions, named: Readonly<Record<string, unknown>> = {}) =>
  errorOf(() => pick(options, named));

describe('what matches nothing', () => {
  it('is told in words of dbt, with names that may have been meant', () => {
    expect(pick({ select: ['revenu', 'orders'] })).toEqual({
      ids: ['model.shop.orders'],
      unmatched: [
        {
          criterion: 'revenu',
          message: "The selection criterion 'revenu' does not match any enabled nodes",
          suggestions: ['revenue'],
        },
      ],
    });
  });
  it.each([
    ['tag:nightli', ['nightly']],
    ['source:stor', ['store']],
    ['source:store.order', ['store.orders']],
    ['path:modles', ['models']],
    ['orders,tag:gol', ['gold']],
    ['something_else', []],
  ])('%s suggests %j', (criterion, suggestions) => {
    expect(pick({ select: [criterion] }).unmatched).toMatchObject([{ criterion, suggestions }]);
  });
  it('is told of exclusions too', () => {
    expect(pick({ exclude: ['tag:x'] }).unmatched).toMatchObject([{ criterion: 'tag:x' }]);
  });
  it('is not told of an intersection that matches', () => {
    expect(pick({ select: ['tag:nightly,orders'] }).unmatched).toEqual([]);
  });
});

describe('selectors', () => {
  it('with default: true apply where nothing is selected', () => {
    expect(pick({}, selectors).ids).toEqual(['model.shop.orders']);
    expect(pick({ exclude: ['orders'] }, selectors).ids).toHaveLength(3);
    expect(pick({ select: ['revenue'] }, selectors).ids).toEqual(['model.shop.revenue']);
  });
  it('may name a selector that stands below them', () => {
    expect(pick({ selector: 'later' }, selectors).ids).toEqual(['model.shop.revenue']);
  });
  it('must not lead back to themselves', () => {
    expect(failure({ selector: 'round' }, selectors).message).toBe(
      "The selector 'round': it refers to itself: round -> round",
    );
  });
  it('are listed where one is not known', () => {
    const error = failure({ selector: 'nigthly' }, selectors);
    expect(error.message).toBe("The selector 'nigthly' does not exist");
    expect(error.hint).toMatch(/^Did you mean 'nightly'\? Selectors: nightly, later/);
  });
  it('do not go with --select', () => {
    expect(failure({ selector: 'gold', select: ['orders'] }, selectors).code).toBe('usage');
  });
  it('cannot both be the default', () => {
    const both = { a: { definition: 'x', default: true }, b: { definition: 'y', default: true } };
    expect(failure({}, both).message).toBe('More than one selector is the default: a and b');
  });
  it.each([
    [{ union: ['a'], exclude: ['b'] }, /must be the only key/],
    [{ union: 'a' }, /'union' must be a list/],
    [{ union: [{ exclude: ['a'] }, { exclude: ['b'] }] }, /more than one 'exclude'/],
    [{ tag: 'a', path: 'b' }, /either one key .* or 'method' and 'value', not tag, path/],
    [{ method: 'tag', value: 'a', parent: true }, /the key 'parent' is unknown/],
    [{ method: 'tag', value: ['a'] }, /must be text/],
    [{ tags: 'a' }, /'tags' in 'tags:a' is not a selection method/],
    [{ method: 'tag', value: 'a', indirect_selection: 'eagre' }, /'indirect_selection' must be/],
    [
      { method: 'fqn', value: 'a', children: true, childrens_parents: true },
      /cannot be used together/,
    ],
    [{ method: 'selector', value: 'nothing' }, /the selector 'nothing' does not exist/],
    [['a'], /must be text or a map/],
  ])('must not be %j', (definition, message) => {
    expect(() => pick({ selector: 's' }, { s: { definition } })).toThrow(message);
  });
  it('give the place of their entry on faults', () => {
    const place = { file: 'selectors.yml', line: 3, column: 5 };
    const error = failure({ selector: 's' }, { s: { definition: { union: 1 }, place } });
    expect(error.place).toEqual(place);
  });
});

describe('values that a method does not know', () => {
  it.each([
    ['resource_type:modle', /not a resource type/, /Did you mean 'model'\?/],
    ['test_type:singel', /not a test type/, /generic, singular, unit, data/],
    ['result:failed', /not a node result/, /Did you mean 'fail'\?/],
    ['source_status:stale', /not a source status/, /fresher/],
    ['state:modifed', /not a state/, /Did you mean 'modified'\?/],
    ['source:a.b.c.d', /too long/, /package\.source\.table/],
    ['exposure:a.b.c', /too long/, /package\.name/],
    ['version:newest', /not a version/, /latest/],
  ])('%s', (criterion, message, hint) => {
    const error = failure({
      select: [criterion],
      results: {},
      state: { manifest: { nodes: {} } },
      sourceStatus: { previous: {}, current: {} },
    });
    expect(error.message).toMatch(message);
    expect(error.hint).toMatch(hint);
  });
  it.each(['state:new', 'result:error', 'source_status:fresher'])(
    '%s needs an earlier run',
    (criterion) => {
      expect(failure({ select: [criterion] }).hint).toMatch(/--state/);
    },
  );
  it('refuses a state that is no manifest', () => {
    expect(failure({ select: ['state:new'], state: { manifest: [] } }).message).toMatch(
      /not a dbt manifest.json/,
    );
  });
});

describe('comparisons with an earlier run', () => {
  it('source_status:fresher takes sources that were loaded since, and new ones', () => {
    const at = (name: string, when: string | undefined) => ({
      unique_id: `source.shop.store.${name}`,
      ...(when === undefined ? { error: 'gone' } : { max_loaded_at: when }),
    });
    const previous = { results: [at('orders', '2025-06-01T00:00:00Z')] };
    const later = [at('orders', '2025-06-01T02:00:00+01:00'), at('customers', undefined)];
    const options = (results: unknown[]) => ({
      select: ['source_status:fresher'],
      sourceStatus: { previous, current: { results } },
    });
    expect(pick(options(later)).ids).toEqual(['source.shop.store.orders']);
    expect(pick(options([at('orders', '2025-06-01T01:00:00+01:00')])).ids).toEqual([]);
    expect(pick(options([at('customers', '2025-06-01T00:00:00Z')])).ids).toEqual([
      'source.shop.store.customers',
    ]);
  });
  it('lets the caller decide what is modified', () => {
    const manifest = { nodes: { 'model.shop.orders': {}, 'model.shop.revenue': {} } };
    const seen: string[] = [];
    const { ids } = pick({
      select: ['state:modified.body'],
      state: {
        manifest,
        modifiedCheck: (node, _old, aspect) => {
          seen.push(aspect);
          return node.name === 'orders';
        },
      },
    });
    expect(ids).toEqual(['model.shop.orders']);
    expect(new Set(seen)).toEqual(new Set(['body']));
  });
});

describe('arguments', () => {
  it('may hold several criteria, with any white space between', () => {
    expect(pick({ select: [' orders   revenue '] }).ids).toHaveLength(2);
  });
  it('that hold nothing select nothing', () => {
    expect(pick({ select: [''] }).ids).toEqual([]);
  });
  it('take absolute paths inside the project', () => {
    expect(pick({ select: ['path:/shop/models/orders.sql'] }).ids).toEqual(['model.shop.orders']);
  });
});
