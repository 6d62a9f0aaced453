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
const macros = readdirSync(join(root, 'macros'))
  .filter((name) => name.endsWith('.sql'))
  .map((name) => textOf(`macros/${name}`))
  .join('\n');
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
  ({ edits, file, line }) => edits[0]?.text.split('\n')[line - 1] !== linesOf(file)[line - 1],
);

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

/** A column that a bronze model gives no longer, where its reader names it and no macro does. */
const removed: Mistake[] = models
  .filter((file) => file.includes('/silver/'))
  .flatMap((reader) => {
    const above = reader.replaceAll('silver', 'bronze');
    if (!models.includes(above)) return [];
    return linesOf(above).flatMap((line) => {
      const column = bareColumn.exec(line)?.[2] ?? '';
      const named = new RegExp(`\\b${column}\\b`);
      const at = linesOf(reader).findIndex((one) => named.test(one));
      if (column === '' || at === -1 || named.test(macros)) return [];
      const text = linesOf(above)
        .filter((one) => one !== line)
        .join('\n');
      const where = { file: reader, line: at + 1 };
      const name = `removed upstream: ${above} ${column}`;
      return [{ kind: 'removed upstream', name, edits: [{ file: above, text }], ...where }];
    });
  });

/** In the body of a macro that models call: found where it is written. */
const macro = onLines(
  'macro',
  ['macros/bands.sql', 'macros/dates.sql', 'macros/numbers.sql', 'macros/text.sql'],
  /^ {4}(case|cast\(|trim\(|lower\(|upper\(|sum\(|count\()/,
  (line) => `${line.slice(0, 4)}{{ no_such_name.attribute }} ${line.trim()}`,
).filter(({ file, line }) => !inOtherDialect(file, line));

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

/** A hundred of all kinds. */
export function mistakes(): Mistake[] {
  const some = [
    ...spread(notAFunction, 18),
    ...spread(wrongType, 24),
    ...spread(syntax, 18),
    ...spread(removed, 12),
    ...spread(macro, 6),
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
