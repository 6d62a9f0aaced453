/** Methods of `adapter` that ask the database for relations and their columns. */
import { TechstoreError } from '../../errors.js';
import { Dict, toText, type Value } from '../../jinja/index.js';
import type { Backend } from '../backend.js';
import { columnClass, type ColumnValue } from '../column.js';
import { RelationValue, type RelationParts } from '../relation.js';
import { asking, relationOf, type AdapterMethod, type AdapterServices } from './method.js';

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

export const readingMethods: Readonly<Record<string, AdapterMethod>> = {
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
