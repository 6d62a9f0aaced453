/** Whatever a template says, it is rendered or refused with an error for people, and soon. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TechstoreError } from '../../src/errors.js';
import {
  Decimal,
  fromHost,
  parseTemplate,
  renderSync,
  type UndefinedMode,
  type Value,
} from '../../src/jinja/index.js';

/** Many more inputs than the suite has time for: TECHSTORE_FUZZ=100000. */
const numRuns = Number(process.env['TECHSTORE_FUZZ'] ?? 2000);
const long = Math.max(60_000, numRuns * 20);

const names = [
  ...['x', 'nobody', 'loop', 'self', 'd', 'n', 'none', 'true', 'range', 'dict', 'namespace'],
  ...['cycler', 'joiner', 'caller', 'varargs', 'kwargs', '__proto__', 'constructor', 'toString'],
  ...['hasOwnProperty', '__class__', '__globals__', 'prototype', 'return'],
];
const filters = [
  ...['abs', 'attr', 'batch', 'capitalize', 'center', 'default', 'dictsort', 'escape', 'first'],
  ...['filesizeformat', 'float', 'format', 'groupby', 'indent', 'int', 'items', 'join', 'last'],
  ...['length', 'list', 'lower', 'map', 'max', 'min', 'pprint', 'reject', 'replace', 'reverse'],
  ...['round', 'select', 'selectattr', 'slice', 'sort', 'string', 'striptags', 'sum', 'title'],
  ...['tojson', 'trim', 'truncate', 'unique', 'upper', 'urlencode', 'wordcount', 'wordwrap'],
  ...['as_bool', 'as_number', 'constructor', '__proto__'],
];
const literal = fc.oneof(
  fc.constantFrom(
    ...[
      "''",
      "'a'",
      '"\\n"',
      '"\\ud800"',
      '0',
      '1',
      '-1',
      '1.5',
      '1e308',
      '99999999999999999999',
      '-99999999999999999999',
    ],
    ...[
      '[]',
      '{}',
      '()',
      '(1,)',
      "{'a': 1}",
      "{'__proto__': 1}",
      "[[1], 'b', none]",
      'none',
      'true',
    ],
    ...["'x' * 1000", 'range(10)', 'amount', "'%s'", "'{0.a}'", "'é😀\\u0000'"],
  ),
  fc.constantFrom(...names),
);
const call = fc.oneof(
  fc.constant(''),
  fc.array(literal, { maxLength: 3 }).map((args) => `(${args.join(', ')})`),
  literal.map((value) => `(attribute=${value})`),
);
const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    literal,
    fc
      .tuple(tie('expression'), fc.constantFrom(...filters), call)
      .map(([e, filter, args]) => `(${e}) | ${filter}${args}`),
    fc
      .tuple(tie('expression'), fc.constantFrom(...names), call)
      .map(([e, n, c]) => `(${e}).${n}${c}`),
    fc
      .tuple(
        tie('expression'),
        fc.constantFrom(
          'format',
          'split',
          'join',
          'replace',
          'items',
          'append',
          'update',
          'get',
          'zfill',
        ),
        call,
      )
      .map(([e, method, c]) => `(${e}).${method}${c === '' ? '()' : c}`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `(${a})[${b}]`),
    fc
      .tuple(
        tie('expression'),
        fc.constantFrom(
          ...[
            '+',
            '-',
            '*',
            '/',
            '//',
            '%',
            '~',
            '==',
            '<',
            'in',
            'not in',
            'and',
            'or',
            'is',
            'if',
          ],
        ),
        tie('expression'),
      )
      .map(([a, operator, b]) => `(${a}) ${operator} (${b})`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `(${a})[${b}:${b}]`),
    tie('expression').map((e) => `[${e}, {'k': ${e}}]`),
  ),
}));
const statement = fc.oneof(
  expression.map((e) => `{{ ${e} }}`),
  expression.map((e) => `{% set x = ${e} %}{{ x }}`),
  fc
    .tuple(expression, expression)
    .map(([a, b]) => `{% for i in ${a} %}{{ ${b} }}{% else %}-{% endfor %}`),
  fc.tuple(expression, expression).map(([a, b]) => `{% if ${a} %}{{ ${b} }}{% endif %}`),
  fc
    .tuple(expression, expression)
    .map(([a, b]) => `{% macro m(a=${a}) %}{{ ${b} }}{% endmacro %}{{ m() }}`),
  expression.map((e) => `{% call(y) m(${e}) %}{{ y }}{% endcall %}`),
  expression.map((e) => `{% filter upper %}{{ ${e} }}{% endfilter %}`),
  expression.map((e) => `{% do ${e} %}`),
);
const piece = fc.oneof(
  fc.constantFrom(
    ...[
      '{{',
      '}}',
      '{%',
      '%}',
      '{#',
      '#}',
      '{%-',
      '-%}',
      '{{-',
      '-}}',
      '{% raw %}',
      '{% endraw %}',
    ],
    ...[
      'if',
      'for',
      'in',
      'set',
      'macro',
      'endif',
      'endfor',
      'endmacro',
      'else',
      'call',
      'do',
      'test',
    ],
    ...[
      "'",
      '"',
      '\\',
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      '|',
      '.',
      ',',
      ':',
      '=',
      '~',
      '*',
      '-',
      '\0',
      '\n',
    ],
    ...[
      '1_0',
      '0x',
      '1e',
      '.5',
      '\ud800',
      '😀',
      ' ',
      'docs',
      'materialization',
      'snapshot',
      'endset',
    ],
  ),
  fc.string({ maxLength: 4, unit: 'binary' }),
  fc.constantFrom(...names),
);
const rough = fc.array(piece, { maxLength: 14 }).map((parts) => parts.join(''));

const globals = new Map<string, Value>([
  ['amount', Decimal.parse('5.50') ?? null],
  ['d', fromHost({ a: 1, constructor: 2 })],
  ['n', 3],
]);

/** Small limits make what has no end come to one soon; the ordinary ones are tested elsewhere. */
const limits = { steps: 200_000, textLength: 200_000, listLength: 50_000, memory: 4_000_000 };

function survives(template: string, mode: UndefinedMode): void {
  const start = performance.now();
  try {
    renderSync(parseTemplate(template, { file: 'models/a.sql' }), globals, {
      undefined: mode,
      limits,
    });
  } catch (error) {
    expect(error, template).toBeInstanceOf(TechstoreError);
    expect((error as TechstoreError).message, template).not.toMatch(/defect|undefined \(reading/);
    expect((error as TechstoreError).place?.file, template).toBe('models/a.sql');
  }
  expect(performance.now() - start, template).toBeLessThan(5000);
}

const modes = fc.constantFrom<UndefinedMode>('strict', 'python', 'chainable', 'parsing');

describe('any template is answered', () => {
  it('of whole statements', { timeout: long }, () => {
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 3 }), modes, (parts, mode) => {
        survives(parts.join(' '), mode);
      }),
      { numRuns },
    );
  });

  it('of pieces that need not fit', { timeout: long }, () => {
    fc.assert(fc.property(rough, modes, survives), { numRuns });
  });

  it('of statements with pieces cut out and put in', { timeout: long }, () => {
    fc.assert(
      fc.property(statement, piece, fc.nat(200), fc.nat(4), modes, (text, put, at, cut, mode) => {
        survives(text.slice(0, at) + put + text.slice(at + cut), mode);
      }),
      { numRuns },
    );
  });
});
