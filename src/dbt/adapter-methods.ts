/** The methods of `adapter`: those of dbt's BaseAdapter, SQLAdapter and DuckDBAdapter that are for templates. */
import { engineNamed } from '../engine/engines.js';
import { TechstoreError } from '../errors.js';
import {
  Decimal,
  Dict,
  isTrue,
  iterate,
  toText,
  Tuple,
  type HostResult,
  type Value,
} from '../jinja/index.js';
import { modelConstraints, columnConstraints } from './adapter-constraints.js';
import type { Backend } from './backend.js';
import { columnClass, type ColumnValue } from './column.js';
import { DateTimeValue } from './datetime.js';
import { readLocation, writeOptions } from './external-files.js';
import type { Arguments } from './host-values.js';
import type { RegisteredMacro } from './macro-registry.js';
import { RelationValue, type RelationParts } from './relation.js';
import type { Session } from './session.js';
import { TableValue } from './table.js';

export interface AdapterServices {
  readonly session: Session;
  readonly seen: (macro: RegisteredMacro) => void;
  /** Null while parsing, when `execute` is false. */
  readonly backend: () => Backend | null;
  /** The schema of the node that is rendered; null for what belongs to none. */
  readonly ownSchema: string | null;
}

export interface AdapterMethod {
  readonly parameters: readonly string[];
  run(given: Arguments, services: AdapterServices): HostResult;
}

type Asked = (given: Arguments, database: Backend, services: AdapterServices) => Promise<Value>;

/** A method that asks the database; while parsing it answers `otherwise`, as in dbt. */
function asking(parameters: readonly string[], otherwise: Value, work: Asked): AdapterMethod {
  return {
    parameters,
    run: (given, services) => {
      const database = services.backend();
      return database === null ? otherwise : work(given, database, services);
    },
  };
}

function plain(
  parameters: readonly string[],
  run: (given: Arguments, services: AdapterServices) => HostResult,
): AdapterMethod {
  return { parameters, run };
}

function relationOf(given: Arguments, name: string): RelationValue {
  const relation = given.get(name);
  if (relation instanceof RelationValue) return relation;
  throw new TechstoreError('compilation', `adapter: '${name}' must be a relation`, {
    hint: 'Pass ref(…), source(…), this or api.Relation.create(…).',
  });
}

function found(parts: RelationParts | null, { session }: AdapterServices): Value {
  return parts === null ? null : new RelationValue(parts, session.quote);
}

async function columnsOf(
  relation: RelationParts,
  database: Backend,
  { session }: AdapterServices,
): Promise<ColumnValue[]> {
  const columns = await database.columns(relation);
  return columns.map(({ name, type }) => columnClass(session).of({ name, dtype: type }));
}

/** Where a schema of a warehouse is no build's own, what is dropped there may be what others read. */
function mayChange(schema: string | null, method: string, services: AdapterServices): void {
  const { session, ownSchema } = services;
  if (engineNamed(session.target.type).capabilities.isOwnDatabase) return;
  if (schema !== null && schema.toLowerCase() === ownSchema?.toLowerCase()) return;
  throw new TechstoreError(
    'unsupported',
    `not supported: adapter.${method}() in the schema ${schema ?? '?'}, which is not the schema of this build`,
    {
      hint: 'Other users may read that schema. Use this.schema.',
    },
  );
}

function changing(
  method: string,
  parameters: readonly string[],
  work: (given: Arguments, database: Backend, services: AdapterServices) => Promise<void>,
): AdapterMethod {
  return asking(parameters, null, async (given, database, services) => {
    const relation = relationOf(given, parameters[0] ?? '');
    mayChange(relation.schema, method, services);
    await work(given, database, services);
    return null;
  });
}

function schemaOf(given: Arguments, { session }: AdapterServices) {
  const relation = relationOf(given, 'relation');
  return {
    database: relation.database ?? session.target.database,
    schema: relation.schema ?? session.target.schema,
  };
}

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

const relationMethods: Readonly<Record<string, AdapterMethod>> = {
  get_relation: asking(
    ['database', 'schema', 'identifier'],
    null,
    async (given, database, services) =>
      found(
        await database.relation({
          database: given.textOrNull('database') ?? services.session.target.database,
          schema: given.textOrNull('schema'),
          identifier: given.text('identifier'),
        }),
        services,
      ),
  ),
  load_relation: asking(['relation'], null, async (given, database, services) =>
    found(await database.relation(relationOf(given, 'relation')), services),
  ),
  already_exists: asking(
    ['schema', 'name'],
    false,
    async (given, database, { session }) =>
      (await database.relation({
        database: session.target.database,
        schema: given.text('schema'),
        identifier: given.text('name'),
      })) !== null,
  ),
  list_relations: asking(['database', 'schema'], [], async (given, database, services) => {
    const schema = {
      database: given.textOrNull('database') ?? services.session.target.database,
      schema: given.text('schema'),
    };
    return (await database.relations(schema)).map((parts) => found(parts, services));
  }),
  list_relations_without_caching: asking(
    ['schema_relation'],
    [],
    async (given, database, services) => {
      const relation = relationOf(given, 'schema_relation');
      const schema = {
        database: relation.database ?? services.session.target.database,
        schema: relation.schema ?? services.session.target.schema,
      };
      return (await database.relations(schema)).map((parts) => found(parts, services));
    },
  ),
  get_columns_in_relation: asking(['relation'], [], async (given, database, services) =>
    columnsOf(relationOf(given, 'relation'), database, services),
  ),
  get_columns_in_table: asking(['schema', 'identifier'], [], async (given, database, services) =>
    columnsOf(
      {
        database: services.session.target.database,
        schema: given.text('schema'),
        identifier: given.text('identifier'),
      },
      database,
      services,
    ),
  ),
  get_missing_columns: asking(
    ['from_relation', 'to_relation'],
    [],
    async (given, database, services) => {
      const [from, to] = [relationOf(given, 'from_relation'), relationOf(given, 'to_relation')];
      const known = new Set((await columnsOf(to, database, services)).map(({ name }) => name));
      const columns = await columnsOf(from, database, services);
      return columns.filter(({ name }) => !known.has(name));
    },
  ),
  // Neither engine has texts of a limited length that would have to grow.
  expand_target_column_types: asking(['from_relation', 'to_relation'], null, async (given) => {
    relationOf(given, 'from_relation');
    relationOf(given, 'to_relation');
    return null;
  }),
  get_column_schema_from_query: asking(['sql'], [], async (given, database, { session }) => {
    const columns = await database.describe(given.text('sql'));
    return columns.flatMap(({ name, type }) =>
      columnClass(session).of({ name, dtype: type }).flatten(),
    );
  }),
  valid_snapshot_target: asking(
    ['relation', 'column_names'],
    null,
    async (given, database, services) => {
      const columns = await columnsOf(relationOf(given, 'relation'), database, services);
      const names = given.get('column_names');
      const known = new Set(columns.map(({ name }) => name.toLowerCase()));
      const missing = ['dbt_scd_id', 'dbt_valid_from', 'dbt_valid_to']
        .map((name) => (names instanceof Dict ? toText(names.get(name) ?? name) : name))
        .filter((name) => !known.has(name.toLowerCase()));
      if (missing.length === 0) return null;
      throw new TechstoreError(
        'compilation',
        `The target of the snapshot has no column ${missing.join(', ')}`,
      );
    },
  ),
};

