import { expect, test } from 'vitest';
import { piecesOf } from '../../../src/docs/page/site/model/sql-tokens.js';

const kindsOf = (sql: string): string[] =>
  piecesOf(sql).map(({ kind, text }) => `${kind ?? '-'} ${text}`);

test('SQL and the Jinja in it are told apart', () => {
  const kinds = kindsOf("select a from {{ ref('b') }} {# note #} where c = 'd'");
  expect(kinds).toContain('keyword select');
  expect(kinds).toContain('jinja function ref');
  expect(kinds).toContain("jinja string 'b'");
  expect(kinds).toContain('jinja-comment comment {# note #}');
  expect(kinds).toContain("string 'd'");
});

test.each([
  'select \'{{ a }}\' as "b"',
  '{% if x %}\n-- y {{ z\n{% endif %}',
  '{{ open',
  '',
  '<b>&amp;',
])('No letter is lost of %s', (sql) => {
  expect(
    piecesOf(sql)
      .map(({ text }) => text)
      .join(''),
  ).toBe(sql);
});
