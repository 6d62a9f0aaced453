/** `adapter` and `api` in templates: dbt's adapter, as far as its methods make sense here. */
import { TechstoreError } from '../errors.js';
import { HostObject, type HostResult, type Kwargs, type Value } from '../jinja/index.js';
import { adapterMethods } from './adapter-methods.js';
import type { AdapterServices } from './adapter/method.js';
import { columnClass } from './column.js';
import { Arguments, hostFunction, MappingValue, RecordValue } from './host-values.js';
import { flagsOf, partOf, relationType, relationTypes, RelationValue } from './relation.js';
import type { Session } from './session.js';

export type { AdapterServices } from './adapter/method.js';

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

  /** A method that is not called, as in `adapter.get_relation is defined`. */
  override getAttribute(name: string): Value | undefined {
    if (name === 'Relation') return relationClass(this.#services.session);
    if (name === 'Column') return columnClass(this.#services.session);
    return adapterMethods.has(name)
      ? hostFunction(name, (args, kwargs) => this.callMethod(name, args, kwargs) ?? null)
      : undefined;
  }

  override callMethod(
    name: string,
    args: readonly Value[],
    kwargs: Kwargs,
  ): HostResult | undefined {
    const method = adapterMethods.get(name);
    if (method !== undefined) {
      const given = new Arguments(`adapter.${name}`, method.parameters, args, kwargs);
      return method.run(given, this.#services);
    }
    // While parsing, what is not there is undefined, as in dbt: it stops its node when that runs.
    if (!this.#services.execute) return undefined;
    throw new TechstoreError('unsupported', `not supported: adapter.${name}()`, {
      hint: `Supported methods: ${[...adapterMethods.keys()].sort().join(', ')}.`,
    });
  }
}

/** `api.Relation` and `api.Column`. */
export function apiValue(session: Session): Value {
  return new MappingValue(
    'dict',
    new Map<string, Value>([
      ['Relation', relationClass(session)],
      ['Column', columnClass(session)],
    ]),
  );
}

/** dbt's names of the types on its class: `api.Relation.MaterializedView`. */
const typeNames: Readonly<Record<string, string>> = {
  Table: 'table',
  View: 'view',
  CTE: 'cte',
  External: 'external',
  MaterializedView: 'materialized_view',
  PointerTable: 'pointer_table',
  Function: 'function',
};

function relationClass(session: Session): Value {
  const names = [
    ...['database', 'schema', 'identifier', 'type', 'quote_policy', 'include_policy'],
    ...['quote_character', 'dbt_created', 'limit', 'external', 'catalog', 'require_alias'],
  ];
  const create = hostFunction('create', (args, kwargs) => {
    const given = new Arguments('api.Relation.create', names, args, kwargs);
    return new RelationValue(
      {
        database: partOf(given.get('database'), 'database'),
        schema: partOf(given.get('schema'), 'schema'),
        identifier: partOf(given.get('identifier'), 'identifier'),
        type: relationType(given.get('type')),
      },
      session.quote,
      {
        include: flagsOf(given.get('include_policy')),
        quoted: flagsOf(given.get('quote_policy')),
      },
    );
  });
  const functions: Readonly<Record<string, (given: Arguments) => Value>> = {
    get_relation_type: (given) => relationType(given.get('value')),
    add_ephemeral_prefix: (given) => `__dbt__cte__${given.text('value')}`,
  };
  const scdArgs = hostFunction('scd_args', (args, kwargs) => {
    const given = new Arguments('scd_args', ['primary_key', 'updated_at'], args, kwargs);
    const key = given.get('primary_key') ?? null;
    return [...(Array.isArray(key) ? key : [key]), given.get('updated_at') ?? null];
  });
  return new RecordValue(
    'Relation',
    new Map<string, Value>([
      ['create', create],
      ['scd_args', scdArgs],
      ...Object.entries(functions).map(
        ([name, work]) =>
          [
            name,
            hostFunction(name, (args, kwargs) =>
              work(new Arguments(`api.Relation.${name}`, ['value'], args, kwargs)),
            ),
          ] as const,
      ),
      ...Object.entries(typeNames).map(
        ([name, type]) => [name, relationTypes.find((known) => known === type) ?? null] as const,
      ),
    ]),
  );
}
