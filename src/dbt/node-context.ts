/** The names that a node's SQL, its hooks and the macros they call see. */
import { TechstoreError } from '../errors.js';
import {
  fromHost,
  HostObject,
  isTrue,
  toHost,
  type CallContext,
  type HostResult,
  type Kwargs,
  type Lookup,
  type Value,
} from '../jinja/index.js';
import type { NodeConfig } from '../manifest/config.js';
import { AdapterValue, apiValue } from './adapter.js';
import type { Backend } from './backend.js';
import { envVarFunction, varFunction, type BaseNames, type Overrides } from './base-context.js';
import { configByDbtNames } from '../manifest/config-by-dbt-names.js';
import { Arguments, hostFunction, RecordValue } from './host-values.js';
import { macroOverrides, type MacroOverrides } from './macro-overrides.js';
import { builtInPackage, MacroNamespace, type RegisteredMacro } from './macro-registry.js';
import type { RelationValue } from './relation.js';
import type { Session } from './session.js';
import { TableValue } from './table.js';

/** What differs between parsing, compiling and unit testing. */
export interface NodeServices {
  readonly session: Session;
  readonly base: BaseNames;
  /** Of what is rendered: its macros go first, and `var` gives its variables. */
  readonly packageName: string;
  /** False while parsing: then nothing may be asked of the database. */
  readonly execute: boolean;
  ref(packageName: string | null, name: string): Value;
  source(source: string, table: string): Value;
  /** `config(…)` in the file; parsing collects, a run passes over it. */
  configure(values: ReadonlyMap<string, Value>): void;
  readonly config: NodeConfig | null;
  readonly thisRelation: RelationValue | null;
  /** The node by dbt's names, as `model`. */
  readonly model: Readonly<Record<string, unknown>>;
  readonly backend: Backend | null;
  readonly overrides?: Overrides & { readonly macros?: Readonly<Record<string, unknown>> };
  readonly storeFailures?: boolean;
  /** The whole manifest by dbt's names, made when a template asks for it. */
  readonly graph?: () => Value;
  readonly extra?: ReadonlyMap<string, Value>;
}

/** What a rendering used, known when it is over. */
export interface Usage {
  readonly macros: Set<string>;
  /** True when the database was asked: such a text can't be known without running. */
  askedDatabase: boolean;
}

export interface NodeContext {
  readonly lookup: Lookup;
  readonly usage: Usage;
}

class ConfigValue extends HostObject {
  readonly typeName = 'config';
  readonly #services: NodeServices;
  readonly #set = new Map<string, Value>();

  constructor(services: NodeServices) {
    super();
    this.#services = services;
  }

  override toText(): string {
    return '<config>';
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
      for (const [key, value] of entries) this.#set.set(asName(key), value);
    }
    for (const [key, value] of kwargs) this.#set.set(key, value);
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
        if (value !== undefined && value !== null) return value;
        if (name === 'require' && this.#services.execute) {
          throw new TechstoreError('compilation', `The config '${key}' is required here`);
        }
        return given.get('default') ?? null;
      }
      case 'set':
        this.#set.set(asName(args[0]), args[1] ?? null);
        return '';
      case 'persist_relation_docs':
        return this.#services.config?.persistDocs.relation ?? false;
      case 'persist_column_docs':
        return this.#services.config?.persistDocs.columns ?? false;
      default:
        return undefined;
    }
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

/** What the names of one node are made from. */
interface Parts {
  readonly services: NodeServices;
  readonly seen: (macro: RegisteredMacro) => void;
  readonly backend: () => Backend | null;
  /** What `statement` kept for `load_result`. */
  readonly results: Map<string, Value>;
}

/** Most templates ask for few of them, and a project has thousands of templates. */
const makers: ReadonlyMap<string, (parts: Parts) => Value> = new Map<
  string,
  (parts: Parts) => Value
>([
  ['ref', ({ services }) => refFunction(services)],
  ['source', ({ services }) => sourceFunction(services)],
  ['config', ({ services }) => new ConfigValue(services)],
  ['execute', ({ services }) => services.execute],
  ['this', ({ services }) => services.thisRelation ?? null],
  ['schema', ({ services }) => services.thisRelation?.schema ?? services.session.target.schema],
  [
    'database',
    ({ services }) => services.thisRelation?.database ?? services.session.target.database,
  ],
  [
    'adapter',
    ({ services: { session, packageName, thisRelation }, seen, backend }) =>
      new AdapterValue({
        ...{ session, seen, packageName, backend },
        ownSchema: thisRelation?.schema ?? null,
      }),
  ],
  ['api', ({ services }) => apiValue(services.session)],
  ['is_incremental', () => hostFunction('is_incremental', () => false)],
  [
    'should_full_refresh',
    ({ services }) =>
      hostFunction(
        'should_full_refresh',
        () => services.config?.fullRefresh ?? services.session.fullRefresh,
      ),
  ],
  [
    'should_store_failures',
    ({ services }) => hostFunction('should_store_failures', () => services.storeFailures ?? false),
  ],
  [
    'load_result',
    ({ results }) => hostFunction('load_result', (args) => results.get(asName(args[0])) ?? null),
  ],
  ['run_query', ({ backend }) => runQuery(backend)],
  ['statement', ({ backend, results }) => statement(backend, results)],
  [
    'doc',
    () =>
      hostFunction('doc', () => {
        throw new TechstoreError('compilation', 'doc() belongs in a description, not in SQL');
      }),
  ],
]);

