/**
 * Parses and renders 1,000 models of about 60 lines with 20 macro calls each, with this
 * project's Jinja and with minijinja-js, in turn and in one process.
 *
 *     npm run build && node bench/jinja.mjs [folder of the build, default dist]
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Environment } from 'minijinja-js';

const dist = process.argv[2] ?? new URL('../dist', import.meta.url).pathname;
const ours = await import(pathToFileURL(resolve(dist, 'jinja/index.js')).href);

const models = 1000;
const rounds = 9;
const macros = `
{% macro cents_to_euros(column, scale=2) %}round({{ column }} / 100.0, {{ scale }}){% endmacro %}
{% macro safe_divide(a, b) -%}
  case when {{ b }} = 0 then null else {{ a }} / {{ b }} end
{%- endmacro %}
{% macro surrogate_key(columns) -%}
  md5({% for c in columns %}coalesce(cast({{ c }} as varchar), ''){% if not loop.last %} || '-' || {% endif %}{% endfor %})
{%- endmacro %}
{% macro money(column) %}{{ cents_to_euros(column, scale=4) }} as {{ column }}_eur{% endmacro %}
`;
const names = 'cents_to_euros, safe_divide, surrogate_key, money';

function modelText(n) {
  const lines = [
    "{{ config(materialized='table', tags=['silver', 'daily']) }}",
    "{% set statuses = ['paid', 'open', 'returned'] %}",
    '',
    'with orders as (',
    `    select * from {{ ref('bronze_orders_${n}') }}`,
    '),',
    "customers as (select * from {{ source('shop', 'customers') }})",
    'select',
    `    {{ surrogate_key(['order_id', 'line_id']) }} as id_${n},`,
  ];
  for (let i = 0; i < 8; i += 1) {
    lines.push(`    {{ money('amount_${i}') }},`, `    -- the part of column ${i}`);
    lines.push(`    {{ safe_divide('amount_${i}', 'quantity') }} as price_${i},`);
  }
  lines.push(
    '    {% for s in statuses %}',
    "    sum(case when status = '{{ s }}' then 1 else 0 end) as {{ s | upper }}_count{{ ',' if not loop.last }}",
    '    {% endfor %}',
    'from orders',
    'join customers using (customer_id)',
    "{% if var('limited', false) %}",
    "where ordered_at > {{ var('start') }}",
    '{% else %}',
    'where true',
    '{% endif %}',
  );
  for (let i = 0; lines.length < 59; i += 1) lines.push(`  and column_${i} is not null`);
  lines.push('{# the end #}');
  return lines.join('\n');
}

const sources = Array.from({ length: models }, (_, n) => modelText(n));

function withOurs() {
  const call = (name, run) => new ours.HostFunction(name, run);
  const globals = new Map([
    ['config', call('config', () => '')],
    ['ref', call('ref', ([name]) => `"shop"."main"."${name}"`)],
    ['source', call('source', ([schema, name]) => `"${schema}"."${name}"`)],
    ['var', call('var', ([, fallback]) => fallback ?? null)],
  ]);
  const library = ours.parseTemplate(macros, { file: 'macros/all.sql' });
  for (const [name, macro] of ours.macrosOf(library)) globals.set(name, macro);
  return sources.map((source, n) =>
    ours.renderSync(ours.parseTemplate(source, { file: `models/m${n}.sql` }), globals),
  );
}

function withMinijinja() {
  const environment = new Environment();
  environment.addTemplate('macros.sql', macros);
  environment.addGlobal('config', () => '');
  environment.addGlobal('ref', (name) => `"shop"."main"."${name}"`);
  environment.addGlobal('source', (schema, name) => `"${schema}"."${name}"`);
  environment.addGlobal('var', (_name, fallback) => fallback);
  const prelude = `{% from 'macros.sql' import ${names} %}`;
  return sources.map((source) => environment.renderStr(prelude + source, {}));
}

const runs = { techstore: withOurs, 'minijinja-js': withMinijinja };
const times = { techstore: [], 'minijinja-js': [] };
const texts = {};
for (let round = 0; round < rounds; round += 1) {
  for (const [name, run] of Object.entries(runs)) {
    const start = performance.now();
    texts[name] = run();
    times[name].push(performance.now() - start);
  }
}

const differing = texts.techstore.findIndex((text, n) => text !== texts['minijinja-js'][n]);
if (differing !== -1) {
  console.error(`Model ${differing} differs:`);
  console.error(
    Object.values(texts)
      .map((all) => all[differing])
      .join('\n---\n'),
  );
  process.exitCode = 1;
}

const measures = {
  first: (all) => all[0],
  median: (all) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)],
  best: (all) => Math.min(...all),
};
const lines = sources[0].split('\n').length;
console.log(`${models} models of ${lines} lines, parsed and rendered, ${rounds} rounds`);
for (const [measure, of] of Object.entries(measures)) {
  const [mine, theirs] = Object.values(times).map(of);
  console.log(
    `${measure.padEnd(7)} techstore ${mine.toFixed(0)} ms, minijinja-js ${theirs.toFixed(0)} ms,` +
      ` ratio ${(mine / theirs).toFixed(2)} (below 1: techstore is faster)`,
  );
}
