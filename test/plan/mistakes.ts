/**
 * Mistakes and harmless edits, planted one at a time in a copy of the shop's project. Where each mistake is to be
 * found follows from where it was put.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../helpers/shop.js';

export interface Edit {
  readonly file: string;
  /** The whole text of the file after the edit. */
  readonly text: string;
}

export interface Planted {
  readonly kind: string;
  readonly name: string;
  readonly edits: readonly Edit[];
}

export interface Mistake extends Planted {
  /** Where the program has to point. */
  readonly file: string;
  readonly line: number;
}

const models = ['bronze', 'silver', 'gold'].flatMap((layer) =>
  readdirSync(join(root, 'models', layer))
    .filter((name) => name.endsWith('.sql'))
    .map((name) => `models/${layer}/${name}`),
);
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');
const linesOf = (file: string): string[] => textOf(file).split('\n');

/** One edit of one line for each line that a pattern finds. */
function onLines(
  kind: string,
  files: readonly string[],
  pattern: RegExp,
  change: (line: string, match: RegExpExecArray) => string,
): Mistake[] {
  return files.flatMap((file) =>
    linesOf(file).flatMap((line, index, lines) => {
      const match = pattern.exec(line);
      if (match === null) return [];
      const text = lines.with(index, change(line, match)).join('\n');
      const at = { file, line: index + 1 };
      return [{ kind, name: `${kind}: ${file}:${index + 1}`, edits: [{ file, text }], ...at }];
    }),
  );
}

const bareColumn = /^( +)(\w+),$/;
const layered = models.filter((file) => !file.includes('/bronze/'));

/** A column that no table has. */
const missing = onLines('missing column', models, bareColumn, (_, [, indent = '', name = '']) => {
  return `${indent}${name}_gone as ${name},`;
});

