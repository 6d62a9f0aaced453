import { describe, expect, it } from 'vitest';
import { TechstoreError } from '../../src/errors.js';
import {
  HostFunction,
  macrosOf,
  parseTemplate,
  renderSync,
  type Value,
} from '../../src/jinja/index.js';
import { errorOf, renderText } from './support.js';

describe('a fault of syntax', () => {
  it('has place, excerpt and caret', () => {
    const error = errorOf(() => renderText('select 1\nfrom {{ ref("a" }}\nwhere true'));
    expect(error.code).toBe('compilation');
    expect(error.place).toEqual({ file: 'models/a.sql', line: 2, column: 17 });
    expect(error.message).toBe("Unexpected '}', expected ')'");
    expect(error.excerpt).toBe(
      ['1 | select 1', '2 | from {{ ref("a" }}', '  |                 ^', '3 | where true'].join(
        '\n',
      ),
    );
  });

  it('counts from the first line and column it is told', () => {
    const error = errorOf(() =>
      parseTemplate('{{ 1 + }}', { file: 'models/a.yml', firstLine: 12, firstColumn: 9 }),
    );
    expect(error.place).toEqual({ file: 'models/a.yml', line: 12, column: 16 });
    expect(error.excerpt).toContain('12 | {{ 1 + }}');
  });

  it('counts columns of the second line from 1 again', () => {
    const error = errorOf(() =>
      parseTemplate('a\n{{ 1 + }}', { file: 'a.yml', firstLine: 12, firstColumn: 9 }),
    );
    expect(error.place).toEqual({ file: 'a.yml', line: 13, column: 8 });
  });

  it.each([
    ['{% iff x %}', "Unknown tag 'iff'", "Did you mean 'if'?"],
    [
      '{% materialisation x, default %}',
      "Unknown tag 'materialisation'",
      "Did you mean 'materialization'?",
    ],
    ['{% extends "a" %}', "The tag 'extends' is not supported", /Use macros/],
    ['{% block a %}{% endblock %}', "The tag 'block' is not supported", /Use macros/],
    [
      '{% if a %}{% endfor %}',
      "Unexpected tag 'endfor'",
      "The innermost open block is 'if' of line 1.",
    ],
    ['{% endif %}', "Unexpected tag 'endif'", 'No block is open here.'],
    ['a\n{% if a %}', "The tag 'if' is not closed: '{% endif %}' is missing", undefined],
    ['{% macro m() %}', "The tag 'macro' is not closed: '{% endmacro %}' is missing", undefined],
    ['{# a', "This comment is not closed: '#}' is missing", undefined],
    ['{{ 1', "This tag is not closed: '}}' is missing", undefined],
    ["{{ 'a }}", 'This string has no closing quote', undefined],
    ['{{ a ! b }}', "Unexpected character '!'", undefined],
    ['{{ foo( }}', "Unexpected '}', expected ')'", undefined],
    ['{{ 1 2 }}', "Expected '}}', got the number 2", undefined],
    ['{% set x 1 %}', "Expected '%}', got the number 1", undefined],
  ])('%s says what is wrong', (source, message, hint) => {
    const error = errorOf(() => renderText(source));
    expect(error.message).toBe(message);
    if (hint instanceof RegExp) expect(error.hint).toMatch(hint);
    else expect(error.hint).toBe(hint);
  });
});