const changes: Readonly<Record<string, AdapterMethod>> = {
  create_schema: asking(['relation'], null, async (given, database, services) => {
    await database.createSchema(schemaOf(given, services));
    return null;
  }),
  drop_schema: changing('drop_schema', ['relation'], async (given, database, services) => {
    if (!engineNamed(services.session.target.type).capabilities.isOwnDatabase) {
      throw new TechstoreError(
        'unsupported',
        'not supported: adapter.drop_schema() on a warehouse',
        {
          hint: 'The build schema holds all tables of the build. Drop single relations with adapter.drop_relation().',
        },
      );
    }
    await database.dropSchema(schemaOf(given, services));
  }),
  drop_relation: changing('drop_relation', ['relation'], async (given, database) => {
    const relation = relationOf(given, 'relation');
    if (relation.type === null) {
      throw new TechstoreError(
        'compilation',
        `${relation.toText()} cannot be dropped: its type is unknown`,
        {
          hint: "Get the relation with adapter.get_relation(…) or load_relation(…), or set type='table'.",
        },
      );
    }
    await database.dropRelation(relation);
  }),
  rename_relation: changing(
    'rename_relation',
    ['from_relation', 'to_relation'],
    async (given, database) => {
      const to = relationOf(given, 'to_relation');
      await database.renameRelation(relationOf(given, 'from_relation'), to.identifier ?? '');
    },
  ),
  truncate_relation: changing('truncate_relation', ['relation'], async (given, database) =>
    database.truncateRelation(relationOf(given, 'relation')),
  ),
  check_schema_exists: asking(['database', 'schema'], false, async (given, database, services) =>
    database.schemaExists({
      database: given.textOrNull('database') ?? services.session.target.database,
      schema: given.text('schema'),
    }),
  ),
  execute: asking(
    ['sql', 'auto_begin', 'fetch', 'limit'],
    new Tuple(['', new TableValue({ columns: [], rows: [] })]),
    async (given, database) => {
      const answer = await database.query(given.text('sql'));
      const fetched = isTrue(given.get('fetch') ?? false);
      return new Tuple(['OK', new TableValue(fetched ? answer : { columns: [], rows: [] })]);
    },
  ),
};

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

const others: Readonly<Record<string, AdapterMethod>> = {
  dispatch: plain(['macro_name', 'macro_namespace'], (given, { session, seen }) => {
    const macro = session.macros.dispatch(
      given.text('macro_name'),
      given.textOrNull('macro_namespace'),
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

/** What dbt-duckdb adds. */
const ofDuckDB: Readonly<Record<string, AdapterMethod>> = {
  is_motherduck: plain([], () => false),
  is_ducklake: plain(['relation'], () => false),
  use_ducklake_table_workarounds: plain(['relation'], () => false),
  disable_transactions: plain([], () => false),
  catalog_supports_foreign_keys: plain(['database'], () => true),
  external_root: plain([], () => '.'),
  get_binding_char: plain([], () => '?'),
  escape_sql_string: plain(['value'], (given) =>
    toText(given.get('value') ?? null).replaceAll("'", "''"),
  ),
  location_exists: asking(['location'], false, async (given, database) => {
    const location = given.text('location').replaceAll("'", "''");
    return database.query(`select 1 from '${location}' where 1 = 0`).then(
      () => true,
      (error: unknown) => {
        if (error instanceof TechstoreError && error.code !== 'interrupted') return false;
        throw error;
      },
    );
  }),
  external_write_options: plain(['write_location', 'rendered_options'], (given) =>
    writeOptions(given.text('write_location'), given.get('rendered_options') ?? null),
  ),
  external_read_location: plain(['write_location', 'rendered_options'], (given) =>
    readLocation(given.text('write_location'), given.get('rendered_options') ?? null),
  ),
};

export const adapterMethods: ReadonlyMap<string, AdapterMethod> = new Map(
  Object.entries({ ...relationMethods, ...changes, ...others, ...ofDuckDB }),
);
