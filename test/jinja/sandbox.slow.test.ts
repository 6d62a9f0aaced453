import { describe, expect, it } from 'vitest';
import {
  HostFunction,
  HostObject,
  macrosOf,
  parseTemplate,
  type Value,
} from '../../src/jinja/index.js';
import { errorOf, renderText } from './support.js';

class Plain extends HostObject {
  readonly typeName = 'Plain';
  readonly secret = 'secret';

  override toText(): string {
    return 'plain';
  }

  override getAttribute(name: string): Value | undefined {
    return name === 'open' ? 'seen' : undefined;
  }
}

describe('a template reaches nothing of JavaScript', () => {
  const names = [
    'constructor',
    'prototype',
    '__proto__',
    'toString',
    'valueOf',
    'hasOwnProperty',
    'secret',
    'call',
    'toText',
    'typeName',
    'size',
  ];
  const holders = [
    "'a'",
    '[1]',
    "{'a': 1}",
    '(1,)',
    '1',
    '1.5',
    'none',
    'obj',
    'fn',
    'm',
    'range',
    'range(3)',
    'namespace(a=1)',
    "[1] | map('string')",
    "{'a': 1}.items()",
    'cycler(1)',
  ];
  const globals = new Map<string, Value>([
    ['obj', new Plain()],
    ['fn', new HostFunction('fn', () => 1)],
    ...macrosOf(parseTemplate('{% macro m() %}{% endmacro %}', { file: 'm.sql' })),
  ]);

  for (const holder of holders) {
    it(`through ${holder}`, () => {
      for (const name of names) {
        const source = `{{ (${holder}).${name} is defined }}{{ (${holder})['${name}'] is defined }}`;
        expect(renderText(source, globals), `${holder}.${name}`).toBe('FalseFalse');
      }
    });
  }

  it('through the loop, a filter or a format', () => {
    expect(renderText('{% for x in [1] %}{{ loop.constructor is defined }}{% endfor %}')).toBe(
      'False',
    );
    expect(errorOf(() => renderText("{{ '{0.constructor}'.format('a') }}")).code).toBe(
      'compilation',
    );
    expect(errorOf(() => renderText("{{ '{0.secret}'.format(obj) }}", globals)).code).toBe(
      'compilation',
    );
    expect(
      errorOf(() => renderText("{{ ['a'] | map(attribute='constructor') | join }}")).code,
    ).toBe('compilation');
    expect(errorOf(() => renderText("{{ 'a' | attr('constructor') }}")).code).toBe('compilation');
  });

  it('through names of globals in a record', () => {
    for (const name of ['constructor', '__proto__', 'toString']) {
      expect(renderText(`{{ ${name} is defined }}`, {})).toBe('False');
    }
  });

  it('through names of filters, tests and operators', () => {
    for (const name of ['constructor', '__proto__', 'toString']) {
      expect(errorOf(() => renderText(`{{ 1 | ${name} }}`)).message).toContain('No filter named');
      expect(errorOf(() => renderText(`{{ 1 is ${name} }}`)).message).toContain('No test named');
      expect(errorOf(() => renderText(`{{ 1 ${name} 2 }}`)).code).toBe('compilation');
    }
  });

  it('but sees what the object shows', () => {
    expect(renderText('{{ obj }}{{ obj.open }}{{ obj["open"] }}', globals)).toBe('plainseenseen');
  });

  it('and a key named __proto__ is a key', () => {
    expect(renderText("{% set d = {'__proto__': 1} %}{{ d['__proto__'] }}{{ d }}")).toBe(
      "1{'__proto__': 1}",
    );
  });
});

