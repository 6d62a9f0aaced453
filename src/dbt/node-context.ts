/** The names that a node's SQL, its hooks and the macros they call see. */
import { TechstoreError } from '../errors.js';
import { fromHost, type Lookup, type Value } from '../jinja/index.js';
import type { NodeConfig } from '../manifest/config.js';
import { AdapterValue, apiValue } from './adapter.js';
import type { Backend } from './backend.js';
import { envVarFunction, varFunction, type BaseNames, type Overrides } from './base-context.js';
import { ConfigValue } from './context/config.js';
import { ContextValue, contextNames } from './context/context-value.js';
import { resultFunctions } from './context/results.js';
import { smallFunctions } from './context/small-functions.js';
import { Arguments, hostFunction, MappingValue } from './host-values.js';
import { macroOverrides, type MacroOverrides } from './macro-overrides.js';
import { builtInPackage, MacroNamespace, type RegisteredMacro } from './macro-registry.js';
import type { RelationValue } from './relation.js';
import type { Session } from './session.js';

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
  readonly model: Readonly<Record<string, unknown>> | (() => Readonly<Record<string, unknown>>);
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

/** What the names of one node are made from. */
interface Parts {
  readonly services: NodeServices;
  readonly seen: (macro: RegisteredMacro) => void;
  readonly backend: () => Backend | null;
  readonly lookup: Lookup;
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
    ({ services: { session, packageName, execute, thisRelation }, seen, backend }) =>
      new AdapterValue({
        ...{ session, seen, packageName, execute, backend },
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
    'doc',
    () =>
      hostFunction('doc', () => {
        throw new TechstoreError('compilation', 'doc() belongs in a description, not in SQL');
      }),
  ],
  [
    'var',
    ({ services: { session, overrides, packageName, execute }, lookup }) =>
      varFunction(session, { overrides, packageName, isNeeded: execute, lookup }),
  ],
]);

/** Functions that share what they keep: made together when one of them is asked for. */
function sharingFunctions({ services, backend, lookup }: Parts): ReadonlyMap<string, Value> {
  const print = (text: string): void => services.session.log.info(text);
  return new Map([...resultFunctions(backend, print), ...smallFunctions(services, () => lookup)]);
}

/** Makes the names of one node. Cheap: each name is made when it is asked for. */
export function nodeContext(services: NodeServices): NodeContext {
  const { session, overrides, base, packageName } = services;
  const usage: Usage = { macros: new Set(), askedDatabase: false };
  const seen = (macro: RegisteredMacro): void => void usage.macros.add(macro.entry.uniqueId);
  const backend = (): Backend | null => {
    if (services.backend !== null) usage.askedDatabase = true;
    return services.backend;
  };
  const parts: Parts = { services, seen, backend, lookup: (name) => lookup(name) };
  const made = new Map<string, Value>(services.extra);
  for (const name of makers.keys()) made.delete(name);
  if (overrides !== undefined) made.set('env_var', envVarFunction(session.env, overrides));
  let sharing: ReadonlyMap<string, Value> | undefined;
  const ownWithoutPackages = (name: string): Value | undefined => {
    const known = made.get(name);
    if (known !== undefined) return known;
    const value = makers.get(name)?.(parts) ?? (sharing ??= sharingFunctions(parts)).get(name);
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
    if (!session.macros.isNamespace(name)) return ownWithoutPackages(name);
    let macros = made.get(name);
    if (!(macros instanceof MacroNamespace)) {
      const functions = name === builtInPackage ? macrosOfDbt(ownWithoutPackages) : undefined;
      const replaced = overridden.ofPackage.get(name);
      macros = new MacroNamespace(session.macros, name, seen, replaced, functions);
      made.set(name, macros);
    }
    return macros;
  };
  const ownNames = (): readonly string[] => {
    sharing ??= sharingFunctions(parts);
    return [...new Set([...made.keys(), ...makers.keys(), ...sharing.keys()])];
  };

  let model: Value | undefined;
  const context = new ContextValue(
    (name) => lookup(name),
    () => [...contextNames, ...base.keys(), ...ownNames(), ...session.macros.names()],
  );
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
    if (name === 'model')
      return (model ??= fromHost(
        typeof services.model === 'function' ? services.model() : services.model,
      ));
    if (name === 'context') return context;
    if (name === 'selected_resources') return [...(session.selected ?? [])];
    // While parsing nothing is known of other nodes, as with dbt.
    if (name === 'graph') return services.graph?.() ?? fromHost(emptyGraph);
    if (name === 'builtins') {
      for (const each of ownNames()) ownWithoutPackages(each);
      return new MappingValue('dict', () => new Map([...base, ...made]));
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
    [...macros, 'run_query', 'statement', 'noop_statement', 'set_sql_header'].flatMap((name) => {
      const found = named(name);
      return found === undefined ? [] : [[name, found] as const];
    }),
  );
}

const emptyGraph = {
  ...{ nodes: {}, sources: {}, exposures: {}, metrics: {}, groups: {} },
  ...{ semantic_models: {}, saved_queries: {}, functions: {} },
};

function refFunction(services: NodeServices): Value {
  return hostFunction('ref', (args, kwargs) => {
    for (const [key, value] of kwargs) {
      if ((key === 'v' || key === 'version') && value !== null) {
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
