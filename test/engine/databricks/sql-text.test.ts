import { describe, expect, it } from 'vitest';
import { bind, parameterNames } from '../../../src/engine/databricks/bind.js';
import { dialect } from '../../../src/engine/databricks/dialect.js';
import { refuseAllButOneQuery } from '../../../src/engine/databricks/only-reads.js';
import { changesSession, repeatable } from '../../../src/engine/databricks/repeatable.js';
import { splitStatements } from '../../../src/engine/databricks/split-statements.js';
import { queryTags } from '../../../src/engine/databricks/tags.js';

describe('statements of a text', () => {
  it.each([
    ['a; b', ['a', 'b']],
    [
      'a \';\' "x;" `;` -- ;\n /* ; /* ; */ ; */ c;',
      ['a \';\' "x;" `;` -- ;\n /* ; /* ; */ ; */ c'],
    ],
    ["'it\\'s;'; 'a''b;'", ["'it\\'s;'", "'a''b;'"]],
    ["r'\\'; 'x'", ["r'\\'", "'x'"]],
    ['-- only a comment\n; /* and one */', []],
    ["'not closed ; ", ["'not closed ;"]],
  ])('of %j', (text, statements) => {
    expect(splitStatements(text).map(({ sql }) => sql)).toEqual(statements);
  });

  it('know where they begin', () => {
    expect(splitStatements('a;\n\n -- c\n  b')).toMatchObject([
      { line: 1, column: 1 },
      { line: 4, column: 3 },
    ]);
  });
});

describe('parameters', () => {
  it('by number and by name become names', () => {
    expect(bind('a = $1 and b = $2 or a = $1', ['x', null])).toEqual({
      sql: 'a = :p1 and b = :p2 or a = :p1',
      parameters: [
        { name: 'p1', type: 'STRING', value: { stringValue: 'x' } },
        { name: 'p2', type: 'VOID' },
      ],
    });
    expect(bind('$a :b', { a: true, b: 2 ** 31 }).parameters).toEqual([
      { name: 'a', type: 'BOOLEAN', value: { stringValue: 'true' } },
      { name: 'b', type: 'BIGINT', value: { stringValue: '2147483648' } },
    ]);
  });

  it('are not looked for in quotes, comments, casts and paths', () => {
    const sql = 'select \'?\', "$1", `:a`, x::int, c:field, a[1]:b -- ? :x\n /* $2 */ from t';
    expect(bind(sql, [])).toEqual({ sql, parameters: [] });
  });

  it('have the type of their value', () => {
    expect(
      bind('? ? ? ? ?', [1, 1.5, 7n, 2n ** 64n, 'x']).parameters.map(({ type }) => type),
    ).toEqual(['INT', 'DOUBLE', 'BIGINT', 'DECIMAL(38,0)', 'STRING']);
  });

  it('that were not given are named', () => {
    expect(() => bind('$a', { b: 1 })).toThrow(
      'The statement has a parameter a, which was not given.',
    );
    expect(() => bind('?', { a: 1 })).toThrow('by position');
  });

  it('are named, each once, whichever way they are written', () => {
    expect(parameterNames("select $city, :n, '$no', $city -- ?")).toEqual(['city', 'n']);
    expect(parameterNames('select ?, ?')).toEqual(['1', '2']);
  });

  it('by position may come under the names of their positions', () => {
    expect(bind('select ?, ?', { 2: 'b', 1: 'a' }).parameters).toEqual([
      { type: 'STRING', value: { stringValue: 'a' } },
      { type: 'STRING', value: { stringValue: 'b' } },
    ]);
  });
});

describe('of others, only queries run', () => {
  const refusing = (sql: string) => () => refuseAllButOneQuery(splitStatements(sql));

  it.each(['select 1', ' ( with a as (select 1) select * from a );', 'show tables', 'describe t'])(
    '%j runs',
    (sql) => {
      expect(refusing(sql)).not.toThrow();
    },
  );

  it.each([
    ['insert into t values (1)', 'this is an INSERT'],
    ['-- select\ndrop table t', 'this is a DROP'],
    ['with a as (select 1) insert into t select * from a', 'this is a write'],
    ['set a = b', 'this is a SET'],
    ['use other', 'this is a USE'],
    ['optimize t', 'this is an OPTIMIZE'],
    ['from s --\r insert into t select *', 'this is a write'],
    ['with a as (select 1) /* /*+ */ insert into t select 1 -- */', 'this is a write'],
    ['select 1; select 2', 'The SQL has 2 statements'],
    ['select 1; drop table t', 'The SQL has 2 statements'],
  ])('%j does not', (sql, message) => {
    expect(refusing(sql)).toThrow(message);
  });
});

describe('a statement may be sent a second time', () => {
  it.each([
    ['select 1', 'read'],
    ['-- c\n ( with x as (select 1) select * from x )', 'read'],
    ["select 'insert'", 'read'],
    ['SHOW TABLES IN a', 'read'],
    ['describe table a', 'read'],
    ['create or replace table a as select 1', 'same-end'],
    ['CREATE SCHEMA IF NOT EXISTS a', 'same-end'],
    ['create or replace view a as select 1', 'same-end'],
    ['drop table if exists a', 'same-end'],
    ['comment on table a is "x"', 'same-end'],
    ['create table a as select 1', 'no'],
    ['create table `if not exists` as select 1', 'no'],
    ['drop table a', 'no'],
    ['insert into a values (1)', 'no'],
    ['with x as (select 1) insert into a select * from x', 'no'],
    ['from x insert into a select *', 'no'],
    ['merge into a using b on true when matched then delete', 'no'],
    ['update a set b = b + 1', 'no'],
    ['delete from a', 'no'],
    ['alter table a add column b int', 'no'],
    ['ALTER VIEW `a b`.`v` AS\nSELECT 1', 'same-end'],
    ['alter view v set tblproperties (a = 1)', 'no'],
    ['truncate table a', 'no'],
    ['optimize a', 'no'],
    ['', 'no'],
  ])('%j: %s', (sql, answer) => {
    expect(repeatable(sql)).toBe(answer);
  });
});

it('a session that a statement changed is known', () => {
  for (const sql of [
    'use a',
    '/* x */ SET ansi_mode = false',
    'create temporary view a as select 1',
  ]) {
    expect(changesSession(sql)).toBe(true);
  }
  for (const sql of ['select 1', 'create table temp as select 1', "select 'use a'"]) {
    expect(changesSession(sql)).toBe(false);
  }
});

it('names and texts are quoted as Databricks reads them', () => {
  expect(dialect.renderRelation({ database: 'a', schema: 'b`c', identifier: 'D.e' })).toBe(
    '`a`.`b``c`.`D.e`',
  );
  expect(dialect.quoteLiteral("it's \\ x")).toBe("'it\\'s \\\\ x'");
  expect(() => dialect.quoteLiteral('\0')).toThrow('NUL');
});

it('query tags keep what separates them apart', () => {
  expect(queryTags({ run: 'a:b,c\\d', node: 'model.x' })).toBe('run:a\\:b\\,c\\\\d,node:model.x');
});