describe('a template cannot run for ever or eat the memory', () => {
  it.each([
    [
      'nested loops',
      '{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}',
    ],
    ['a macro that calls itself', '{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}'],
    [
      'macros that call each other',
      '{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}',
    ],
    [
      'a macro with deep blocks that calls itself',
      '{% macro m() %}{% if true %}{% for i in [1] %}{% with %}{{ [[m() ~ 1] | first, 2] | first }}{% endwith %}{% endfor %}{% endif %}{% endmacro %}{{ m() }}',
    ],
    [
      'a recursive loop without an end',
      '{% set l = [] %}{% do l.append(l) %}{% for x in l recursive %}{{ loop(x) }}{% endfor %}',
    ],
    [
      'a doubled text',
      "{% set ns = namespace(s='x') %}{% for i in range(100) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
    ],
    [
      'a doubled text by plus',
      "{% set ns = namespace(s='x') %}{% for i in range(100) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
    ],
    [
      'a doubled list',
      '{% set ns = namespace(l=[1]) %}{% for i in range(100) %}{% set ns.l = ns.l + ns.l %}{% endfor %}',
    ],
    [
      'an extended list',
      '{% set l = [1] %}{% for i in range(100) %}{% do l.extend(l) %}{% endfor %}',
    ],
    [
      'nested lists that print',
      '{% set ns = namespace(l=[1]) %}{% for i in range(60) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l }}',
    ],
    [
      'nested lists that are compared',
      '{% set a = namespace(l=[1]) %}{% set b = namespace(l=[1]) %}{% for i in range(60) %}{% set a.l = [a.l, a.l] %}{% set b.l = [b.l, b.l] %}{% endfor %}{{ a.l == b.l }}',
    ],
    [
      'nested lists as JSON',
      '{% set ns = namespace(l=[1]) %}{% for i in range(60) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l | tojson }}',
    ],
    [
      'nested tuples as a key',
      '{% set ns = namespace(l=(1,)) %}{% for i in range(60) %}{% set ns.l = (ns.l, ns.l) %}{% endfor %}{{ {ns.l: 1} }}',
    ],
    ['a repeated text', "{{ 'x' * 10000000000 }}"],
    ['a repeated text, turned', "{{ 10 ** 30 * 'x' }}"],
    ['a repeated list', '{{ [1] * 10000000000 }}'],
    [
      'a repeated list of lists',
      '{% set l = [] %}{% for i in range(100000) %}{% do l.append([0] * 1000000) %}{% endfor %}',
    ],
    ['a wide text', "{{ 'x'.ljust(10000000000) }}"],
    ['a wide filter', "{{ 'x' | center(10000000000) }}"],
    ['a wide indent', "{{ 'x' | indent(10000000000) }}"],
    ['a wide percent format', "{{ '%10000000000d' % 1 }}"],
    ['a precise percent format', "{{ '%.10000000000f' % 1.5 }}"],
    ['a wide format', "{{ '{:10000000000}'.format(1) }}"],
    ['zeros', "{{ '1'.zfill(10000000000) }}"],
    ['tabs', "{{ '\\t'.expandtabs(10000000000) }}"],
    ['a large power', '{{ 10 ** 1000000 }}'],
    ['a large power of a power', '{{ (2 ** 60000) ** 60000 }}'],
    [
      'large products',
      '{% set ns = namespace(n=2 ** 60000) %}{% for i in range(100) %}{% set ns.n = ns.n * ns.n %}{% endfor %}',
    ],
    ['a large range', '{{ range(10000000000) }}'],
    ['a large slice filter', '{{ [1] | slice(10000000000) | list }}'],
    ['a large batch', "{{ [1] | batch(10000000000, 'x') | list }}"],
    [
      'a replaced text',
      "{% set ns = namespace(s='x') %}{% for i in range(100) %}{% set ns.s = ns.s.replace('x', 'xx') %}{% endfor %}",
    ],
    [
      'a joined text',
      "{% set ns = namespace(s='x') %}{% for i in range(100) %}{% set ns.s = ns.s.join(['a', 'b', 'c']) %}{% endfor %}",
    ],
    [
      'much output',
      "{% for i in range(100000) %}{% for j in range(100000) %}{{ 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' }}{% endfor %}{% endfor %}",
    ],
    [
      'much kept output',
      '{% set l = [] %}{% for i in range(100000) %}{% set t %}{% for j in range(90000) %}xxxxxxxxxxxxxxxxxxxxxx{% endfor %}{% endset %}{% do l.append(t) %}{% endfor %}',
    ],
    [
      'sorting again and again',
      '{% set l = range(100000) | list %}{% for i in range(100000) %}{% set x = l | sort %}{% endfor %}',
    ],
    [
      'walking again and again',
      '{% set l = range(100000) | list %}{% for i in range(100000) %}{% set x = 1 in l | select %}{% endfor %}',
    ],
    [
      'searching again and again',
      '{% set l = range(100000) | list %}{% for i in range(100000) %}{% set x = -1 in l %}{% endfor %}',
    ],
    [
      'counting again and again',
      "{% set s = 'x' * 1000000 %}{% for i in range(100000) %}{% set x = s.count('x') %}{% endfor %}",
    ],
    [
      'turning case again and again',
      "{% set s = 'x' * 1000000 %}{% for i in range(100000) %}{% set x = s.upper() %}{% endfor %}",
    ],
    [
      'dicts that grow',
      '{% set d = {} %}{% for i in range(100000) %}{% for j in range(100000) %}{% do d.update({i * 100000 + j: 1}) %}{% endfor %}{% endfor %}',
    ],
  ])(
    'by %s',
    (_name, source) => {
      const error = errorOf(() => renderText(source));
      expect(error.code).toBe('compilation');
      expect(error.place?.file).toBe('models/a.sql');
    },
    // Without the limits these would take hours; a busy machine needs half a minute.
    120_000,
  );

  it.each([
    ['brackets', `{{ ${'('.repeat(5000)}1${')'.repeat(5000)} }}`],
    ['lists', `{{ ${'['.repeat(5000)}${']'.repeat(5000)} }}`],
    ['signs', `{{ ${'-'.repeat(5000)}1 }}`],
    ['nots', `{{ ${'not '.repeat(5000)}1 }}`],
    ['sums', `{{ 1${' + 1'.repeat(50000)} }}`],
    ['filters', `{{ 'a'${' | upper'.repeat(50000)} }}`],
    ['attributes', `{{ a${'.b'.repeat(50000)} }}`],
    ['powers', `{{ 1${' ** 1'.repeat(50000)} }}`],
    ['conditions', `{{ 1${' if 1 else 1'.repeat(5000)} }}`],
    ['ifs', `${'{% if 1 %}'.repeat(5000)}${'{% endif %}'.repeat(5000)}`],
    ['targets', `{% set ${'('.repeat(5000)}a${')'.repeat(5000)} = 1 %}`],
  ])('by a source with many nested %s', (_name, source) => {
    expect(errorOf(() => renderText(source)).code).toBe('compilation');
  });

  it('also in a literal that holds a call', () => {
    const globals = { call: new HostFunction('call', ([value]) => value ?? null) };
    // A tuple's place is that of its first element.
    const literals = [
      ["{'a': call(1), 'b': 2, 'c': 3}", 10],
      ['[call(1), 2, 3]', 10],
      ['(1, call(2), 3)', 11],
    ] as const;
    for (const [literal, column] of literals) {
      const error = errorOf(() =>
        renderText(`{{ 'x' ~ ${literal} }}`, globals, { limits: { listLength: 2 } }),
      );
      expect(error.message).toBe('A list of 3 elements is longer than the limit of 2');
      expect(error.place?.column).toBe(column);
    }
  });

  it('and the limits can be set', () => {
    const limits = { steps: 100 };
    expect(renderText('{% for i in range(5) %}{{ i }}{% endfor %}', {}, { limits })).toBe('01234');
    const error = errorOf(() =>
      renderText('{% for i in range(90) %}{{ i }}{% endfor %}', {}, { limits }),
    );
    expect(error.message).toBe('The template took more than 100 steps');
    expect(
      errorOf(() => renderText("{{ 'x' * 50 }}", {}, { limits: { textLength: 49 } })).message,
    ).toContain('49');
    expect(
      errorOf(() =>
        renderText(
          '{% macro m(n) %}{{ m(n - 1) if n }}{% endmacro %}{{ m(5) }}',
          {},
          { limits: { depth: 5 } },
        ),
      ).message,
    ).toContain('More than 5 macro calls');
  });

  it('but 150 macros may be open inside one another', () => {
    const source =
      '{% macro m(n) %}{% if n > 0 %}{% for i in [1] %}{{ m(n - 1) ~ 1 }}{% endfor %}{% endif %}{% endmacro %}{{ m(150) | length }}';
    expect(renderText(source)).toBe('150');
  });
});
