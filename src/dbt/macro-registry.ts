/**
 * All macros by package. As in dbt, a name is looked for in the package of the node that is
 * rendered, then in the root project, then among the built-in macros, so that a project can
 * override any. Macros of other packages need their package's name.
 */
import { TechstoreError } from '../errors.js';
import { HostObject, macrosOf, type Macro, type Template, type Value } from '../jinja/index.js';
import type { MacroEntry } from '../manifest/nodes.js';

export interface RegisteredMacro {
  readonly value: Macro;
  readonly entry: MacroEntry;
}

/** Name of the package that holds the built-in macros. */
export const builtInPackage = 'dbt';

/** What dbt has in packages of its own, and this program among its built-in macros. */
const adapterPackages: Readonly<Record<string, readonly string[]>> = {
  duckdb: ['dbt_duckdb'],
  databricks: ['dbt_databricks', 'dbt_spark'],
};

/** Search orders of `dispatch:` in dbt_project.yml by namespace. */
export type SearchOrders = ReadonlyMap<string, readonly string[]>;

/** Prefixes of dispatched macros for each engine, the closest first. */
const dispatchPrefixes: Readonly<Record<string, readonly string[]>> = {
  duckdb: ['duckdb__', 'default__'],
  databricks: ['databricks__', 'spark__', 'default__'],
};

export class MacroRegistry {
  readonly #packages = new Map<string, Map<string, RegisteredMacro>>();
  readonly #project: string;
  readonly #prefixes: readonly string[];
  readonly #builtIn: ReadonlySet<string>;
  readonly #orders: SearchOrders;
  #byName: Map<string, RegisteredMacro[]> | undefined;

  /** @param project name of the root project */
  constructor(project: string, adapterType: string, orders: SearchOrders = new Map()) {
    this.#project = project;
    this.#builtIn = new Set([builtInPackage, ...(adapterPackages[adapterType] ?? [])]);
    this.#orders = orders;
    this.#prefixes = dispatchPrefixes[adapterType] ?? ['default__'];
    this.#packages.set(project, new Map());
    this.#packages.set(builtInPackage, new Map());
  }

  /**
   * Adds every macro and test block of a template.
   *
   * @param folder of an installed package: `dbt_packages/dbt_utils/`. Its materializations are passed over: dbt
   * takes no package's for a built-in one, and a model that asks for another kind is told so by itself.
   * @throws TechstoreError when the package has a macro of that name already.
   */
  add(packageName: string, template: Template, folder?: string): RegisteredMacro[] {
    this.#byName = undefined;
    const macros = this.#packages.get(packageName) ?? new Map<string, RegisteredMacro>();
    this.#packages.set(packageName, macros);
    const values = new Map(macrosOf(template));
    const added: RegisteredMacro[] = [];
    for (const block of template.blocks) {
      if (block.kind === 'materialization' && folder === undefined) {
        throw new TechstoreError(
          'unsupported',
          `Custom materializations are not supported: ${block.name}`,
          {
            place: { file: template.file, line: block.line, column: block.column },
            hint: 'Use view, table, ephemeral or seed, and add hooks if needed.',
          },
        );
      }
      if (block.kind !== 'macro' && block.kind !== 'test') continue;
      const name = block.macroName;
      const value = values.get(name);
      if (value === undefined) continue;
      const twin = macros.get(name);
      if (twin !== undefined) {
        throw new TechstoreError('compilation', `The macro ${name} has two definitions`, {
          place: { file: template.file, line: block.line, column: block.column },
          hint: `The other definition is at ${twin.entry.originalFilePath}:${twin.entry.line}. Rename one of them.`,
        });
      }
      const registered: RegisteredMacro = {
        value,
        entry: {
          uniqueId: `macro.${packageName}.${name}`,
          name,
          packageName,
          originalFilePath: template.file,
          ...(folder === undefined ? {} : { packageFolder: folder }),
          macroSql: template.source.slice(block.start, block.end),
          line: block.line,
          description: '',
          meta: {},
          arguments: [],
          dependsOn: { macros: [] },
        },
      };
      macros.set(name, registered);
      added.push(registered);
    }
    return added;
  }

  /**
   * The macro that a plain name means.
   *
   * @param from the package of what is rendered; default the root project
   */
  find(name: string, from = this.#project): RegisteredMacro | undefined {
    return (
      this.#packages.get(from)?.get(name) ??
      this.#packages.get(this.#project)?.get(name) ??
      this.#packages.get(builtInPackage)?.get(name)
    );
  }