const notAFunction = onLines(
  'missing function',
  models,
  /\b(coalesce|count|sum|min|max|cast)\(/,
  (line, [call = '', name = '']) =>
    name === 'cast'
      ? line.replace(/\bcast\((\w)/, 'abs(no_such_call(1), $1')
      : line.replace(call, `${name}_of_all(`),
).filter(
  ({ edits, file, line }) =>
    edits[0]?.text.split('\n')[line - 1] !== linesOf(file)[line - 1] && !isAside(file, line),
);

/** In a branch of a template that the variables of the project leave out. */
function isAside(file: string, line: number): boolean {
  const above = linesOf(file).slice(0, line);
  const last = (tag: RegExp): number => above.findLastIndex((one) => tag.test(one));
  return last(/\{%-? else -?%\}/) > last(/\{%-? endif -?%\}/);
}

/** Of an operator, and of a contract. */
const wrongType = [
  ...onLines('wrong type', models, bareColumn, (_, [, indent = '', name = '']) => {
    return `${indent}${name} + [1] as ${name},`;
  }),
  ...onLines('no such type', models, / as (date|int|bigint|timestamp)\)/, (line, [, type = '']) =>
    line.replace(` as ${type})`, ` as ${type}_of_old)`),
  ),
  ...finalColumns().map(({ file, index, name }): Mistake => {
    const lines = linesOf(file);
    const text = lines.with(index, `    cast(${name} as blob) as ${name},`).join('\n');
    const where = { file, line: index + 1 };
    return {
      kind: 'contract',
      name: `contract: ${file}:${index + 1}`,
      edits: [{ file, text }],
      ...where,
    };
  }),
];

/** Bare columns of the last select of models with a contract, by the index of their line. */
function finalColumns(): { file: string; index: number; name: string }[] {
  return layered.flatMap((file) => {
    const lines = linesOf(file);
    const from = lines.lastIndexOf('select');
    return lines.flatMap((line, index) => {
      const name = /^ {4}(\w+),$/.exec(line)?.[1];
      return index > from && name !== undefined ? [{ file, index, name }] : [];
    });
  });
}

const syntax = [
  ...onLines('syntax', models, /^( *)from (\w+|\{\{.*)$/, (line) => line.replace('from ', 'form ')),
  ...onLines('syntax', models, bareColumn, (line) => line.replace(',', ',,')),
];

/** The lines of an entry in a list of columns, with its tests. */
function withoutEntry(file: string, table: string, column: string): string | null {
  const lines = linesOf(file);
  const start = lines.findIndex((line) => line.trim() === `- name: ${table}`);
  const of = (i: number): number => (lines[i] ?? '').search(/\S/);
  const end = lines.findIndex((line, i) => i > start && line.trim() !== '' && of(i) <= of(start));
  const at = lines.findIndex(
    (line, i) => i > start && (end === -1 || i < end) && line.trim() === `- name: ${column}`,
  );
  if (start === -1 || at === -1) return null;
  const next = lines.findIndex((line, i) => i > at && line.trim() !== '' && of(i) <= of(at));
  return lines.toSpliced(at, (next === -1 ? lines.length : next) - at).join('\n');
}

const sourcesFile = 'models/bronze/sources.yml';

/** A column that a source has no longer, at the line of the model that reads it. */
const removedFromSource: Mistake[] = models
  .filter((file) => file.includes('/bronze/'))
  .flatMap((file) =>
    linesOf(file).flatMap((line, index) => {
      const column = bareColumn.exec(line)?.[2] ?? '';
      const table = file.replace(/^.*bronze_|\.sql$/g, '');
      const text = column === '' ? null : withoutEntry(sourcesFile, table, column);
      if (text === null) return [];
      const name = `removed from source: ${table} ${column}`;
      const edits = [{ file: sourcesFile, text }];
      return [{ kind: 'removed from source', name, edits, file, line: index + 1 }];
    }),
  );

/** One that a bronze model gives no longer: a macro asks for it, and has no other line with it before. */
const removedFromBronze: Mistake[] = [
  ['customers', 'phone'],
  ['customers', 'birth_date'],
  ['orders', 'notes'],
  ['products', 'dimensions'],
  ['reviews', 'helpful_votes'],
  ['order_items', 'discount_percent'],
].map(([table = '', column = '']) => {
  const file = `models/bronze/bronze_${table}.sql`;
  const text = linesOf(file)
    .filter((line) => line !== `    ${column},`)
    .join('\n');
  const reader = 'macros/set_aside.sql';
  const line = linesOf(reader).findIndex((one) => one.includes('{{ column }} asc nulls last')) + 1;
  const name = `removed upstream of a macro: ${table} ${column}`;
  return { kind: 'removed upstream of a macro', name, edits: [{ file, text }], file: reader, line };
});

/** One that a silver table gives no longer, neither in its SQL nor in its contract, at the first line that reads it. */
const removedFromSilver: Mistake[] = [
  ['customers', 'email', 'gold_customer_analytics', 'customers.email,'],
  ['customers', 'city', 'gold_customer_analytics', 'customers.city,'],
  ['customers', 'country', 'gold_customer_analytics', 'customers.country,'],
  ['customers', 'is_active', 'gold_customer_analytics', 'customers.is_active,'],
  ['products', 'name', 'gold_product_performance', 'products.name as product_name,'],
  ['products', 'category', 'gold_product_performance', 'products.category,'],
  ['products', 'brand', 'gold_product_performance', 'products.brand,'],
  ['products', 'price', 'gold_product_performance', 'products.price as current_price,'],
  ['products', 'stock', 'gold_product_performance', 'products.stock as current_stock,'],
  ['orders', 'estimated_delivery', 'gold_operational_metrics', 'estimated_delivery,'],
  ['order_items', 'quantity', 'gold_product_performance', "{{ count_sum('quantity') }}"],
  ['order_items', 'total_cost', 'gold_product_performance', "{{ money_sum('total_cost') }}"],
  ['order_items', 'line_profit', 'gold_product_performance', "{{ money_sum('line_profit') }}"],
  ['order_items', 'unit_cost', 'gold_product_performance', 'filter (where unit_cost is not'],
].map(([entity = '', column = '', reader = '', read = '']) => {
  const table = `silver_${entity}`;
  const above = `models/silver/${table}.sql`;
  const lines = linesOf(above);
  const at = lines.findIndex(
    (line, i) => i > lines.lastIndexOf('select') && line === `    ${column},`,
  );
  const yaml = withoutEntry('models/silver/silver.yml', table, column);
  const file = `models/gold/${reader}.sql`;
  const line =
    linesOf(file).findIndex((one) => one.trim().startsWith(read) || one.includes(read)) + 1;
  if (at === -1 || yaml === null || line === 0)
    throw new Error(`${table} has no ${column} to lose`);
  return {
    kind: 'removed upstream',
    name: `removed upstream: ${table} ${column}`,
    edits: [
      { file: above, text: lines.toSpliced(at, 1).join('\n') },
      { file: 'models/silver/silver.yml', text: yaml },
    ],
    file,
    line,
  };
});

const macroFiles = [
  'macros/bands.sql',
  'macros/dates.sql',
  'macros/numbers.sql',
  'macros/text.sql',
];

/** In the body of a macro that models call: found where it is written. */
const macroTemplate = onLines(
  'macro: template',
  macroFiles,
  /^ {4}(case|cast\(|trim\(|lower\(|upper\(|sum\(|count\()/,
  (line) => `${line.slice(0, 4)}{{ no_such_name.attribute }} ${line.trim()}`,
);

const macroCall = onLines(
  'macro: call',
  macroFiles,
  /\{\{ (trim_spaces|wide|day_of_week|money|filter_clause)\(/,
  (line, [, name = '']) => line.replace(`${name}(`, `${name}_of_old(`),
);

/**
 * The template is right, and what it writes is not. These macros stand in the SQL of models themselves: what
 * goes through a variable or an argument first is told where it is printed.
 */
const macroSql = onLines(
  'macro: SQL',
  ['macros/dates.sql'],
  /^ {4}(cast|dayname|last_day)\(/,
  (line, [, name = '']) => line.replace(`${name}(`, `${name}_of_old(`),
);

const macroArgument = onLines(
  'macro: argument',
  layered,
  /\{\{ (lower_trim|upper_trim|trim_spaces|title_case|month_start|is_weekend)\('/,
  (line, [call = '']) => line.replace(call, call.replace("('", "(side='left', text='")),
);

function called(all: readonly Mistake[]): Mistake[] {
  return all.filter(({ file, line }) => !inOtherDialect(file, line));
}

/** Macros of the other engine are not called. */
function inOtherDialect(file: string, line: number): boolean {
  const above = linesOf(file).slice(0, line).reverse();
  const opening = above.find((one) => one.includes('{% macro ')) ?? '';
  return /macro (default|databricks|spark)__/.test(opening);
}

/** Some of a list, spread over all of it. */
function spread<T>(all: readonly T[], count: number): T[] {
  if (all.length <= count) return [...all];
  return Array.from({ length: count }, (_, i) => all[Math.floor((i * all.length) / count)] as T);
}

/** A hundred of all kinds: what is missing or removed, of a wrong type, no SQL, no function, and faults of macros. */
export function mistakes(): Mistake[] {
  const some = [
    ...spread(notAFunction, 16),
    ...spread(wrongType, 20),
    ...spread(syntax, 14),
    ...spread(removedFromSource, 4),
    ...spread(removedFromBronze, 4),
    ...spread(removedFromSilver, 10),
    ...spread(called(macroTemplate), 4),
    ...spread(called(macroCall), 3),
    ...spread(called(macroSql), 4),
    ...spread(macroArgument, 3),
  ];
  return [...spread(missing, 100 - some.length), ...some];
}

/** A hundred edits that leave the project as right as it was. */
export function harmless(): Planted[] {
  const all = [
    ...onLines('comment', models, bareColumn, (line) => `${line} -- kept`),
    ...onLines(
      'layout',
      models,
      bareColumn,
      (_, [, indent = '', name = '']) => `\n${indent}  ${name}\n,`,
    ),
    ...onLines(
      'same column',
      models,
      bareColumn,
      (_, [, indent = '', name = '']) => `${indent}"${name}" as ${name},`,
    ),
    ...onLines(
      'no more than itself',
      models,
      bareColumn,
      (_, [, indent = '', name = '']) => `${indent}coalesce(${name}, ${name}) as ${name},`,
    ),
    ...onLines(
      'condition',
      models,
      /^( *)where (.*)$/,
      (_, [, indent = '', rest = '']) => `${indent}where true and ${rest}`,
    ),
    ...onLines('Jinja comment', models, /^select$/, () => '{# kept #}\nselect'),
  ];
  return spread(all, 100);
}
