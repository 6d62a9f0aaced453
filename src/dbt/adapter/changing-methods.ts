/** Methods of `adapter` that change the database, or run a statement on it. */
import { engineNamed } from '../../engine/engines.js';
import { TechstoreError } from '../../errors.js';
import { isTrue, Tuple } from '../../jinja/index.js';
import type { Backend } from '../backend.js';
import type { Arguments } from '../host-values.js';
import { TableValue } from '../agate/table.js';
import { asking, relationOf, type AdapterMethod, type AdapterServices } from './method.js';

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

export const changingMethods: Readonly<Record<string, AdapterMethod>> = {
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
    new Tuple(['', TableValue.of({ columns: [], rows: [] })]),
    async (given, database) => {
      const answer = await database.query(given.text('sql'));
      const fetched = isTrue(given.get('fetch') ?? false);
      const limit = given.get('limit');
      const rows = typeof limit === 'number' ? answer.rows.slice(0, limit) : answer.rows;
      return new Tuple([
        'OK',
        TableValue.of(fetched ? { ...answer, rows } : { columns: [], rows: [] }),
      ]);
    },
  ),
};
