import { describe, expect, test } from 'vitest';
import stringWidth from 'string-width';
import type { GraphNode } from '../../src/manifest/nodes.js';
import { painter } from '../../src/format/painter.js';
import { dataTest, model, result, seed, source, summary } from './shop-run.js';

const raw = { ...source('orders'), schema: 'main' };
const file = { ...seed('orders'), schema: 'main' };
const bronze = model('bronze_orders', 'bronze', [raw.uniqueId]);
const silver = model('silver_orders', 'silver', [bronze.uniqueId]);
const gold = model('gold_sales', 'gold', [silver.uniqueId]);
const idThere = dataTest('not_null_silver_orders_id', silver.uniqueId);
const idOnce = dataTest('unique_silver_orders_id', silver.uniqueId);
const nodes = [raw, file, bronze, silver, gold, idThere, idOnce];
const allGood = nodes.filter((n) => n.resourceType !== 'source').map((n) => result(n));

test('a good build tells rows in and out of each layer, counts, time, and the outcome', () => {
  const rows = new Map([
    [file.uniqueId, 3015],
    [bronze.uniqueId, 3015],
    [silver.uniqueId, 3001],
    [gold.uniqueId, 30],
  ]);

  expect(summary(nodes, allGood, { rows })).toBe(
    [
      'layer    models   rows in   rows out',
      'bronze        1     3,015      3,015',
      'silver        1     3,015      3,001',
      'gold          1     3,001         30',
      '',
      '1 seed; 3 models; tests: 2 passed, 0 warned, 0 failed; 2.3 s',
      'Published build 1 to shop.duckdb',
    ].join('\n'),
  );
});

test('the query for failing rows is one that the engine knows', () => {
  const failed = result(idThere, { status: 'fail', failures: 1, failuresRelation: '`a`.`b`.`c`' });
  expect(summary(nodes, [failed])).toContain("'select * from `a`.`b`.`c`'");
});

test('rows of a source that others write are not known', () => {
  const text = summary([raw, bronze], [result(bronze)], { rows: new Map([[bronze.uniqueId, 7]]) });
  expect(text.split('\n').slice(0, 2)).toEqual([
    'layer    models   rows in   rows out',
    'bronze        1         -          7',
  ]);
});

test('rows of a source file count where no seed makes the source', () => {
  const rows = new Map([
    [raw.uniqueId, 9994],
    [bronze.uniqueId, 9994],
  ]);

  expect(summary([raw, bronze], [result(bronze)], { rows })).toContain(
    'bronze        1     9,994      9,994',
  );
});

