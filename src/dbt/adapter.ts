/** `adapter` and `api` in templates: dispatch, and questions to the database. */
import { TechstoreError } from '../errors.js';
import { HostObject, type HostResult, type Kwargs, type Value } from '../jinja/index.js';
import { Arguments, hostFunction, RecordValue } from './host-values.js';
import type { RegisteredMacro } from './macro-registry.js';
import { RelationValue, type RelationParts } from './relation.js';
import type { Session } from './session.js';
import type { QueryAnswer } from './table.js';

export interface ColumnOfRelation {
  readonly name: string;
  readonly type: string;
}

/** What templates may ask of the database while a node runs. */
export interface Backend {
  query(sql: string): Promise<QueryAnswer>;
  /** Null when there is no such relation. */
  relation(parts: RelationParts): Promise<RelationParts | null>;
  columns(parts: RelationParts): Promise<readonly ColumnOfRelation[]>;
}

export interface AdapterServices {
  readonly session: Session;
  readonly seen: (macro: RegisteredMacro) => void;
  /** Null while parsing, when `execute` is false. */
  readonly backend: () => Backend | null;
}

/** A column as `adapter.get_columns_in_relation` answers it. */
export function columnValue(column: ColumnOfRelation, quote: (name: string) => string): Value {
  return RecordValue.of(
    'Column',
    {
      name: column.name,
      column: column.name,
      dtype: column.type,
      data_type: column.type,
      quoted: quote(column.name),
    },
    `<Column ${column.name} (${column.type})>`,
  );
}

export class AdapterValue extends HostObject {
  readonly typeName = 'adapter';
  readonly #services: AdapterServices;

  constructor(services: AdapterServices) {
    super();
    this.#services = services;
  }

  override toText(): string {
    return '<adapter>';
  }

  override callMethod(
    name: string,
    args: readonly Value[],
    kwargs: Kwargs,
  ): HostResult | undefined {
    const { session, seen, backend } = this.#services;
    switch (name) {
      case 'dispatch': {
        const given = new Arguments(
          'adapter.dispatch',
          ['macro_name', 'macro_namespace'],
          args,
          kwargs,
        );
        const macro = session.macros.dispatch(
          given.text('macro_name'),
          given.textOrNull('macro_namespace'),
        );
        seen(macro);
        return macro.value;
      }
      case 'type':
        return session.target.type;
      case 'quote':
        return session.quote(
          new Arguments('adapter.quote', ['identifier'], args, kwargs).text('identifier'),
        );
      case 'quote_as_configured':
      case 'quote_seed_column':
        return session.quote(
          new Arguments(`adapter.${name}`, ['identifier', 'quote_config'], args, kwargs).text(
            'identifier',
          ),
        );
      case 'get_relation': {
        const given = new Arguments(
          'adapter.get_relation',
          ['database', 'schema', 'identifier'],
          args,
          kwargs,
        );
        const database = backend();
        if (database === null) return null;
        return database
          .relation({
            database: given.textOrNull('database'),
            schema: given.textOrNull('schema'),
            identifier: given.text('identifier'),
          })
          .then((found) => (found === null ? null : new RelationValue(found, session.quote)));
      }
      case 'load_relation':
      case 'get_columns_in_relation': {
        const [relation] = args;
        if (!(relation instanceof RelationValue)) {
          throw new TechstoreError('compilation', `adapter.${name}() takes a relation`, {
            hint: 'Give it ref(…), source(…) or this.',
          });
        }
        const database = backend();
        if (database === null) return name === 'load_relation' ? null : [];
        if (name === 'load_relation') {
          return database
            .relation(relation)
            .then((found) => (found === null ? null : new RelationValue(found, session.quote)));
        }
        return database
          .columns(relation)
          .then((columns) => columns.map((column) => columnValue(column, session.quote)));
      }
      default:
        throw new TechstoreError('unsupported', `adapter.${name}() is not supported`, {
          hint: 'Supported: dispatch, type, quote, get_relation, load_relation, get_columns_in_relation.',
        });
    }
  }
}

/** `api.Relation.create(…)` and `api.Column.create(…)`. */
export function apiValue(session: Session): Value {
  const relation = hostFunction('create', (args, kwargs) => {
    const given = new Arguments(
      'api.Relation.create',
      ['database', 'schema', 'identifier', 'type'],
      args,
      kwargs,
    );
    const type = given.textOrNull('type');
    return new RelationValue(
      {
        database: given.textOrNull('database'),
        schema: given.textOrNull('schema'),
        identifier: given.textOrNull('identifier'),
        type: type === 'table' || type === 'view' || type === 'cte' ? type : null,
      },
      session.quote,
    );
  });
  const column = hostFunction('create', (args, kwargs) => {
    const given = new Arguments('api.Column.create', ['name', 'dtype'], args, kwargs);
    return columnValue({ name: given.text('name'), type: given.text('dtype') }, session.quote);
  });
  return new RecordValue(
    'api',
    new Map<string, Value>([
      ['Relation', new RecordValue('Relation', new Map([['create', relation]]))],
      ['Column', new RecordValue('Column', new Map([['create', column]]))],
    ]),
  );
}