describe('a fault while rendering', () => {
  it.each([
    ['{{ nme }}', "'nme' is undefined", "Did you mean 'name'?"],
    ["{{ 'a' ~ nme }}", "'nme' is undefined", "Did you mean 'name'?"],
    ['{{ nme() }}', "'nme' is undefined", "Did you mean 'name'?"],
    ['{% for x in nme %}{% endfor %}', "'nme' is undefined", "Did you mean 'name'?"],
    ['{{ [nme] }}', "'nme' is undefined", "Did you mean 'name'?"],
    ['{{ nme | upper }}', "'nme' is undefined", "Did you mean 'name'?"],
    ['{{ name.uper() }}', "'str object' has no attribute 'uper'", "Did you mean 'upper'?"],
    ["{{ {'key': 1}.kez }}", "'dict object' has no attribute 'kez'", "Did you mean 'key'?"],
    ['{{ name | uper }}', "No filter named 'uper'", "Did you mean 'upper'?"],
    ['{{ name is defned }}', "No test named 'defned'", "Did you mean 'defined'?"],
    [
      '{{ name + 1 }}',
      "unsupported operand types for +: 'str' and 'int'",
      "Use '~' to join values as text.",
    ],
    ['{{ return(1) }}', 'return() is outside a macro', undefined],
    [
      "{% include 'x' %}",
      'Other templates cannot be included or imported here',
      /Macros of the project/,
    ],
  ])('%s says what is wrong', (source, message, hint) => {
    const error = errorOf(() => renderText(`\n  ${source}`, { name: 'x' }));
    expect(error.code).toBe('compilation');
    expect(error.message).toBe(message);
    if (hint instanceof RegExp) expect(error.hint).toMatch(hint);
    else expect(error.hint).toBe(hint);
    expect(error.place?.line).toBe(2);
    expect(error.excerpt).toContain('^');
  });

  it('takes the names for its hint from the host where globals are a function', () => {
    const error = errorOf(() =>
      renderText('{{ rif }}', () => undefined, { names: () => ['ref', 'source'] }),
    );
    expect(error.hint).toBe("Did you mean 'ref'?");
  });

  it('lets undefined values be tested, defaulted and compared', () => {
    const source =
      "{{ x is defined }}{{ x | default('d') }}{{ 'a' if x else 'b' }}{{ x == 1 }}{{ 1 if x }}|";
    expect(renderText(source)).toBe('FalsedbFalse|');
  });

  it('chains undefined values where asked to', () => {
    expect(renderText("[{{ x.y.z['a'] }}]", {}, { undefined: 'chainable' })).toBe('[]');
    expect(errorOf(() => renderText('{{ x.y() }}', {}, { undefined: 'chainable' })).message).toBe(
      "'x' is undefined",
    );
  });

  it('names the macros on the way, innermost first', () => {
    const library = parseTemplate(
      '{% macro inner(x) %}\n\n{{ x + "a" }}{% endmacro %}\n{% macro outer(x) %}\n{{ inner(x) }}\n{% endmacro %}',
      { file: 'macros/lib.sql' },
    );
    const model = parseTemplate('select\n  {{ outer(1) }}', { file: 'models/a.sql' });
    const error = errorOf(() => renderSync(model, macrosOf(library)));
    expect(error.place).toEqual({ file: 'macros/lib.sql', line: 3, column: 6 });
    expect(error.stackOfCalls).toEqual([
      'macro inner (macros/lib.sql:3)',
      'macro outer (macros/lib.sql:5)',
      'models/a.sql:2',
    ]);
  });

  it('keeps the place of the call after a macro came back', () => {
    const error = errorOf(() =>
      renderText('{% macro m() %}x{% endmacro %}\n{{ m() }}\n{{ m() + 1 }}'),
    );
    expect(error.place?.line).toBe(3);
    expect(error.stackOfCalls).toEqual([]);
  });
});

describe('an error thrown by the host', () => {
  const call = (run: () => Value): Map<string, Value> =>
    new Map([['fail', new HostFunction('fail', run)]]);

  it('gets the place of the call when it has none, and keeps its code', () => {
    const error = errorOf(() =>
      renderText(
        'a\n{{ fail() }}',
        call(() => {
          throw new TechstoreError('database', 'no such table', { hint: 'Build it.', exitCode: 1 });
        }),
      ),
    );
    expect(error).toMatchObject({
      code: 'database',
      message: 'no such table',
      hint: 'Build it.',
      exitCode: 1,
      place: { file: 'models/a.sql', line: 2, column: 4 },
    });
    expect(error.excerpt).toContain('{{ fail() }}');
  });

  it('keeps a place it has', () => {
    const place = { file: 'x.yml', line: 7 };
    const error = errorOf(() =>
      renderText(
        '{{ fail() }}',
        call(() => {
          throw new TechstoreError('yaml', 'bad', { place });
        }),
      ),
    );
    expect(error.place).toEqual(place);
  });

  it('passes through as it is when it is of another class', () => {
    const mistake = new TypeError('a defect');
    const globals = call(() => {
      throw mistake;
    });
    expect(() => renderText('{% macro m() %}{{ fail() }}{% endmacro %}{{ m() }}', globals)).toThrow(
      mistake,
    );
  });

  it('gets the stack of macros too', () => {
    const globals = call(() => {
      throw new TechstoreError('compilation', 'raised');
    });
    const error = errorOf(() =>
      renderText('{% macro m() %}\n{{ fail() }}{% endmacro %}\n{{ m() }}', globals),
    );
    expect(error.place?.line).toBe(2);
    expect(error.stackOfCalls).toEqual(['macro m (models/a.sql:2)', 'models/a.sql:3']);
  });
});