/** Makes the names of one node. Cheap: each name is made when it is asked for. */
export function nodeContext(services: NodeServices): NodeContext {
  const { session, overrides, base, packageName } = services;
  const usage: Usage = { macros: new Set(), askedDatabase: false };
  const seen = (macro: RegisteredMacro): void => void usage.macros.add(macro.entry.uniqueId);
  const backend = (): Backend | null => {
    if (services.backend !== null) usage.askedDatabase = true;
    return services.backend;
  };
  const parts: Parts = { services, seen, backend, results: new Map() };
  const made = new Map<string, Value>(services.extra);
  for (const name of makers.keys()) made.delete(name);
  if (overrides !== undefined || packageName !== session.projectName)
    made.set('var', varFunction(session, overrides, packageName));
  if (overrides !== undefined) made.set('env_var', envVarFunction(session.env, overrides));
  const ownWithoutPackages = (name: string): Value | undefined => {
    const known = made.get(name);
    if (known !== undefined) return known;
    const value = makers.get(name)?.(parts);
    if (value !== undefined) made.set(name, value);
    return value;
  };
  const overridden =
    overrides?.macros === undefined
      ? noOverrides
      : macroOverrides(
          overrides.macros,
          session,
          (name) => ownWithoutPackages(name) ?? base.get(name),
        );
  const own = (name: string): Value | undefined => {
    if (!session.macros.hasPackage(name)) return ownWithoutPackages(name);
    let macros = made.get(name);
    if (!(macros instanceof MacroNamespace)) {
      const functions = name === builtInPackage ? macrosOfDbt(ownWithoutPackages) : undefined;
      const replaced = overridden.ofPackage.get(name);
      macros = new MacroNamespace(session.macros, name, seen, replaced, functions);
      made.set(name, macros);
    }
    return macros;
  };

  const lookup: Lookup = (name) => {
    const replaced = overridden.global.get(name);
    if (replaced !== undefined) return replaced;
    const macro = session.macros.find(name, packageName);
    if (macro !== undefined) {
      seen(macro);
      return macro.value;
    }
    const value = own(name);
    if (value !== undefined) return value;
    if (name === 'model') return fromHost(services.model);
    // While parsing nothing is known of other nodes, as with dbt.
    if (name === 'graph') return services.graph?.() ?? fromHost(emptyGraph);
    if (name === 'builtins') {
      for (const each of makers.keys()) ownWithoutPackages(each);
      return new RecordValue('builtins', new Map([...base, ...made]));
    }
    return base.get(name);
  };
  return { lookup, usage };
}

const noOverrides: MacroOverrides = { global: new Map(), ofPackage: new Map() };

/** What dbt has as macros of its package `dbt`, and this program as functions. */
function macrosOfDbt(named: (name: string) => Value | undefined): ReadonlyMap<string, Value> {
  const macros = ['is_incremental', 'should_full_refresh', 'should_store_failures'];
  return new Map(
    [...macros, 'run_query', 'statement'].flatMap((name) => {
      const found = named(name);
      return found === undefined ? [] : [[name, found] as const];
    }),
  );
}

const emptyGraph = { nodes: {}, sources: {}, exposures: {}, metrics: {}, groups: {} };

/** The name of a setting or a result, which is always a text. */
function asName(value: Value | undefined): string {
  if (typeof value === 'string') return value;
  throw new TechstoreError('compilation', 'A name must be a text here');
}

function refFunction(services: NodeServices): Value {
  return hostFunction('ref', (args, kwargs) => {
    for (const key of kwargs.keys()) {
      if (key === 'v' || key === 'version') {
        throw new TechstoreError(
          'unsupported',
          'Versions of models are not supported: ref(…, v=…)',
        );
      }
    }
    const texts = args.filter((arg): arg is string => typeof arg === 'string');
    if (texts.length !== args.length || texts.length < 1 || texts.length > 2) {
      throw new TechstoreError('compilation', 'ref() takes one or two texts', {
        hint: "Write ref('model') or ref('package', 'model').",
      });
    }
    return texts.length === 1
      ? services.ref(null, texts[0] ?? '')
      : services.ref(texts[0] ?? '', texts[1] ?? '');
  });
}

function sourceFunction(services: NodeServices): Value {
  return hostFunction('source', (args, kwargs) => {
    const given = new Arguments('source', ['source_name', 'table_name'], args, kwargs);
    return services.source(given.text('source_name'), given.text('table_name'));
  });
}

function runQuery(backend: () => Backend | null): Value {
  return hostFunction('run_query', (args) => {
    const database = backend();
    if (database === null) return null;
    return database.query(String(toHost(args[0] ?? ''))).then((answer) => new TableValue(answer));
  });
}

/** `{% call statement('name', fetch_result=true) %}…{% endcall %}`, read back by load_result. */
function statement(backend: () => Backend | null, results: Map<string, Value>): Value {
  return hostFunction('statement', function* (args, kwargs, context: CallContext) {
    const caller = kwargs.get('caller');
    const database = backend();
    if (caller === undefined || database === null) return '';
    const sql = context.toText(yield* context.call(caller));
    const answer = (yield database.query(sql)) as Awaited<ReturnType<Backend['query']>>;
    const name = kwargs.get('name') ?? args[0];
    if (typeof name === 'string') {
      // What was not asked for is not kept, as in dbt.
      const fetched = isTrue(kwargs.get('fetch_result') ?? args[1] ?? false);
      const table = new TableValue(fetched ? answer : { columns: [], rows: [] });
      results.set(
        name,
        new RecordValue(
          'Result',
          new Map<string, Value>([
            ['table', table],
            ['data', table.data()],
            ['response', 'OK'],
          ]),
        ),
      );
    }
    return '';
  });
}