  /** A macro of any package; the root project goes first, the built-in ones last. */
  findAnywhere(name: string): RegisteredMacro | undefined {
    const own = this.#packages.get(this.#project)?.get(name);
    if (own !== undefined) return own;
    const all = this.named(name);
    return all.find(({ entry }) => entry.packageName !== builtInPackage) ?? all[0];
  }

  /** Every macro of that name, of whichever package. */
  named(name: string): readonly RegisteredMacro[] {
    if (this.#byName === undefined) {
      this.#byName = new Map();
      for (const macro of this.all()) {
        const same = this.#byName.get(macro.entry.name);
        if (same === undefined) this.#byName.set(macro.entry.name, [macro]);
        else same.push(macro);
      }
    }
    return this.#byName.get(name) ?? [];
  }

  inPackage(packageName: string, name: string): RegisteredMacro | undefined {
    return this.#packages.get(this.#known(packageName))?.get(name);
  }

  hasPackage(packageName: string): boolean {
    return this.#packages.has(this.#known(packageName));
  }

  /** Whether templates may write the package's name before a macro: as in dbt, not that of an adapter. */
  isNamespace(name: string): boolean {
    return this.#packages.has(name);
  }

  /** Makes the package known, though it may hold no macro. */
  addPackage(packageName: string): void {
    if (!this.#packages.has(packageName)) this.#packages.set(packageName, new Map());
  }

  #known(packageName: string): string {
    return this.#builtIn.has(packageName) ? builtInPackage : packageName;
  }

  names(): string[] {
    return [...this.#packages.values()].flatMap((macros) => [...macros.keys()]);
  }

  all(): RegisteredMacro[] {
    return [...this.#packages.values()].flatMap((macros) => [...macros.values()]);
  }

  /**
   * `adapter.dispatch(name, namespace)`: in each package of the search order each prefix of the adapter. The order
   * is that of `dispatch:` in dbt_project.yml, else the root project and then the package.
   *
   * @param from the package of what is rendered
   * @throws TechstoreError that lists the names that were looked for.
   */
  dispatch(name: string, namespace: string | null, from = this.#project): RegisteredMacro {
    if (name.includes('.')) {
      throw new TechstoreError('compilation', `adapter.dispatch takes a bare name, not ${name}`, {
        hint: `Write adapter.dispatch('${name.split('.').at(-1)}', '${name.split('.')[0]}').`,
      });
    }
    const order = this.#searchOrder(namespace);
    const tried: string[] = [];
    for (const packageName of order) {
      for (const prefix of this.#prefixes) {
        const found =
          packageName === null
            ? this.find(prefix + name, from)
            : this.inPackage(packageName, prefix + name);
        if (found !== undefined) return found;
        tried.push(`${packageName === null ? '' : `${packageName}.`}${prefix}${name}`);
      }
    }
    throw new TechstoreError('compilation', `No macro found for the dispatch of ${name}`, {
      hint: `techstore looked for ${tried.join(', ')}. Define one of them.`,
    });
  }

  /** Null stands for the way in which plain names are found. */
  #searchOrder(namespace: string | null): readonly (string | null)[] {
    if (namespace === null) return [null];
    const order = this.#orders.get(namespace) ?? [];
    if (order.length > 0) return order;
    return this.hasPackage(namespace) ? [this.#project, namespace] : [null];
  }
}

/** `dbt` or the project's name in a template: its macros as attributes. */
export class MacroNamespace extends HostObject {
  readonly typeName = 'MacroNamespace';
  readonly #registry: MacroRegistry;
  readonly #packageName: string;
  readonly #seen: (macro: RegisteredMacro) => void;
  readonly #overridden: ReadonlyMap<string, Value>;
  readonly #functions: ReadonlyMap<string, Value>;

  /**
   * @param overridden what a unit test puts in the place of macros
   * @param functions what dbt has as macros, and this program as functions
   */
  constructor(
    registry: MacroRegistry,
    packageName: string,
    seen: (macro: RegisteredMacro) => void,
    overridden: ReadonlyMap<string, Value> = new Map(),
    functions: ReadonlyMap<string, Value> = new Map(),
  ) {
    super();
    this.#registry = registry;
    this.#packageName = packageName;
    this.#seen = seen;
    this.#overridden = overridden;
    this.#functions = functions;
  }

  override toText(): string {
    return `<macros of ${this.#packageName}>`;
  }

  override getAttribute(name: string): Value | undefined {
    const overridden = this.#overridden.get(name);
    if (overridden !== undefined) return overridden;
    const macro = this.#registry.inPackage(this.#packageName, name);
    if (macro === undefined) return this.#functions.get(name);
    this.#seen(macro);
    return macro.value;
  }
}
