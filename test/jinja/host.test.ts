import { describe, expect, it } from 'vitest';
import {
  callMacro,
  Dict,
  Float,
  fromHost,
  HostFunction,
  HostObject,
  type HostResult,
  type Kwargs,
  type CallContext,
  macrosOf,
  Macro,
  parseTemplate,
  renderAsync,
  runAsync,
  runSync,
  toHost,
  toJson,
  toText,
  parseJson,
  Tuple,
  type Value,
} from '../../src/jinja/index.js';
import { errorOf, rejectionOf, renderText } from './support.js';

/** As the host would make it: a text with parts and methods. */
class Relation extends HostObject {
  readonly typeName = 'Relation';
  readonly #schema: string;
  readonly #identifier: string;

  constructor(schema: string, identifier: string) {
    super();
    this.#schema = schema;
    this.#identifier = identifier;
  }

  override toText(): string {
    return `"${this.#schema}"."${this.#identifier}"`;
  }

  override toRepr(): string {
    return `<Relation ${this.toText()}>`;
  }

  override getAttribute(name: string): Value | undefined {
    if (name === 'schema') return this.#schema;
    if (name === 'identifier') return this.#identifier;
    return name === 'database' ? null : undefined;
  }

  override callMethod(name: string, _args: readonly Value[], kwargs: Kwargs): Value | undefined {
    if (name !== 'include') return undefined;
    return kwargs.get('schema') === false ? `"${this.#identifier}"` : this.toText();
  }

  override equals(other: Value): boolean {
    return other instanceof Relation && other.toText() === this.toText();
  }

  override hashKey(): string {
    return this.toText();
  }
}

class Rows extends HostObject {
  readonly typeName = 'Table';
  readonly #rows: readonly Value[];

  constructor(rows: readonly Value[]) {
    super();
    this.#rows = rows;
  }

  override toText(): string {
    return '<Table>';
  }

  override length(): number {
    return this.#rows.length;
  }

  override iterate(): Iterable<Value> {
    return this.#rows;
  }

  override getItem(key: Value): Value | undefined {
    return typeof key === 'number' ? this.#rows[key] : undefined;
  }
}

class Config extends HostObject {
  readonly typeName = 'Config';
  readonly seen = new Map<string, Value>();

  override toText(): string {
    return '<Config>';
  }

  override call(_args: readonly Value[], kwargs: Kwargs): HostResult {
    for (const [name, value] of kwargs) this.seen.set(name, value);
    return '';
  }

  override callMethod(name: string, [key, fallback]: readonly Value[]): Value | undefined {
    if (name !== 'get' || typeof key !== 'string') return undefined;
    return this.seen.get(key) ?? fallback ?? null;
  }
}

const ref = new HostFunction('ref', ([name]) => new Relation('main', toText(name ?? null)));
const later = <T>(value: T): Promise<T> =>
  new Promise((resolve) => setTimeout(() => resolve(value), 1));

describe('objects of the host', () => {
  it('print as a text and show their parts', () => {
    const source =
      "{{ ref('a') }} {{ ref('a').identifier }} {{ ref('a')['schema'] }} {{ [ref('a')] }}";
    expect(renderText(source, { ref })).toBe('"main"."a" a main [<Relation "main"."a">]');
  });

  it('have attributes that are None, and others that are not there', () => {
    expect(renderText("{{ ref('a').database }}{{ ref('a').nope is defined }}", { ref })).toBe(
      'NoneFalse',
    );
    expect(errorOf(() => renderText("{{ ref('a').nope }}", { ref })).message).toBe(
      "'Relation object' has no attribute 'nope'",
    );
  });

  it('have methods', () => {
    expect(renderText("{{ ref('a').include(schema=false) }}", { ref })).toBe('"a"');
    expect(errorOf(() => renderText("{{ ref('a').nope() }}", { ref })).message).toContain("'nope'");
  });

  it('compare and are keys by what they are', () => {
    const source =
      "{{ ref('a') == ref('a') }}{{ ref('a') in [ref('b'), ref('a')] }}{{ {ref('a'): 1}[ref('a')] }}{{ [ref('a'), ref('a')] | unique | list | length }}";
    expect(renderText(source, { ref })).toBe('TrueTrue11');
  });

  it('join as texts', () => {
    expect(
      renderText("{{ 'from ' ~ ref('a') }} {{ [ref('a'), ref('b')] | join(', ') }}", { ref }),
    ).toBe('from "main"."a" "main"."a", "main"."b"');
  });

  it('can be walked, indexed, counted and tested', () => {
    const rows = new Rows([fromHost({ id: 1 }), fromHost({ id: 2 })]);
    const source =
      "{% for r in rows %}{{ r.id }}{{ loop.last }}{% endfor %}{{ rows[1].id }}{{ rows | length }}{{ 'y' if rows else 'n' }}{{ rows | map(attribute='id') | sum }}";
    expect(renderText(source, { rows })).toBe('1False2True22y3');
    expect(renderText("{{ 'y' if rows else 'n' }}", { rows: new Rows([]) })).toBe('n');
  });

  it('can be called and have methods beside', () => {
    const config = new Config();
    const source =
      "{{ config(materialized='table', tags=['a']) }}{{ config.get('materialized') }}{{ config.get('nope', 5) }}";
    expect(renderText(source, { config })).toBe('table5');
    expect(config.seen.get('tags')).toEqual(['a']);
  });
});

