/** External models of dbt-duckdb: their rows are in files, and a view reads these. */
import { existsSync, readdirSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { readLocation, writeOptions } from '../dbt/external-files.js';
import type { Compiled } from '../dbt/compile.js';
import { withPlace } from '../dbt/sql-place.js';
import { TechstoreError } from '../errors.js';
import { Dict, fromHost, toText, type Value } from '../jinja/index.js';
import type { ModelNode } from '../manifest/nodes.js';
import type { Made } from './made.js';
import type { NodeRun } from './node-run.js';

const formats = ['parquet', 'csv', 'json'] as const;
const defaults = {
  parquet: { union_by_name: false },
  csv: { auto_detect: true },
  json: { auto_detect: true },
};

/** @throws TechstoreError `unsupported` where the build keeps no such files, or they are not on this machine */
export async function makeExternal(
  node: ModelNode,
  name: string,
  compiled: Compiled,
  run: NodeRun,
): Promise<Made> {
  const { connection, dialect, external } = run;
  const place = { file: node.originalFilePath };
  const refuse = (message: string, hint: string): never => {
    throw new TechstoreError('unsupported', `${node.name} ${message}`, { place, hint });
  };
  if (external === undefined)
    return refuse('is an external model, which this database does not have', 'Use table or view.');
  const text = async (value: unknown): Promise<string> =>
    run.compiler.renderText(toText(fromHost(value)), place, node, { backend: run.backend });
  const { extra } = node.config;
  const options = await optionsOf(node, text);
  const location = await locationOf(node, options, text, run);
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(location))
    return refuse(`writes to ${location}`, 'External models are written to files of this machine.');
  if (options.has('append'))
    return refuse(
      "has the option 'append'",
      'Each build writes all files of the model anew: remove it.',
    );
  const written = writeOptions(location, options);
  const inWritten = (key: string): string =>
    new RegExp(`(?:^|, )${key} (\\w+)`, 'i').exec(written)?.[1] ?? '';
  const format = formatOf(extra['format'] ?? inWritten('format'));
  const isFolder = ['partition_by', 'per_thread_output', 'file_size_bytes'].some((key) =>
    options.has(key),
  );
  const path = isAbsolute(location)
    ? location
    : resolve(run.compiler.session.projectRoot, location);
  const stays = staysOf(options);
  if (isFolder && stays === 'others' && !external.isOwn(path) && !isEmpty(path)) {
    throw new TechstoreError('database', `The folder ${path} of ${node.name} is not empty`, {
      place,
      hint: "Set the option 'overwrite' or 'overwrite_or_ignore', or choose another location.",
    });
  }
  const table = dialect.quoteIdentifier(`techstore_external_${node.alias}`);
  const ending = `.${format}`;
  try {
    const { rowsChanged } = await guarded(node, compiled, () =>
      connection.run(`create or replace temporary table ${table} as (\n${compiled.sql}\n)`),
    );
    const columns = await connection.describe(`select * from ${table}`);
    const isNone = rowsChanged === 0;
    // dbt-duckdb: a file without rows would have no types, so it has one of nothing.
    if (isNone)
      await connection.run(`insert into ${table} values (${columns.map(() => 'null').join(', ')})`);
    const where = isNone
      ? ` where ${columns.map((column) => `${dialect.quoteIdentifier(column.name)} is not null`).join(' and ')}`
      : '';
    const viewOver = (files: string): string => {
      const read = readOptionsOf(node, format, inWritten('compression'));
      const from = dialect.quoteLiteral(readLocation(files, options));
      return `create or replace view ${name} as (select * from read_${format}(${[from, ...read].join(', ')})${where})`;
    };
    const shown = isAbsolute(location) ? path : location;
    const staged = await external.stage({ location: path, stays, ending, view: viewOver(shown) });
    await connection.run(`copy ${table} to ${dialect.quoteLiteral(staged)} (${written})`);
    await connection.run(viewOver(staged));
    return { rows: rowsChanged, relationName: name, relationType: 'view', message: 'external' };
  } finally {
    await connection.run(`drop table if exists ${table}`).catch(() => undefined);
  }
}

async function optionsOf(
  node: ModelNode,
  text: (value: unknown) => Promise<string>,
): Promise<Dict> {
  const { options: given = {}, format, delimiter } = node.config.extra;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new TechstoreError('compilation', 'The options argument must be a dictionary', {
      place: { file: node.originalFilePath },
    });
  }
  const options = new Map<string, Value>();
  for (const [key, value] of Object.entries(given)) options.set(key, await text(value));
  if (format) options.set('format', await text(format));
  const own = delimiter ?? (node.config.delimiter === ',' ? undefined : node.config.delimiter);
  if (own) options.set('delimiter', await text(own));
  return new Dict([...options]);
}

async function locationOf(
  node: ModelNode,
  options: Dict,
  text: (value: unknown) => Promise<string>,
  run: NodeRun,
): Promise<string> {
  const { location, format = 'parquet' } = node.config.extra;
  if (location !== undefined && location !== null) return text(location);
  const root = toText(fromHost(run.compiler.session.target.fields['external_root'] ?? '.'));
  const isPartitioned = options.has('partition_by');
  return `${root}/${node.alias}${isPartitioned ? '' : `.${await text(format)}`}`;
}

function formatOf(value: unknown): (typeof formats)[number] {
  const format = String(value).toLowerCase();
  return formats.find((known) => known === format) ?? 'parquet';
}

function staysOf(options: Dict): 'nothing' | 'rest' | 'others' {
  const isOn = (key: string): boolean => {
    const value = options.get(key);
    return value !== undefined && !/^(?:false|0)$/i.test(toText(value));
  };
  if (isOn('overwrite')) return 'nothing';
  return isOn('overwrite_or_ignore') ? 'rest' : 'others';
}

function readOptionsOf(
  node: ModelNode,
  format: (typeof formats)[number],
  compression: string,
): string[] {
  const given = node.config.extra[`${format}_read_options`] ?? defaults[format];
  const options = new Map<string, unknown>(Object.entries(given));
  if (compression !== '' && format !== 'parquet' && !options.has('compression'))
    options.set('compression', compression);
  return [...options].map(([key, value]) =>
    typeof value === 'string'
      ? `${key}='${value.replaceAll("'", "''")}'`
      : `${key}=${toText(fromHost(value))}`,
  );
}

function isEmpty(folder: string): boolean {
  return !existsSync(folder) || readdirSync(folder).length === 0;
}

async function guarded<T>(node: ModelNode, compiled: Compiled, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw withPlace(error, node, compiled, 1);
  }
}
