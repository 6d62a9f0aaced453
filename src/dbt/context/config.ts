/** `config`: sets a node's configuration when it is called, and tells it. */
import { TechstoreError } from '../../errors.js';
import {
  fromHost,
  HostObject,
  type HostResult,
  type Kwargs,
  type Value,
} from '../../jinja/index.js';
import { configByDbtNames } from '../../manifest/config-by-dbt-names.js';
import type { NodeConfig } from '../../manifest/config.js';
import { Arguments } from '../host-values.js';

export interface ConfigServices {
  readonly execute: boolean;
  readonly config: NodeConfig | null;
  configure(values: ReadonlyMap<string, Value>): void;
  /** The node, as `config.model`. */
  readonly modelValue?: () => Value;
}

export class ConfigValue extends HostObject {
  readonly typeName = 'config';
  readonly #services: ConfigServices;
  readonly #set = new Map<string, Value>();

  constructor(services: ConfigServices) {
    super();
    this.#services = services;
  }

  override toText(): string {
    return '<config>';
  }

  override getAttribute(name: string): Value | undefined {
    return name === 'model' ? (this.#services.modelValue?.() ?? null) : undefined;
  }

  override call(args: readonly Value[], kwargs: Kwargs): HostResult {
    if (args.length > 0) {
      const [first] = args;
      if (args.length > 1 || first === null || typeof first !== 'object' || !('entries' in first)) {
        throw new TechstoreError('compilation', 'config() takes named arguments', {
          hint: "Write config(materialized='table').",
        });
      }
      const entries = first.entries() as Iterable<[Value, Value]>;
      for (const [key, value] of entries) this.#keep(asName(key), value);
    }
    for (const [key, value] of kwargs) this.#keep(key, value);
    this.#services.configure(this.#set);
    return '';
  }

  override callMethod(
    name: string,
    args: readonly Value[],
    kwargs: Kwargs,
  ): HostResult | undefined {
    switch (name) {
      case 'get':
      case 'require': {
        const given = new Arguments(
          `config.${name}`,
          ['name', 'default', 'validator'],
          args,
          kwargs,
        );
        const key = given.text('name');
        const value = this.#valueOf(key);
        if (value !== undefined && (value !== null || name === 'get')) return value;
        if (name === 'require' && this.#services.execute) {
          throw new TechstoreError('compilation', `The config '${key}' is required here`);
        }
        return given.get('default') ?? null;
      }
      case 'set':
        this.#keep(asName(args[0]), args[1] ?? null);
        return '';
      case 'meta_get':
      case 'meta_require':
        return this.#meta(name, new Arguments(`config.${name}`, ['name', 'default'], args, kwargs));
      case 'persist_relation_docs':
        return this.#services.config?.persistDocs.relation ?? false;
      case 'persist_column_docs':
        return this.#services.config?.persistDocs.columns ?? false;
      default:
        return undefined;
    }
  }

  /** A run has the configuration that parsing found: what it sets itself has no effect, as in dbt. */
  #keep(key: string, value: Value): void {
    if (!this.#services.execute) this.#set.set(key, value);
  }

  #meta(method: string, given: Arguments): Value {
    const key = given.text('name');
    const meta = this.#services.config?.meta ?? {};
    if (Object.hasOwn(meta, key)) return fromHost(meta[key]);
    if (method === 'meta_require' && this.#services.execute) {
      throw new TechstoreError('compilation', `meta needs the key '${key}' here`);
    }
    return given.get('default') ?? null;
  }

  #valueOf(key: string): Value | undefined {
    const set = this.#set.get(key);
    if (set !== undefined) return set;
    if (this.#services.config === null) return undefined;
    const values = configByDbtNames(this.#services.config);
    const spelled = Object.hasOwn(values, key) ? key : key.replace('_hook', '-hook');
    return Object.hasOwn(values, spelled) ? fromHost(values[spelled]) : undefined;
  }
}

/** The name of a setting, which is always a text. */
function asName(value: Value | undefined): string {
  if (typeof value === 'string') return value;
  throw new TechstoreError('compilation', 'A name must be a text here');
}
