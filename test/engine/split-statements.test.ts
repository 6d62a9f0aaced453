import { expect, test } from 'vitest';
import { splitStatements } from '../../src/engine/duckdb/split-statements.js';

test.each<[string, string[]]>([
  ['SELECT 1', ['SELECT 1']],
  ['SELECT 1;', ['SELECT 1']],
  ['a;b', ['a', '  b']],
  ['a;\nb;\n  c', ['a', '  \nb', '\n  \n  c']],
  [';;', []],
  ['', []],
  ['-- a;\n', []],
  ["SELECT ';'; SELECT ''';'", ["SELECT ';'", "            SELECT ''';'"]],
  ['SELECT "a;""b"', ['SELECT "a;""b"']],
  ['SELECT 1 /* a; /* b; */ c; */ + 1', ['SELECT 1 /* a; /* b; */ c; */ + 1']],
  ['SELECT $$ ; $$', ['SELECT $$ ; $$']],
  ['SELECT $body$ ; $$ ; $body$', ['SELECT $body$ ; $$ ; $body$']],
  ['SELECT $1; SELECT $2', ['SELECT $1', '           SELECT $2']],
  ["SELECT E'\\';'", ["SELECT E'\\';'"]],
  ["SELECT name'\\'; x", ["SELECT name'\\'", '                x']],
  ["SELECT 'open ; to the end", ["SELECT 'open ; to the end"]],
])('%j', (sql, pieces) => {
  expect(splitStatements(sql)).toEqual(pieces);
});

test('Each piece lies where it lay in the whole', () => {
  const sql = 'SELECT 1; -- one\n\n   SELECT 2;SELECT 3';
  for (const [i, piece] of splitStatements(sql).entries()) {
    const statement = `SELECT ${i + 1}`;
    const lines = sql.split('\n');
    const line = piece.split('\n').findIndex((l) => l.includes(statement));
    expect(piece.split('\n')[line]?.indexOf(statement)).toBe(lines[line]?.indexOf(statement));
  }
});
