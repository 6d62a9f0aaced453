import { describe, expect, it } from 'vitest';
import { collectCalls, parseTemplate, toHost } from '../../src/jinja/index.js';

const names = new Set(['ref', 'source', 'config', 'config.get', 'var']);

function collect(source: string): unknown[] {
  return collectCalls(parseTemplate(source, { file: 'a.sql' }), names).map(({ name, literal }) => [
    name,
    literal === undefined
      ? undefined
      : [
          literal.args.map(toHost),
          Object.fromEntries([...literal.kwargs].map(([k, v]) => [k, toHost(v)])),
        ],
  ]);
}

describe('the calls of a template', () => {
  it('are found in order with their literal arguments', () => {
    expect(
      collect(
        "{{ config(tags=['a'], meta={'k': none}) }} select * from {{ ref('p', 'm', v=2) }}, {{ source('s', 't') }}",
      ),
    ).toEqual([
      ['config', [[], { tags: ['a'], meta: { k: null } }]],
      ['ref', [['p', 'm'], { v: 2 }]],
      ['source', [['s', 't'], {}]],
    ]);
  });

  it('are found wherever an expression may stand', () => {
    const source =
      "{% if var('a') %}{% for x in var('b') if var('c') %}{{ x | default(var('d')) }}{% else %}{{ [{'k': var('e')}] }}{% endfor %}{% endif %}{% macro m(x=var('f')) %}{{ ref('g')[1:var('h')].x }}{% endmacro %}{% call m(var('i')) %}{{ var('j') if var('k') else var('l') }}{% endcall %}{% set y %}{{ config.get('n') ~ var('o') }}{% endset %}{% snapshot s %}{{ ref('p') }}{% endsnapshot %}";
    const found = collectCalls(parseTemplate(source, { file: 'a' }), names);
    expect(found.map(({ literal }) => literal?.args[0])).toEqual([...'abcdefghijklnop']);
    expect(found.find(({ name }) => name === 'config.get')?.literal?.args).toEqual(['n']);
  });

  it('have no literal arguments where one has to be computed', () => {
    expect(collect("{{ ref('a' ~ x) }}{{ ref(*l) }}{{ ref(name=x) }}{{ other('a') }}")).toEqual([
      ['ref', undefined],
      ['ref', undefined],
      ['ref', undefined],
    ]);
  });
});
