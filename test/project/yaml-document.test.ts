import { describe, expect, it } from 'vitest';
import { TechstoreError } from '../../src/errors.js';
import { parseYaml } from '../../src/project/yaml-document.js';

function failure(text: string): TechstoreError {
  try {
    parseYaml(text, 'models/shop.yml');
  } catch (error) {
    if (error instanceof TechstoreError) return error;
    throw error;
  }
  throw new Error('parseYaml accepted what it should refuse');
}

describe('scalars, as PyYAML reads them', () => {
  it.each([
    ['yes', true],
    ['Off', false],
    ['True', true],
    ['y', 'y'],
    ['~', null],
    ['', null],
    ['Null', null],
    ['12', 12],
    ['1_000', 1000],
    ['010', 8],
    ['0o10', '0o10'],
    ['0x1F', 31],
    ['0b101', 5],
    ['1:30', 90],
    ['-1:30', -90],
    ['1.5', 1.5],
    ['.5', 0.5],
    ['1e3', '1e3'],
    ['1.0e+3', 1000],
    ['.inf', Infinity],
    ['2025-06-30', '2025-06-30'],
    ['9007199254740993', 9007199254740993n],
    ['"yes"', 'yes'],
    ["'12'", '12'],
    ['08', '08'],
  ])('reads %s', (text, expected) => {
    expect(parseYaml(`key: ${text}\n`, 'a.yml').value).toEqual({ key: expected });
  });

  it('builds floats with the given maker, which also sees the text', () => {
    const document = parseYaml('rate: 1.0\ncount: 1', 'a.yml', {
      float: (value, text) => ({ value, text }),
    });
    expect(document.value).toEqual({ rate: { value: 1, text: '1.0' }, count: 1 });
  });

  it('keeps a key named __proto__ as a key', () => {
    const { value } = parseYaml('__proto__: 1', 'a.yml');
    expect(Object.keys(value as object)).toEqual(['__proto__']);
  });

  it('reads anchors, aliases and merged maps', () => {
    const text = 'base: &b {a: 1, b: 2}\nother:\n  <<: *b\n  b: 3\n';
    expect(parseYaml(text, 'a.yml').value).toEqual({ base: { a: 1, b: 2 }, other: { a: 1, b: 3 } });
  });

  it('gives null for an empty file', () => {
    expect(parseYaml('# nothing\n', 'a.yml').value).toBeNull();
  });
});

describe('places', () => {
  const text =
    'models:\n  - name: orders\n    columns:\n      - name: id\n    sql: |\n      select 1\n';
  const document = parseYaml(text, 'm.yml');

  it('gives the place of a value', () => {
    expect(document.placeOf(['models', 0, 'name'])).toEqual({ file: 'm.yml', line: 2, column: 11 });
  });
  it('gives the key for a list or a map', () => {
    expect(document.placeOf(['models', 0, 'columns'])).toEqual({
      file: 'm.yml',
      line: 3,
      column: 5,
    });
  });
  it('gives the entry for an item of a list', () => {
    expect(document.placeOf(['models', 0])).toEqual({ file: 'm.yml', line: 2, column: 5 });
  });
  it('falls back to the nearest ancestor', () => {
    expect(document.placeOf(['models', 0, 'description'])).toMatchObject({ line: 2, column: 5 });
  });
  it('gives the key itself', () => {
    expect(document.placeOfKey(['models', 0, 'name'])).toMatchObject({ line: 2, column: 5 });
  });
  it('knows that block text begins on the next line', () => {
    expect(document.lineOfText(['models', 0, 'sql'])).toBe(6);
    expect(document.lineOfText(['models', 0, 'name'])).toBe(2);
  });
});

describe('faults', () => {
  it('names a duplicate key', () => {
    const error = failure('models:\n  - name: a\n    name: b\n');
    expect(error.code).toBe('yaml');
    expect(error.message).toContain("The key 'name' appears twice");
    expect(error.place).toEqual({ file: 'models/shop.yml', line: 3, column: 5 });
    expect(error.hint).toMatch(/second/);
  });
  it('explains a tab', () => {
    const error = failure('models:\n\t- name: a\n');
    expect(error.place?.line).toBe(2);
    expect(error.hint).toMatch(/spaces/);
    expect(error.excerpt).toContain('2 |');
  });
  it('explains Jinja without quotes', () => {
    const error = failure('description: {{ doc("orders") }} of the shop\n');
    expect(error.hint).toMatch(/quotes/);
  });
  it('shows the line of an unclosed quote', () => {
    const error = failure('name: "orders\nversion: 2\n');
    expect(error.place?.line).toBeGreaterThan(0);
    expect(error.excerpt).toMatch(/\^/);
  });
  it('refuses an unknown alias', () => {
    expect(failure('a: *nothing\n').code).toBe('yaml');
  });
  it('refuses a bomb of aliases', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 8; i += 1) {
      lines.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    }
    expect(failure(lines.join('\n')).hint).toMatch(/alias/);
  });
  it.each([
    ['a list that holds itself', 'x: &x [*x]\n', /alias refers to a value that contains it/, 1],
    ['a map that holds itself', 'a: 1\nx: &x\n  y: {z: *x}\n', /alias refers to/, 3],
    ['a map merged into itself', 'x: &x {<<: *x}\n', /aliases|alias/, 1],
    ['the character NUL in a value', 'a: 1\nb: "x\\0y"\n', /character NUL/, 2],
    ['the character NUL in a key', 'a: {"x\\0y": 1}\n', /character NUL/, 1],
    ['what lies too deep', `a: ${'['.repeat(300)}${']'.repeat(300)}\n`, /200 levels deep/, 1],
    ['what lies deeper still', `a: ${'['.repeat(5000)}${']'.repeat(5000)}\n`, /too deep/, 1],
  ])('refuses %s', (_, text, message, line) => {
    const error = failure(text);
    expect(error.message).toMatch(message);
    expect(error.place?.line).toBe(line);
  });
  it('reads what two aliases stand for twice', () => {
    expect(parseYaml('x: &x [1]\ny: [*x, *x]\n', 'a.yml').value).toEqual({ x: [1], y: [[1], [1]] });
  });
  it('refuses several documents in one file', () => {
    expect(failure('a: 1\n---\nb: 2\n').code).toBe('yaml');
  });
});