describe('functions of the host', () => {
  it('get arguments in order and by name', () => {
    const show = new HostFunction(
      'show',
      (args, kwargs) => `${args.length}:${[...kwargs.keys()].join()}`,
    );
    expect(renderText("{{ show(1, 2, b=3, a=4) }}{{ show(*[1], **{'k': 2}) }}", { show })).toBe(
      '2:b,a1:k',
    );
  });

  it('give None when they give nothing', () => {
    const log = new HostFunction('log', () => undefined as unknown as Value);
    expect(renderText("{{ log('x') }}{% do log('y') %}", { log })).toBe('None');
  });

  it('know the macro and the place they are called from', () => {
    const where = new HostFunction(
      'where',
      (_args, _kwargs, { macro, place }) => `${macro?.name ?? '-'}@${place.line}`,
    );
    const source = '{% macro m() %}\n{{ where() }}{% endmacro %}{{ where() }}{{ m() }}';
    expect(renderText(source, { where })).toBe('-@2\nm@2');
  });

  it('may be filters and tests', () => {
    const shout = new HostFunction(
      'shout',
      ([text, mark = '!']) => toText(text ?? null) + toText(mark ?? null),
    );
    const short = new HostFunction('short', ([text]) => toText(text ?? null).length < 3);
    const options = { filters: new Map([['shout', shout]]), tests: new Map([['short', short]]) };
    expect(
      renderText(
        "{{ 'a' | shout }}{{ ['a', 'b'] | map('shout', '?') | join }}{{ 'abc' is short }}{{ ['a', 'abc'] | select('short') | list }}",
        {},
        options,
      ),
    ).toBe("a!a?b?False['a']");
  });

  it('get the body of a call block as caller', () => {
    const twice = new HostFunction('twice', function* (_args, kwargs, context) {
      const caller = kwargs.get('caller') ?? null;
      const first = yield* context.call(caller, [1]);
      const second = yield* context.call(caller, [2]);
      return context.toText(first) + context.toText(second);
    });
    expect(renderText('{% call(n) twice() %}<{{ n }}>{% endcall %}', { twice })).toBe('<1><2>');
  });
});

