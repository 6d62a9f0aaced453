/** What a method of `adapter` is, and the ways in which they are made. */
import { TechstoreError } from '../../errors.js';
import type { HostResult, Value } from '../../jinja/index.js';
import type { Backend } from '../backend.js';
import type { Arguments } from '../host-values.js';
import type { RegisteredMacro } from '../macro-registry.js';
import { RelationValue } from '../relation.js';
import type { Session } from '../session.js';

export interface AdapterServices {
  readonly session: Session;
  readonly seen: (macro: RegisteredMacro) => void;
  /** Name of the package of what is rendered. */
  readonly packageName: string;
  /** False while parsing. */
  readonly execute: boolean;
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
export function asking(
  parameters: readonly string[],
  otherwise: Value,
  work: Asked,
): AdapterMethod {
  return {
    parameters,
    run: (given, services) => {
      const database = services.backend();
      return database === null ? otherwise : work(given, database, services);
    },
  };
}

export function plain(
  parameters: readonly string[],
  run: (given: Arguments, services: AdapterServices) => HostResult,
): AdapterMethod {
  return { parameters, run };
}

export function relationOf(given: Arguments, name: string): RelationValue {
  const relation = given.get(name);
  if (relation instanceof RelationValue) return relation;
  throw new TechstoreError('compilation', `adapter: '${name}' must be a relation`, {
    hint: 'Pass ref(…), source(…), this or api.Relation.create(…).',
  });
}
