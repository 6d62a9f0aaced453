import { describe, expect, it } from 'vitest';
import { fnmatch, globMatch } from '../../src/graph/fnmatch.js';
import { matchesFqn } from '../../src/graph/node-methods.js';
import { defaultMethod, parseCriterion } from '../../src/graph/selection-spec.js';
import { errorOf } from '../project/in-folder.js';
import { fixture } from './dbt-manifest.js';

const plain = {
  childrensParents: false,
  parents: false,
  parentsDepth: undefined,
  children: false,
  childrenDepth: undefined,
};

describe('parseCriterion', () => {
  it.each([
    ['orders', { method: 'fqn', value: 'orders', ...plain }],
    ['+orders', { value: 'orders', ...plain, parents: true }],
    ['orders+', { value: 'orders', ...plain, children: true }],
    [
      '2+tag:a+10',
      {
        method: 'tag',
        value: 'a',
        parents: true,
        parentsDepth: 2,
        children: true,
        childrenDepth: 10,
      },
    ],
    ['@source:store', { method: 'source', value: 'store', ...plain, childrensParents: true }],
    ['config.meta.owner:me', { method: 'config', methodArguments: ['meta', 'owner'], value: 'me' }],
    ['path:a:b', { method: 'path', value: 'a:b' }],
    ['state:modified.body+', { method: 'state', value: 'modified.body', children: true }],
    ['@+orders', { value: 'orders', childrensParents: true, parents: true }],
  ])('reads %s', (raw, expected) => {
    expect(parseCriterion(raw, 'eager')).toMatchObject({ raw, ...expected });
  });

  it.each([
    ['models/a.sql', 'path'],
    ['models\\gold', 'path'],
    ['a.sql', 'file'],
    ['a.CSV', 'file'],
    ['a.py', 'file'],
    ['a.yml', 'fqn'],
    ['shop.gold.a', 'fqn'],
  ])('guesses the method of %s', (value, method) => {
    expect(defaultMethod(value)).toBe(method);
  });

  it('lists the methods where one is not known', () => {
    const error = errorOf(() => parseCriterion('tags:nightly', 'eager'));
    expect(error.code).toBe('selection');
    expect(error.message).toBe("'tags' in 'tags:nightly' is not a selection method");
    expect(error.hint).toMatch(/^Did you mean 'tag'\? Methods: fqn, tag, /);
  });
  it('points from selector: to --selector', () => {
    expect(errorOf(() => parseCriterion('selector:a', 'eager')).hint).toMatch(/--selector/);
  });
  it('refuses @ before together with + behind', () => {
    expect(errorOf(() => parseCriterion('@orders+', 'eager')).message).toMatch(/both @ before/);
  });
});

describe('fnmatch, as in Python', () => {
  it.each([
    ['orders', 'ord*', true],
    ['orders', '*', true],
    ['', '*', true],
    ['orders', 'order?', true],
    ['orders', 'order', false],
    ['orders', '[mno]*', true],
    ['orders', '[!o]*', false],
    ['o]x', 'o[]]x', true],
    ['a[b', 'a[b', true],
    ['a-b', 'a[-x]b', true],
    ['b', '[a-c]', true],
    ['b', '[c-a]', false],
    ['a.b', 'a.b', true],
    ['axb', 'a.b', false],
    ['a\nb', 'a*b', true],
    ['Orders', 'orders', false],
    ['a^', 'a[\\^]', true],
    ['é', '?', true],
    ['😀', '?', true],
  ])('%j with %j: %s', (text, pattern, expected) => {
    expect(fnmatch(text, pattern)).toBe(expected);
  });
  const answers = fixture('fnmatch-answers.json') as [string, string, boolean][];
  it(`gives Python's answers on ${answers.length} pairs of odd characters`, () => {
    expect(answers.length).toBeGreaterThan(400);
    const other = answers.filter(
      ([text, pattern, expected]) => fnmatch(text, pattern) !== expected,
    );
    expect(other).toEqual([]);
  });
  it('is quick where each star could end in many places', () => {
    const start = performance.now();
    expect(fnmatch('a'.repeat(10_000), `${'*a'.repeat(30)}*b`)).toBe(false);
    expect(performance.now() - start).toBeLessThan(5000);
  });
  it('is quick on many stars', () => {
    const start = performance.now();
    expect(fnmatch('a'.repeat(200), `${'*'.repeat(50)}b`)).toBe(false);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('globMatch, as pathlib', () => {
  it.each([
    ['models/gold/a.sql', 'models/*/a.sql', true],
    ['models/gold/a.sql', 'models/*.sql', false],
    ['models/gold/a.sql', 'models/**/*.sql', true],
    ['models/a.sql', 'models/**/*.sql', true],
    ['models/gold', 'models/**', true],
    ['models', 'models/', true],
    ['models', './models', true],
    ['models/a.sql', '**/a.sql', true],
    ['a.sql', '**/a.sql', true],
    ['models/b.sql', 'models/?.sql', true],
  ])('%s with %s: %s', (path, pattern, expected) => {
    expect(globMatch(path, pattern)).toBe(expected);
  });
});

describe('matchesFqn', () => {
  const fqn = ['shop', 'gold', 'finance', 'revenue.v2'];
  it.each([
    ['revenue.v2', true],
    ['shop', true],
    ['shop.gold', true],
    ['shop.gold.finance.revenue', true],
    ['gold', false],
    ['shop.gold.finance.revenue.v2.x', false],
    ['shop.*', true],
    ['shop.*.revenue.v2', true],
    ['rev*', true],
    ['shop.rev*', false],
    ['shop.gold.*e.*', true],
  ])('%s: %s', (selector, expected) => {
    expect(matchesFqn(fqn, selector)).toBe(expected);
  });
});