describe('promises', () => {
  const queries: string[] = [];
  const runQuery = new HostFunction('run_query', async ([sql]) => {
    queries.push(toText(sql ?? null));
    return later(new Rows([fromHost({ id: 1 }), fromHost({ id: 2 })]));
  });
  const globals = { run_query: runQuery, ref };

  it('are waited for wherever a call may stand', async () => {
    const source = `
      {%- set rows = run_query('select 1') -%}
      {%- for r in run_query('a') if run_query('b') | length == 2 %}{{ r.id }}{% endfor -%}
      {%- if run_query('c')[0].id == 1 and not run_query('d')[1].id == 1 %} if{% endif -%}
      {%- macro m(x=run_query('e') | length) %}{{ x ~ run_query('f')[0].id }}{% endmacro %} {{ m() }}
      {{- ' ' ~ [run_query('g') | length, {'k': run_query('h')[0].id}] }}
      {%- set t | replace('1', (run_query('i') | length) ~ '') %}{{ run_query('j')[0].id }}{% endset %} {{ t }}
      {%- filter upper %} x{{ run_query('k') | length }}{% endfilter -%}
      {%- with n = run_query('l') | length %} {{ n }}{% endwith %} {{ rows[0:1] if false else 'end' }}`;
    const template = parseTemplate(source, { file: 'a.sql' });
    expect(await renderAsync(template, globals)).toBe("12 if 21 [2, {'k': 1}] 2 X2 2 end");
    expect(queries).toEqual([
      'select 1',
      'a',
      'b',
      'b',
      'c',
      'd',
      'e',
      'f',
      'g',
      'h',
      'j',
      'i',
      'k',
      'l',
    ]);
  });

  it('do not run side effects twice', async () => {
    const source =
      '{% set l = [] %}{% for i in range(3) %}{% do l.append(run_query(i) | length) %}{% endfor %}{{ l }}';
    expect(await renderAsync(parseTemplate(source, { file: 'a.sql' }), globals)).toBe('[2, 2, 2]');
  });

  it('that are rejected fail at their call', async () => {
    const mistake = new RangeError('x');
    const fail = new HostFunction('fail', async () => {
      await later(1);
      throw mistake;
    });
    await expect(renderAsync(parseTemplate('{{ fail() }}', { file: 'a' }), { fail })).rejects.toBe(
      mistake,
    );
  });

  it('are an error at their call where nothing may wait', () => {
    const error = errorOf(() => renderText("\n{{ run_query('x') }}", globals));
    expect(error.message).toContain('wait');
    expect(error.place?.line).toBe(2);
  });

  it('of two renderings run beside each other', async () => {
    const wait = new HostFunction('wait', ([n]) => later(n ?? null));
    const template = parseTemplate(
      '{% macro m(n) %}{{ wait(n) }}{{ wait(n) }}{% endmacro %}{{ m(n) }}{{ m(n) }}',
      { file: 'a' },
    );
    const texts = await Promise.all([1, 2, 3].map((n) => renderAsync(template, { wait, n })));
    expect(texts).toEqual(['1111', '2222', '3333']);
  });

  it('after a limit was met in a rendering leave others alone', async () => {
    const error = await rejectionOf(() =>
      renderAsync(parseTemplate("{{ run_query('x') }}{{ 'x' * 100 }}", { file: 'a' }), globals, {
        limits: { textLength: 50 },
      }),
    );
    expect(error.code).toBe('compilation');
  });
});

describe('return', () => {
  it('gives a value of any type', () => {
    const source =
      "{% macro l() %}{{ return([1, 2]) }}{% endmacro %}{% macro r() %}{% do return(ref('a')) %}{% endmacro %}{% set x = l() %}{{ x[1] }}{{ r().identifier }}";
    expect(renderText(source, { ref })).toBe('2a');
  });

  it('ends the macro, also from inside of loops and blocks', () => {
    const source =
      '{% macro m() %}a{% for i in range(5) %}{% if i == 2 %}{{ return(i) }}{% endif %}{% endfor %}{{ nothing }}{% endmacro %}{{ m() + 1 }}';
    expect(renderText(source)).toBe('3');
  });

  it('gives None for nothing', () => {
    expect(
      renderText(
        '{% macro m() %}{{ return() }}{% endmacro %}{{ m() is none }}{% macro n() %}{{ return(none) }}{% endmacro %}{{ n() }}',
      ),
    ).toBe('TrueNone');
  });

  it('goes to the macro that was called last', () => {
    const source =
      '{% macro a() %}{{ return(b() ~ 1) }}{% endmacro %}{% macro b() %}{{ return(2) }}{% endmacro %}{{ a() }}';
    expect(renderText(source)).toBe('21');
  });

  it('in a call block ends the macro that was given the block', () => {
    const source =
      '{% macro m() %}x{{ caller() }}y{% endmacro %}{% call m() %}{{ return(5) }}{% endcall %}';
    expect(renderText(source)).toBe('5');
  });
});

