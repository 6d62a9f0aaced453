/** Methods of `adapter` that need no database. */
import { TechstoreError } from '../../errors.js';
import { Decimal, Dict, isTrue, iterate, type Value } from '../../jinja/index.js';
import { columnConstraints, modelConstraints } from '../adapter-constraints.js';
import { DateTimeValue } from '../python/datetime.js';
import { TableValue } from '../agate/table.js';
import { plain, relationOf, type AdapterMethod } from './method.js';

/** Of two types for a column of Python, the one that dbt's agate would find. */
function convertedType(values: readonly Value[]): string {
  const held = values.filter((value) => value !== null);
  const all = (test: (value: Value) => boolean): boolean => held.every(test);
  if (all((v) => typeof v === 'number' || typeof v === 'bigint')) return 'integer';
  if (all((v) => typeof v === 'number' || typeof v === 'bigint' || v instanceof Decimal)) {
    return all((v) => !(v instanceof Decimal) || v.round(0).equals(v)) ? 'integer' : 'float8';
  }
  if (all((v) => typeof v === 'boolean')) return 'boolean';
  if (all((v) => v instanceof DateTimeValue && v.kind === 'date')) return 'date';
  return all((v) => v instanceof DateTimeValue) ? 'timestamp without time zone' : 'text';
}

const strategies: Readonly<Record<string, readonly string[]>> = {
  duckdb: ['append', 'delete+insert', 'merge', 'microbatch'],
  databricks: [
    'append',
    'merge',
    'insert_overwrite',
    'replace_where',
    'delete+insert',
    'microbatch',
  ],
};

export const plainMethods: Readonly<Record<string, AdapterMethod>> = {
  dispatch: plain(['macro_name', 'macro_namespace'], (given, { session, seen, packageName }) => {
    const macro = session.macros.dispatch(
      given.text('macro_name'),
      given.textOrNull('macro_namespace'),
      packageName,
    );
    seen(macro);
    return macro.value;
  }),
  type: plain([], (_given, { session }) => session.target.type),
  quote: plain(['identifier'], (given, { session }) => session.quote(given.text('identifier'))),
  quote_as_configured: plain(['identifier', 'quote_key'], (given, { session }) => {
    const name = given.text('identifier');
    const known = ['database', 'schema', 'identifier'].includes(given.text('quote_key'));
    return known ? session.quote(name) : name;
  }),
  quote_seed_column: plain(['column', 'quote_config'], (given, { session }) => {
    const name = given.text('column');
    const wanted = given.get('quote_config') ?? null;
    if (wanted === null || wanted === true) return session.quote(name);
    if (wanted === false) return name;
    throw new TechstoreError('compilation', 'quote_columns of a seed must be true or false');
  }),
  convert_type: plain(['agate_table', 'col_idx'], (given) => {
    const [table, index] = [given.get('agate_table'), given.get('col_idx')];
    const column =
      table instanceof TableValue && typeof index === 'number' ? table.column(index) : undefined;
    if (column === undefined) {
      throw new TechstoreError(
        'compilation',
        'adapter.convert_type() takes a table and the index of one of its columns',
      );
    }
    return convertedType(column);
  }),
  // There is no cache to keep in step: the database itself is asked each time.
  cache_added: plain(['relation'], (given) => {
    relationOf(given, 'relation');
    return '';
  }),
  cache_dropped: plain(['relation'], (given) => {
    relationOf(given, 'relation');
    return '';
  }),
  cache_renamed: plain(['from_relation', 'to_relation'], (given) => {
    relationOf(given, 'from_relation');
    relationOf(given, 'to_relation');
    return '';
  }),
  valid_incremental_strategies: plain([], (_given, { session }) => [
    ...(strategies[session.target.type] ?? []),
  ]),
  get_hard_deletes_behavior: plain(['config'], (given) => {
    const config = given.get('config');
    const setting = (name: string): Value =>
      (config instanceof Dict ? config.get(name) : undefined) ?? null;
    const wanted = setting('hard_deletes');
    if (isTrue(setting('invalidate_hard_deletes')) || wanted === 'invalidate') return 'invalidate';
    if (wanted === 'new_record') return wanted;
    if (wanted === null || wanted === 'ignore') return 'ignore';
    throw new TechstoreError(
      'compilation',
      'hard_deletes must be ignore, invalidate or new_record',
    );
  }),
  standardize_grants_dict: plain(['grants_table'], (given) => {
    const grants = new Dict();
    for (const row of iterate(given.get('grants_table') ?? [])) {
      if (row === null || typeof row !== 'object' || !('getAttribute' in row)) continue;
      const privilege = row.getAttribute?.('privilege_type') ?? null;
      const grantees = grants.get(privilege);
      const grantee = row.getAttribute?.('grantee') ?? null;
      grants.set(privilege, Array.isArray(grantees) ? [...grantees, grantee] : [grantee]);
    }
    return grants;
  }),
  render_raw_columns_constraints: plain(['raw_columns'], (given, { session }) =>
    columnConstraints(given.get('raw_columns') ?? null, session.quote),
  ),
  render_raw_model_constraints: plain(['raw_constraints'], (given) =>
    modelConstraints(given.get('raw_constraints') ?? null),
  ),
  warn_once: plain(['msg'], (given, { session }) => {
    session.log.warn(given.text('msg'));
    return null;
  }),
};
