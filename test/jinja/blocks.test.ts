import { describe, expect, it } from 'vitest';
import {
  macrosOf,
  parseTemplate,
  renderSync,
  type TemplateBlock,
  type Value,
} from '../../src/jinja/index.js';
import { errorOf } from './support.js';

const file = `-- a file
{% macro cents(column, scale=2) %}
  {{ column }} / 100
{% endmacro %}

{% test positive(model, column_name) %}
select * from {{ model }} where {{ column_name }} < 0
{% endtest %}

{% materialization view, adapter='duckdb', supported_languages=['sql'] -%}
  {{ return({'relations': [this]}) }}
{%- endmaterialization %}
{% materialization table, default %}x{% endmaterialization %}

{% snapshot orders_snapshot %}
{{ config(unique_key='id') }}
select * from {{ name }}
{% endsnapshot %}

{% docs orders %}
# Orders {{ not jinja }} {% nor this %}
{% enddocs %}

{% data_test odd(model) %}{% enddata_test %}
{% if true %}{% macro inner() %}{% endmacro %}{% endif %}
`;

const template = parseTemplate(file, { file: 'macros/a.sql' });
const block = <K extends TemplateBlock['kind']>(
  kind: K,
  name: string,
): Extract<TemplateBlock, { kind: K }> => {
  const found = template.blocks.find((b) => b.kind === kind && b.name === name);
  if (found === undefined) throw new Error(`There is no ${kind} ${name}`);
  return found as Extract<TemplateBlock, { kind: K }>;
};

describe('the blocks of a file', () => {
  it('are listed in order, those at the top level only', () => {
    expect(template.blocks.map((b) => `${b.kind} ${b.name} ${b.line}`)).toEqual([
      'macro cents 2',
      'test positive 6',
      'materialization view 10',
      'materialization table 13',
      'snapshot orders_snapshot 15',
      'docs orders 20',
      'test odd 24',
    ]);
  });

  it('know where they and their bodies lie in the source', () => {
    const macro = block('macro', 'cents');
    expect(template.source.slice(macro.start, macro.end)).toBe(
      '{% macro cents(column, scale=2) %}\n  {{ column }} / 100\n{% endmacro %}',
    );
    expect(template.source.slice(macro.bodyStart, macro.bodyEnd)).toBe('\n  {{ column }} / 100\n');
    expect(macro.column).toBe(1);
    expect(template.locate(macro.bodyStart)).toEqual({ line: 2, column: 35 });
  });

  it('know their parameters and the names they are called by', () => {
    expect(block('macro', 'cents').parameters.map((p) => p.name)).toEqual(['column', 'scale']);
    expect(block('macro', 'cents').parameters.map((p) => p.default !== undefined)).toEqual([
      false,
      true,
    ]);
    expect(block('test', 'positive').macroName).toBe('test_positive');
    expect(block('materialization', 'view').macroName).toBe('materialization_view_duckdb');
    expect(block('materialization', 'view').settings.map(([name]) => name)).toEqual([
      'supported_languages',
    ]);
    expect(block('materialization', 'table').adapter).toBe('default');
    expect([...macrosOf(template).keys()]).toEqual([
      'cents',
      'test_positive',
      'materialization_view_duckdb',
      'materialization_table_default',
      'test_odd',
    ]);
  });

  it('can be called', () => {
    const globals = new Map<string, Value>([...macrosOf(template), ['this', 'x']]);
    const render = (source: string): string =>
      renderSync(parseTemplate(source, { file: 'b.sql' }), globals);
    expect(render("{{ cents('a') | trim }}")).toBe('a / 100');
    expect(render("{{ test_positive('m', 'c') | trim }}")).toBe('select * from m where c < 0');
    expect(render('{{ materialization_view_duckdb().relations[0] }}')).toBe('x');
  });

  it('of a snapshot render on their own, with places in the file', () => {
    const { content } = block('snapshot', 'orders_snapshot');
    const globals = new Map([['name', 'orders']]);
    const error = errorOf(() => renderSync(content, globals));
    expect(error.message).toBe("'config' is undefined");
    expect(error.place).toEqual({ file: 'macros/a.sql', line: 16, column: 4 });
    const simple = parseTemplate('{% snapshot s -%}\nselect {{ x }}\n{%- endsnapshot %}', {
      file: 's',
    });
    const [only] = simple.blocks;
    expect(only?.kind === 'snapshot' && renderSync(only.content, { x: 1 })).toBe('select 1');
  });

  it('of docs hold their text as it is', () => {
    expect(block('docs', 'orders').text).toBe('\n# Orders {{ not jinja }} {% nor this %}\n');
  });

  it('print nothing when the file is rendered', () => {
    expect(renderSync(template, {}).trim()).toBe('-- a file');
  });

  it.each([
    ['{% docs a %}x', "This docs block is not closed: '{% enddocs %}' is missing"],
    ['{% snapshot a %}x', "The tag 'snapshot' is not closed: '{% endsnapshot %}' is missing"],
    ['{% test a %}{% endtest %}', "Expected '(', got '%}'"],
    [
      '{% materialization a, nope=1 %}{% endmaterialization %}',
      "Unknown setting 'nope' of a materialization",
    ],
    [
      '{% materialization a, adapter=x %}{% endmaterialization %}',
      "The adapter of a materialization must be text, such as 'duckdb'",
    ],
    ['{% test a() %}{% endmacro %}', "Unexpected tag 'endmacro'"],
  ])('%s is refused', (source, message) => {
    expect(errorOf(() => parseTemplate(source, { file: 'a' })).message).toBe(message);
  });
});
