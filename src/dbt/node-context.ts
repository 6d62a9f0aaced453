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
import { macroOverrides } from './macro-overrides.js';
import { builtInPackage, MacroNamespace, type RegisteredMacro } from './macro-registry.js';
import type { RelationValue } from './relation.js';
import type { Session } from './session.js';

/** What differs between parsing, compiling and unit testing. */
export interface NodeServices {
  readonly session: Session;
  readonly base: BaseNames;
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

/** Makes the names of one node. Cheap: names that need work are made when they are asked for. */
export function nodeContext(services: NodeServices): NodeContext {
  const { session } = services;
  const usage: Usage = { macros: new Set(), askedDatabase: false };
  const seen = (macro: RegisteredMacro): void => void usage.macros.add(macro.entry.uniqueId);
  const backend = (): Backend | null => {
    if (services.backend !== null) usage.askedDatabase = true;
    return services.backend;
  };
  const names = new Map<string, Value>(services.extra);

  names.set('ref', refFunction(services));
  names.set(
    'source',
    hostFunction('source', (args, kwargs) => {
      const given = new Arguments('source', ['source_name', 'table_name'], args, kwargs);
      return services.source(given.text('source_name'), given.text('table_name'));
    }),
  );
  names.set('config', new ConfigValue(services));
  names.set('execute', services.execute);
  names.set('this', services.thisRelation ?? null);
  names.set('schema', services.thisRelation?.schema ?? session.target.schema);
  names.set('database', services.thisRelation?.database ?? session.target.database);
  names.set(
    'adapter',
    new AdapterValue({
      session,
      seen,
      backend,
      execute: services.execute,
      ownSchema: services.thisRelation?.schema ?? null,
    }),
  );
  names.set('api', apiValue(session));
  names.set(
    'is_incremental',
    hostFunction('is_incremental', () => false),
  );
  names.set(
    'should_full_refresh',
    hostFunction('should_full_refresh', () => services.config?.fullRefresh ?? session.fullRefresh),
  );
  names.set(
    'should_store_failures',
    hostFunction('should_store_failures', () => services.storeFailures ?? false),
  );
  const print = (text: string): void => session.log.info(text);
  for (const [name, value] of resultFunctions(backend, print)) names.set(name, value);
  for (const [name, value] of smallFunctions(services, () => lookup)) names.set(name, value);
  names.set(
    'doc',
    hostFunction('doc', () => {
      throw new TechstoreError('compilation', 'doc() belongs in a description, not in SQL');
    }),
  );
  names.set(
    'var',
    varFunction(session, services.overrides, services.execute, (name) => lookup(name)),
  );
  if (services.overrides !== undefined) {
    names.set('env_var', envVarFunction(session.env, services.overrides));
  }
  const builtins = new MappingValue('dict', () => new Map([...services.base, ...names]));
  const overridden = macroOverrides(services.overrides?.macros ?? {}, session, (name) =>
    names.has(name) ? names.get(name) : services.base.get(name),
  );
  for (const packageName of [session.projectName, builtInPackage]) {
    const functions = packageName === builtInPackage ? macrosOfDbt(names) : undefined;
    names.set(
      packageName,
      new MacroNamespace(
        session.macros,
        packageName,
        seen,
        overridden.ofPackage.get(packageName),
        functions,
      ),
    );
  }

  let model: Value | undefined;
  const context = new ContextValue(
    (name) => lookup(name),
    () => [...contextNames, ...services.base.keys(), ...names.keys(), ...session.macros.names()],
  );
  const lookup: Lookup = (name) => {
    const replaced = overridden.global.get(name);
    if (replaced !== undefined) return replaced;
    const macro = session.macros.find(name);
    if (macro !== undefined) {
      seen(macro);
      return macro.value;
    }
    const own = names.get(name);
    if (own !== undefined) return own;
    if (name === 'model')
      return (model ??= fromHost(
        typeof services.model === 'function' ? services.model() : services.model,
      ));
    if (name === 'context') return context;
    if (name === 'selected_resources') return [...(session.selected ?? [])];
    // While parsing nothing is known of other nodes, as with dbt.
    if (name === 'graph') return services.graph?.() ?? fromHost(emptyGraph);
    if (name === 'builtins') return builtins;
    return services.base.get(name);
  };
  return { lookup, usage };
}

/** What dbt has as macros of its package `dbt`, and this program as functions. */
function macrosOfDbt(names: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  const macros = ['is_incremental', 'should_full_refresh', 'should_store_failures'];
  return new Map(
    [...macros, 'run_query', 'statement', 'noop_statement', 'set_sql_header'].flatMap((name) => {
      const found = names.get(name);
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