describe('macros held by the host', () => {
  const library = macrosOf(
    parseTemplate(
      "{% macro default__now() %}current_timestamp{% endmacro %}{% macro duckdb__now() %}now(){% endmacro %}{% macro now() %}{{ return(adapter.dispatch('now', 'shop')()) }}{% endmacro %}{% macro here() %}{{ this }}{% endmacro %}",
      { file: 'macros/a.sql' },
    ),
  );

  class Adapter extends HostObject {
    readonly typeName = 'Adapter';

    override toText(): string {
      return '<Adapter>';
    }

    override callMethod(name: string, [macro]: readonly Value[]): Value | undefined {
      if (name !== 'dispatch') return undefined;
      return (
        library.get(`duckdb__${toText(macro ?? null)}`) ??
        library.get(`default__${toText(macro ?? null)}`)
      );
    }
  }

  it('are found by a dispatch', () => {
    const globals = new Map<string, Value>([...library, ['adapter', new Adapter()]]);
    expect(renderText('{{ now() }}', globals)).toBe('now()');
  });

  it('see the globals of the rendering that calls them', () => {
    for (const name of ['a', 'b']) {
      const globals = new Map<string, Value>([...library, ['this', new Relation('main', name)]]);
      expect(renderText('{{ here() }}', globals)).toBe(`"main"."${name}"`);
    }
  });

  it('can be called without a rendering', async () => {
    const macro = macrosOf(
      parseTemplate('{% macro m(a, b=2) %}{{ return([a, b, wait(c)]) }}{% endmacro %}', {
        file: 'm',
      }),
    ).get('m');
    expect(macro).toBeInstanceOf(Macro);
    const globals = { c: 3, wait: new HostFunction('wait', ([x]) => later(x ?? null)) };
    const run = callMacro(macro as Macro, [1], new Map([['b', 5]]), globals);
    expect(await runAsync(run)).toEqual([1, 5, 3]);
    const error = errorOf(() => runSync(callMacro(macro as Macro, [1, 2, 3], new Map(), globals)));
    expect(error.message).toContain('takes not more than 2');
    expect(error.place?.file).toBe('m');
  });

  it('can be called by host functions in the same rendering', () => {
    const apply = new HostFunction('apply', (args, _kwargs, context: CallContext) =>
      context.call(args[0] ?? null, args.slice(1)),
    );
    const source =
      '{% macro add(a, b) %}{{ return(a + b) }}{% endmacro %}{{ apply(add, 1, 2) + 1 }}';
    expect(renderText(source, { apply })).toBe('4');
    const endless = '{% macro m() %}{{ apply(m) }}{% endmacro %}{{ m() }}';
    expect(errorOf(() => renderText(endless, { apply })).message).toContain(
      'macro calls are nested',
    );
  });
});

describe('values to and from data', () => {
  it('keep ints, floats and the rest apart', () => {
    const value = fromHost({
      i: 1,
      f: 1.5,
      b: 10n ** 20n,
      n: null,
      u: undefined,
      l: [true, 'x'],
      m: new Map([[1, 'a']]),
    });
    expect(renderText('{{ v }}', { v: value })).toBe(
      "{'i': 1, 'f': 1.5, 'b': 100000000000000000000, 'n': None, 'u': None, 'l': [True, 'x'], 'm': {1: 'a'}}",
    );
    expect(toHost(value)).toEqual({
      i: 1,
      f: 1.5,
      b: 10n ** 20n,
      n: null,
      u: null,
      l: [true, 'x'],
      m: { 1: 'a' },
    });
    expect(toHost(new Tuple([new Float(1), new Dict([['__proto__', 1]])]))).toEqual([
      1,
      JSON.parse('{"__proto__": 1}'),
    ]);
  });

  it('refuse what is no data', () => {
    expect(() => fromHost(() => 1)).toThrow('function');
    expect(() => fromHost(new Date())).toThrow('plain objects');
    expect(() => toHost(ref)).toThrow('cannot become data');
    expect(toHost(new Relation('a', 'b'))).toBe('"a"."b"');
  });

  it('read and write JSON as Python does', () => {
    const text = '{"b": [1, 2.0, null, true, "\\u00e9<"], "a": {}}';
    expect(toJson(parseJson(text))).toBe(text);
    expect(toJson(parseJson(text), { sortKeys: true, escapeHtml: true })).toBe(
      '{"a": {}, "b": [1, 2.0, null, true, "\\u00e9\\u003c"]}',
    );
    for (const bad of ['', '{', '[1,]', '{"a" 1}', '01', "'a'", '1 2', '{"a": 1,}']) {
      expect(() => parseJson(bad), bad).toThrow('not valid JSON');
    }
  });
});
