import { describe, expect, it } from 'vitest';
import {
  evaluateExpression,
  parseTemplate,
  renderNative,
  runSync,
  toHost,
  type Globals,
} from '../../src/jinja/index.js';
import { errorOf } from './support.js';

function native(source: string, globals: Globals = {}): unknown {
  const template = parseTemplate(source, { file: 'a.yml', firstLine: 3, firstColumn: 7 });
  return toHost(runSync(renderNative(template, globals)));
}

describe('a value of YAML', () => {
  it.each([
    ['{{ 1 }}', 1],
    ["{{ 'x' }}", 'x'],
    ["{{ '1' }}", '1'],
    ['{{ [1, none] }}', [1, null]],
    ['{{ true }}', true],
    ['{{ 1 }}{{ 2 }}', '12'],
    ['a{{ 1 }}', 'a1'],
    ['{{ 1 }} ', '1 '],
    ['plain', 'plain'],
    ['', ''],
    ['{% if true %}{{ 5 }}{% endif %}', 5],
    ["{{ 'true' | as_bool }}", true],
    ["{{ 'False' | as_bool }}", false],
    ["{{ '5' | as_number }}", 5],
    ["{{ '-5.5' | as_number }}", -5.5],
    ["{{ '[1, 2]' | as_native }}", [1, 2]],
    ["{{ 'None' | as_native }}", null],
    ["{{ 'word' | as_native }}", 'word'],
    ["{{ 'true' | as_native }}", 'true'],
    ['{{ 5 | as_text }}', '5'],
  ])('%s keeps its type', (source, value) => {
    expect(native(source)).toEqual(value);
  });

  it('fails with its place in the file', () => {
    const error = errorOf(() => native("{{ 'x' | as_bool }}"));
    expect(error.message).toBe("Could not convert value 'x' into type 'bool'");
    expect(error.place).toEqual({ file: 'a.yml', line: 3, column: 16 });
    expect(errorOf(() => native("{{ 'x' | as_number }}")).message).toContain("type 'number'");
  });
});

describe('an expression alone', () => {
  const evaluate = (source: string, globals: Globals = {}): unknown =>
    toHost(runSync(evaluateExpression(source, globals, { file: 'a.yml' })));

  it('gives its value', () => {
    expect(evaluate('x + 1', { x: 2 })).toBe(3);
    expect(evaluate("[x, 'a']", { x: 2 })).toEqual([2, 'a']);
    expect(evaluate('1, 2')).toEqual([1, 2]);
  });

  it('fails with a place', () => {
    expect(errorOf(() => evaluate('x +')).place).toEqual({ file: 'a.yml', line: 1, column: 4 });
    expect(errorOf(() => evaluate('1 2')).message).toContain('the number 2');
    expect(errorOf(() => evaluate('x.y')).message).toBe("'x' is undefined");
  });
});
