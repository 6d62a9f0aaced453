/** Templates of all kinds, sound and broken. */
import fc from 'fast-check';

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
/** A statement with expressions whose syntax is right. */
export const statement = fc.oneof(
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
/** A part of a template that need not fit its neighbours. */
export const piece = fc.oneof(
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
export const rough = fc.array(piece, { maxLength: 14 }).map((parts) => parts.join(''));
