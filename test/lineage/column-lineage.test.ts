/** Columns of whole projects: where schemas come from, gaps, the cache. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { traceColumns } from '../../src/cli/trace-columns.js';
import { smallShop } from '../cli/support.js';
import type { Shop } from '../helpers/shop.js';
import { loaded, tableIds, traced } from './shop.js';

/** `clean.id`: [`people.id direct`], by names alone. */
async function columnsOf(shop: Shop) {
  const { columns, gaps } = await traced(loaded(shop.dir));
  const short = (id: string): string => id.split('.').at(-1) ?? id;
  return {
    gaps: Object.fromEntries(Object.entries(gaps).map(([id, gap]) => [short(id), gap])),
    columns: Object.fromEntries(
      columns.map(({ node, column, sources }) => [
        `${short(node)}.${column}`,
        sources?.map((s) => `${short(s.node)}.${s.column} ${s.how}`) ?? null,
      ]),
    ),
  };
}

const models: Readonly<Record<string, string>> = {
  'models/more.yml': `sources:
  - name: old
    tables:
      - name: people
        columns: [{name: id, data_type: bigint}, {name: nick, data_type: text}]
models:
  - name: typo
    columns: [{name: name, data_type: text}]
`,
  'models/both.sql': `select a.id, b.nick from {{ source('raw', 'people') }} as a
join {{ source('old', 'people') }} as b using (id)
`,
  'models/named.sql': "select clean.id + 1 as next from {{ ref('clean') }}\n",
  'models/imported.sql':
    "with clean as (select * from {{ ref('clean') }}) select name as who from clean\n",
  'models/light.sql':
    "{{ config(materialized='ephemeral') }} select id * 2 as twice from {{ ref('clean') }}\n",
  'models/above.sql': "select twice from {{ ref('light') }}\n",
  'models/asked.sql': `select
    {%- for c in adapter.get_columns_in_relation(ref('clean')) %} {{ c.name }},{% endfor %} 1 as one
from {{ ref('clean') }}
`,
  'models/asks.sql': `{% set n = 0 %}
{% if execute %}{% set n = run_query('select 1').columns[0][0] %}{% endif %}
select {{ n }} as one from {{ ref('clean') }}
`,
  'models/twice.sql': `select a.*, b.* from {{ ref('clean') }} as a, {{ ref('light') }} as l, {{ ref('clean') }} as b
`,
  'models/once.sql': "select id_1, name from {{ ref('twice') }}\n",
  'models/typo.sql': "select nmae from {{ ref('clean') }}\n",
  'models/below.sql': "select name from {{ ref('typo') }}\n",
  'models/mixed.sql': `with u as (
    select * from {{ ref('clean') }} union all select * from {{ source('raw', 'people') }}
)
select
    list_transform(string_split(name, ' '), lambda id: upper(id)) as parts,
    sum(spent) over (partition by born) as sum_of_day
from u
`,
};

let shop: Shop;
let found: Awaited<ReturnType<typeof columnsOf>>;

beforeAll(async () => {
  shop = smallShop(models);
  found = await columnsOf(shop);
}, 120_000);

afterAll(() => shop.remove());

test('Of two columns of one name, the second is called as in the table that DuckDB makes', () => {
  expect(found.gaps).not.toHaveProperty('once');
  expect(found.columns).toMatchObject({
    'twice.id': ['clean.id direct'],
    'twice.id_1': ['clean.id direct'],
    'once.id_1': ['twice.id_1 direct'],
    'once.name': ['twice.name direct'],
  });
});

test('A fresh project needs no build: seeds, sources and models are followed', () => {
  expect(found.columns).toMatchObject({
    'people.born': ['people.born direct'],
    'clean.spent': ['people.spent direct'],
    'spenders.spent': ['clean.spent direct'],
    'apart.answer': [],
  });
});

test('Sources of one name in two schemas are told apart', () => {
  expect(found.columns['both.nick']).toEqual(['people.nick direct']);
});

test('A table may be called by its own name, without an alias', () => {
  expect(found.columns['named.next']).toEqual(['clean.id transformed']);
});

test('A CTE may have the name of the table that it reads', () => {
  expect(found.columns['imported.who']).toEqual(['clean.name direct']);
});

test('An ephemeral model is a table like others', () => {
  expect(found.columns['light.twice']).toEqual(['clean.id transformed']);
  expect(found.columns['above.twice']).toEqual(['light.twice direct']);
});

test('A model that asks for columns gets those of its inputs', () => {
  expect(found.columns['asked.born']).toEqual(['clean.born direct']);
});

test('What can not be known is a gap with its reason, and the rest goes on', () => {
  expect(Object.keys(found.gaps).sort()).toEqual(['asks', 'typo']);
  expect(found.gaps['asks']).toContain('it queries the database');
  expect(found.gaps['typo']).toContain('nmae');
  expect(found.columns['typo.name']).toBeNull();
  // What its YAML describes carries those below it.
  expect(found.columns['below.name']).toEqual(['typo.name direct']);
  expect(found.columns['spenders.name']).toEqual(['clean.name direct']);
});

test('A lambda, a window and a union in one model are followed', () => {
  expect(found.columns['mixed.parts']).toEqual([
    'clean.name transformed',
    'people.name transformed',
  ]);
  const names = found.columns['mixed.sum_of_day']?.map((source) => source.split(' ')[0]);
  expect(names).toEqual(['clean.born', 'clean.spent', 'people.born', 'people.spent']);
});

test('A seed without types and a source that tells one of its columns are read from the file', async () => {
  const bare = smallShop({
    'models/sources.yml':
      'sources:\n  - {name: raw, tables: [{name: people, columns: [{name: id}]}]}\n',
  });
  try {
    const { columns, gaps } = await columnsOf(bare);
    expect(gaps).toEqual({});
    expect(columns['clean.born']).toEqual(['people.born direct']);
  } finally {
    bare.remove();
  }
});

test('Answers are kept: nothing is traced twice, on whatever day, until the SQL changes', async () => {
  const dated = smallShop({
    'models/dated.sql': "select '{{ run_started_at }}' as at, id from {{ ref('clean') }}\n",
  });
  const targetDir = mkdtempSync(join(tmpdir(), 'techstore-lineage-'));
  const file = join(targetDir, 'column_lineage.json');
  const run = async (): Promise<{ traced: string[]; answer: unknown }> => {
    const { project, graph } = loaded(dated.dir);
    const names: string[] = [];
    const answer = await traceColumns(
      { ...project, targetDir },
      graph,
      tableIds(project),
      ({ name }) => names.push(name),
    );
    return { traced: names.sort(), answer };
  };
  try {
    const first = await run();
    expect(first.traced).toEqual(['apart', 'clean', 'dated', 'spenders']);
    const second = await run();
    expect(second.traced).toEqual([]);
    expect(second.answer).toEqual(first.answer);
    dated.edit('models/clean.sql', 'select id, name', 'select id, upper(name) as name');
    // Its columns are the same as before, so nothing below it is traced again.
    expect((await run()).traced).toEqual(['clean']);
    // A file that is no answer is made anew.
    writeFileSync(file, '{"version": "x", "entries": [');
    expect((await run()).traced).toHaveLength(4);
    expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')) as object)).toEqual([
      'version',
      'entries',
    ]);
  } finally {
    rmSync(targetDir, { recursive: true, force: true });
    dated.remove();
  }
});