describe('Failures:', () => {
  const sample = {
    columns: ['id', 'note'],
    rows: [
      ['7', null],
      ['8', 'two\nlines \u001b[31m'],
    ],
  };
  const failing = [
    result(bronze),
    result(silver),
    result(idThere, {
      status: 'fail',
      message: 'Got 1,234 results, configured to fail if != 0',
      failures: 1234,
      failuresRelation: '"shop"."audit"."not_null_silver_orders_id"',
      sample,
      place: { file: 'models/silver/silver.yml', line: 12 },
    }),
    result(gold, { status: 'skipped', skippedBecauseOf: idThere.uniqueId }),
    result(idOnce, { status: 'skipped', skippedBecauseOf: idThere.uniqueId }),
  ];

  test('place, message, a sample of the rows, how to see all, and what was skipped', () => {
    const text = summary(nodes, failing, {
      ok: false,
      query: 'techstore query --build failed',
      allRowsOf: (relation) => `from ${relation}`,
    });

    expect(text.split('\n').slice(0, -1)).toEqual([
      'SKIPPED because of not_null_silver_orders_id',
      '  gold_sales, 1 test',
      '',
      'FAIL not_null_silver_orders_id (models/silver/silver.yml:12)',
      '  Got 1,234 results, configured to fail if != 0',
      '    id=7  note=null',
      '    id=8  note=two\\nlines \\x1b[31m',
      `  All 1,234: techstore query --build failed 'from "shop"."audit"."not_null_silver_orders_id"'`,
      '',
      '3 models (1 skipped); tests: 0 passed, 0 warned, 1 failed, 1 skipped; 2.3 s',
    ]);
  });

  test('warnings are one line above them', () => {
    const text = summary([...nodes], [...failing, result(idOnce, { status: 'warn' })], {
      ok: false,
      build: 'failed',
    });

    expect(text.split('\n').slice(0, 2)).toEqual([
      '1 warning; techstore builds show failed --warnings',
      '',
    ]);
  });

  test('of many on a terminal the first five are told in full, and the others above them by name', () => {
    const tests = Array.from({ length: 20 }, (_, i) => dataTest(`t${i}`, silver.uniqueId));
    const text = summary(
      [silver, ...tests],
      tests.map((t) => result(t, { status: 'fail', message: `of ${t.name}` })),
      { ok: false, build: 'failed', width: 80 },
    );

    expect(text.split('\n').slice(0, 5)).toEqual([
      '15 more failed',
      '  t5, t6, t7, t8, t9, t10, t11, t12, t13, t14, t15, t16, 3 more',
      '  See them: techstore builds show failed --failed',
      '',
      'FAIL t0 (models/silver/silver.yml)',
    ]);
    expect(text).toContain('  of t4\n');
    expect(text).not.toContain('of t5');
  });

  test.each([60, 80, 120])('nothing is broken inside of a word at %i columns', (width) => {
    const message = `Binder Error: ${'words that take some room '.repeat(8)}${'\u6f22\u5b57 '.repeat(20)}
  7 | ${'select a line of the file, '.repeat(8)}
    |   ^`;
    const text = summary(nodes, [result(silver, { status: 'error', message })], {
      ok: false,
      width,
    });

    const words = new Set(text.split(/\s+/));
    for (const word of message.split('\n')[0]?.split(' ') ?? [])
      if (word !== '') expect(words).toContain(word);
    for (const line of text.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(width);
  });

  test('those that fail by one cause are told together', () => {
    const message = 'Parser Error: syntax error at or near "selec"';
    const text = summary(nodes, [
      result(idThere, { status: 'error', message }),
      result(silver, { status: 'error', message: 'disk is full' }),
      result(idOnce, { status: 'error', message }),
    ]);

    expect(text.split('\n').slice(0, 6)).toEqual([
      'ERROR not_null_silver_orders_id (models/silver/silver.yml)',
      'ERROR unique_silver_orders_id (models/silver/silver.yml)',
      `  ${message}`,
      '',
      'ERROR silver_orders (models/silver/silver_orders.sql)',
      '  disk is full',
    ]);
  });

  test('those that differ in nothing but their compiled files are told together', () => {
    const messageOf = (file: string): string =>
      `Binder Error: no column x\ncompiled: target/compiled/${file}:8`;
    const text = summary(nodes, [
      result(idThere, { status: 'error', message: messageOf('a.sql') }),
      result(idOnce, { status: 'error', message: messageOf('b.sql') }),
    ]);

    expect(text.split('\n').slice(0, 5)).toEqual([
      'ERROR not_null_silver_orders_id (models/silver/silver.yml)',
      'ERROR unique_silver_orders_id (models/silver/silver.yml)',
      '  Binder Error: no column x',
      '  compiled: target/compiled/a.sql:8',
      '',
    ]);
  });

  test('what --fail-fast left out names it', () => {
    expect(summary(nodes, [result(gold, { status: 'skipped' })])).toContain(
      'SKIPPED because of --fail-fast\n  gold_sales\n',
    );
  });

  test('colour is used only when it is asked for', () => {
    expect(summary(nodes, failing)).not.toContain('\u001b');
    expect(summary(nodes, failing, { paint: painter(true) })).toContain('\u001b[31mFAIL\u001b[39m');
  });
});

describe('Warnings of tests:', () => {
  test('by kind, the most frequent first, and how to see them', () => {
    const generic = (name: string, kind: string): GraphNode => ({
      ...dataTest(name, silver.uniqueId),
      testMetadata: { name: kind, namespace: null, kwargs: {} },
    });
    const tests = [
      generic('a', 'not_null'),
      generic('b', 'unique'),
      generic('c', 'not_null'),
      { ...dataTest('of_my_own', silver.uniqueId), testMetadata: null } as GraphNode,
    ];
    const text = summary(
      [silver, ...tests],
      tests.map((t) => result(t, { status: 'warn', failures: 1 })),
    );

    expect(text.split('\n').slice(0, 4)).toEqual([
      '4 warnings in 3 kinds:',
      '  not_null 2, of_my_own 1, unique 1',
      '  See them: techstore builds show --warnings',
      '',
    ]);
  });
});

test('rows set aside are told by table and reason, within 80 columns', () => {
  const rejected = [
    ['raw.orders', 'missing_customer_id', 1200],
    ['raw.orders', 'duplicate_id', 2],
    ['raw.orders', 'invalid_total_amount', 3],
    ['raw.reviews', 'invalid_rating', 1],
  ] as const;

  expect(summary([], [], { rejected }).split('\n').slice(0, 5)).toEqual([
    '1,206 rows set aside',
    '  raw.orders   1,205  missing_customer_id 1,200, duplicate_id 2,',
    '                      invalid_total_amount 3',
    '  raw.reviews      1  invalid_rating 1',
    '',
  ]);
});

describe('Against the build before:', () => {
  const rows = new Map<string, number | null>([
    [bronze.uniqueId, 3000],
    [silver.uniqueId, 1],
    [gold.uniqueId, 30],
  ]);

  test('tables that grew, shrank, came and went', () => {
    const previousRows = new Map([
      [bronze.uniqueId, 1000],
      [silver.uniqueId, 2],
      ['model.shop.gold_old', 5],
    ]);

    expect(summary(nodes, allGood, { rows, previousRows })).toContain(
      [
        'Changes since the previous build',
        '  bronze_orders: 3,000 rows (+2,000)',
        '  silver_orders: 1 row (-1)',
        '  gold_sales: new, 30 rows',
        '  gold_old: gone',
      ].join('\n'),
    );
  });

  test('a model that was skipped is not gone', () => {
    const text = summary(nodes, [result(gold, { status: 'skipped' })], {
      rows: new Map(),
      previousRows: new Map([[gold.uniqueId, 30]]),
    });

    expect(text).not.toContain('gone');
  });

  test('nothing is said where nothing changed', () => {
    expect(summary(nodes, allGood, { rows, previousRows: rows })).not.toContain('Changed');
  });
});

test('models that were carried over are counted', () => {
  const results = [result(silver, { carriedOver: true }), result(gold)];

  expect(summary(nodes, results)).toContain('2 models (1 unchanged);');
});

test('warnings of the run are shown with what they name made visible', () => {
  expect(summary([], [], { warnings: ['no such path: \u001b[2J'] })).toContain(
    'Warning: no such path: \\x1b[2J\n',
  );
});

test('no line of a sample is wider than 80 columns', () => {
  const sample = { columns: ['a', 'b', 'c'], rows: [['日本語'.repeat(30), 'x'.repeat(90), '1']] };
  const text = summary(nodes, [result(idThere, { status: 'fail', failures: 1, sample })]);

  expect(text).toContain(`a=${'日本語'.repeat(6)}日…  b=`);
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});
