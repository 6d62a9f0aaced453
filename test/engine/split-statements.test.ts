import { expect, test } from 'vitest';
import { splitStatements } from '../../src/engine/duckdb/split-statements.js';

test.each<[string, string[]]>([
  ['SELECT 1', ['SELECT 1']],
  ['SELECT 1;', ['SELECT 1']],
  ['a;b', ['a', 'b']],
  ['a;\nb;\n  c', ['a', '\nb', '\n  c']],
  [';;', []],
  ['', []],
  ['-- a;\n', []],
  ["SELECT ';'; SELECT ''';'", ["SELECT ';'", " SELECT ''';'"]],
  ['SELECT "a;""b"', ['SELECT "a;""b"']],
  ['SELECT 1 /* a; /* b; */ c; */ + 1', ['SELECT 1 /* a; /* b; */ c; */ + 1']],
  ['SELECT $$ ; $$', ['SELECT $$ ; $$']],
  ['SELECT $body$ ; $$ ; $body$', ['SELECT $body$ ; $$ ; $body$']],
  ['SELECT $1; SELECT $2', ['SELECT $1', ' SELECT $2']],
  ["SELECT E'\\';'", ["SELECT E'\\';'"]],
  ["SELECT name'\\'; x", ["SELECT name'\\'", ' x']],
  ["SELECT 'open ; to the end", ["SELECT 'open ; to the end"]],
])('%j', (sql, pieces) => {
  expect(splitStatements(sql).map((s) => s.sql)).toEqual(pieces);
});

test('Each statement knows where it begins', () => {
  expect(splitStatements('a; -- one\n\n   b;c\n;d')).toEqual([
    { sql: 'a', line: 1, column: 1 },
    { sql: ' -- one\n\n   b', line: 1, column: 3 },
    { sql: 'c\n', line: 3, column: 6 },
    { sql: 'd', line: 4, column: 2 },
  ]);
});

test('A long script is cut in time that grows with its length', () => {
  const start = performance.now();

  expect(splitStatements("INSERT INTO t VALUES (1, 'a;b');\n".repeat(50_000))).toHaveLength(50_000);
  expect(performance.now() - start).toBeLessThan(3000);
});
