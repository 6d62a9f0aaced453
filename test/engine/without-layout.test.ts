import { describe, expect, it } from 'vitest';
import { engineNamed } from '../../src/engine/engines.js';

const duckdb = engineNamed('duckdb').dialect.withoutLayout;
const databricks = engineNamed('databricks').dialect.withoutLayout;

describe('SQL without layout', () => {
  it.each([
    ['select 1 -- one', 'select 1'],
    ['select  1', 'select\n\t1'],
    ['select ( a, b )', 'select (a,b)'],
    ['select a /* x /* y */ z */ + b', 'select a + b'],
    ['select f (x)', 'select f(x)'],
  ])('is the same of %j and %j', (one, other) => {
    expect(duckdb(one)).toBe(duckdb(other));
    expect(databricks(one)).toBe(databricks(other));
  });

  it.each([
    ["select 'a  b'", "select 'a b'"],
    ["select '-- a'", "select '-- b'"],
    ['select "a  b"', 'select "a b"'],
    ['select a - -1', 'select a --1'],
    ['select ab', 'select a b'],
    ["select 'a'\n'b'", "select 'a' 'b'"],
    ["select E'a'", "select E 'a'"],
    ['select $$ a$$', 'select $$a$$'],
    ['select "a" "b"', 'select "a""b"'],
    ['select 1 .5', 'select 1.5'],
  ])('is another of %j and %j', (one, other) => {
    expect(duckdb(one)).not.toBe(duckdb(other));
  });

  it('keeps hints, and what a backslash or a backtick quotes on Databricks', () => {
    expect(databricks('select /*+ broadcast(a) */ 1')).not.toBe(databricks('select 1'));
    expect(databricks("select 'it\\'s  -- x'")).not.toBe(databricks("select 'it\\'s -- x'"));
    expect(databricks('select `a  b`')).not.toBe(databricks('select `a b`'));
  });

  it('leaves a query that can read its own text as it is', () => {
    expect(duckdb('select current_query() -- x')).toBe('select current_query() -- x');
  });
});
