/** What inputs print with `--sample`, as dbt-core 1.11 with dbt-duckdb 1.11 printed it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleWindow } from '../../src/dbt/sample-window.js';
import { SmallProject } from '../helpers/small-project.js';

const files: Readonly<Record<string, string>> = {
  'seeds/raw_orders.csv': 'id,ordered_at\n1,2024-01-05\n2,2024-03-01\n',
  'models/properties.yml': `sources:
  - name: raw
    schema: dev
    config: {event_time: ordered_at}
    tables:
      - name: raw_orders
        columns: [{name: ordered_at, quote: true}]
  - name: quoted
    schema: dev
    quoting: {column: true}
    config: {event_time: ordered_at}
    tables: [{name: first, identifier: raw_orders}]
seeds:
  - {name: raw_orders, config: {event_time: ordered_at}}
models:
  - name: orders
    config: {event_time: ordered_at}
    columns: [{name: id, data_tests: [unique]}]
  - {name: eph, config: {event_time: cast(ordered_at as date)}}
`,
  'models/orders.sql': "select * from {{ ref('raw_orders') }}",
  'models/first.sql': "select * from {{ source('quoted', 'first') }}",
  'models/eph.sql': `{{ config(materialized='ephemeral') }}
select * from {{ source('raw', 'raw_orders') }} s`,
  'models/total.sql': `select '{{ ref("orders").render() }}' as plain, '{{ ref("orders").limit }}' as l
from {{ ref('orders') }} o, {{ ref('eph') }}`,
  'models/untimed.sql': "select * from {{ ref('total') }}",
};

const sample = "{'start': '2024-01-01', 'end': '2024-02-01'}";
const span = (field: string): string =>
  `where ${field} >= '2024-01-01 00:00:00+00:00' and ${field} < '2024-02-01 00:00:00+00:00'`;

const compiledByDbt: readonly (readonly [name: string, sql: string])[] = [
  ['orders', `select * from (select * from "shop"."dev"."raw_orders" ${span('ordered_at')})`],
  ['first', `select * from (select * from "shop"."dev"."raw_orders" ${span('"ordered_at"')})`],
  [
    'total',
    `with __dbt__cte__eph as ( select * from (select * from "shop"."dev"."raw_orders" ${span('"ordered_at"')}) s ) ` +
      `select '"shop"."dev"."orders"' as plain, 'None' as l ` +
      `from (select * from "shop"."dev"."orders" ${span('ordered_at')}) o, ` +
      `(select * from __dbt__cte__eph ${span('cast(ordered_at as date)')})`,
  ],
  ['untimed', 'select * from "shop"."dev"."total"'],
  // Tests read everything.
  [
    'unique_orders_id',
    'select id as unique_field, count(*) as n_records from "shop"."dev"."orders" ' +
      'where id is not null group by id having count(*) > 1',
  ],
];

describe('what inputs print with --sample', () => {
  let project: SmallProject;
  beforeAll(() => (project = new SmallProject(files)));
  afterAll(() => project.remove());

  it.each(compiledByDbt)('%s', async (name, sql) => {
    expect(await project.compiled(name, { sample })).toBe(sql);
  });

  it('is of the limited input with --empty', async () => {
    expect(await project.compiled('orders', { sample, empty: true })).toBe(
      `select * from (select * from (select * from "shop"."dev"."raw_orders" where false limit 0) ${span('ordered_at')})`,
    );
  });
});

describe('the span of a sample', () => {
  const now = new Date('2024-03-31T10:20:30.400Z');
  // By dateutil.relativedelta and datetime.fromisoformat, of which dbt makes it.
  it.each([
    ['3 days', '2024-03-28T10:20:30.400Z', now.toISOString()],
    ['1 Hour', '2024-03-31T09:20:30.400Z', now.toISOString()],
    ['1 month', '2024-02-29T10:20:30.400Z', now.toISOString()],
    ['13 months', '2023-02-28T10:20:30.400Z', now.toISOString()],
    ['2 years', '2022-03-31T10:20:30.400Z', now.toISOString()],
    [
      "{'start': '2024-01-01T10:00:00+02:00', 'end': '2024-02-01 12:30'}",
      '2024-01-01T10:00:00.000Z',
      '2024-02-01T12:30:00.000Z',
    ],
  ])('%s', (text, start, end) => {
    const window = sampleWindow(text, now);
    expect([window.start.toISOString(), window.end.toISOString()]).toEqual([start, end]);
  });

  it.each([
    ['3days', "--sample can't be '3days'"],
    ['x days', "--sample can't be 'x days'"],
    ['3 weeks', "--sample can't be '3 weeks'"],
    ['0 days', "--sample can't be '0 days'"],
    ['', "--sample can't be ''"],
    ['9999 years', 'begins before the year 1'],
    ["{'start': '2024-01-01'}", "lacks 'end'"],
    ["{'start': 'x', 'end': '2024-01-01'}", 'The start of --sample is no time: x'],
    ["{'start': '2024-02-30', 'end': '2024-03-01'}", 'no time: 2024-02-30'],
    ["{'start': '2024-02-01', 'end': '2024-01-01'}", 'ends before it begins'],
    ["{'start': '2024-01-01', 'end': '2024-02-01', 'to': 1}", "does not know 'to'"],
  ])('refuses %s', (text, message) => {
    expect(() => sampleWindow(text, now)).toThrow(message);
  });
});
