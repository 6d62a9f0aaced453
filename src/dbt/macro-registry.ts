/**
 * All macros by package. A name is looked for in the project, then in the
 * adapter's built-in macros, then in dbt's, so that a project can override any.
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

/** Prefixes of dispatched macros for each engine, the closest first. */
const dispatchPrefixes: Readonly<Record<string, readonly string[]>> = {
  duckdb: ['duckdb__', 'default__'],
  databricks: ['databricks__', 'spark__', 'default__'],
};

export class MacroRegistry {
  readonly #packages = new Map<string, Map<string, RegisteredMacro>>();
  readonly #project: string;
  readonly #prefixes: readonly string[];

  constructor(project: string, adapterType: string) {
    this.#project = project;
    this.#prefixes = dispatchPrefixes[adapterType] ?? ['default__'];
    this.#packages.set(project, new Map());
    this.#packages.set(builtInPackage, new Map());
  }

  /**
   * Adds every macro and test block of a template.
   *
   * @throws TechstoreError when the package has a macro of that name already.
   */
  add(packageName: string, template: Template): RegisteredMacro[] {
    const macros = this.#packages.get(packageName) ?? new Map<string, RegisteredMacro>();
    this.#packages.set(packageName, macros);
    const values = new Map(macrosOf(template));
    const added: RegisteredMacro[] = [];
    for (const block of template.blocks) {
      if (block.kind === 'materialization') {
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

  /** The macro that a plain name means. */
  find(name: string): RegisteredMacro | undefined {
    return (
      this.#packages.get(this.#project)?.get(name) ?? this.#packages.get(builtInPackage)?.get(name)
    );
  }

  inPackage(packageName: string, name: string): RegisteredMacro | undefined {
    return this.#packages.get(packageName)?.get(name);
  }

  hasPackage(packageName: string): boolean {
    return this.#packages.has(packageName);
  }

  names(): string[] {
    return [...this.#packages.values()].flatMap((macros) => [...macros.keys()]);
  }

  all(): RegisteredMacro[] {
    return [...this.#packages.values()].flatMap((macros) => [...macros.values()]);
  }

  /**
   * `adapter.dispatch(name, namespace)`: for each prefix the project first, then the package.
   *
   * @throws TechstoreError that lists the names that were looked for.
   */
  dispatch(name: string, namespace: string | null): RegisteredMacro {
    if (name.includes('.')) {
      throw new TechstoreError('compilation', `adapter.dispatch takes a bare name, not ${name}`, {
        hint: `Write adapter.dispatch('${name.split('.').at(-1)}', '${name.split('.')[0]}').`,
      });
    }
    const packages = [this.#project, ...(namespace === null ? [] : [namespace]), builtInPackage];
    for (const packageName of packages) {
      for (const prefix of this.#prefixes) {
        const found = this.#packages.get(packageName)?.get(prefix + name);
        if (found !== undefined) return found;
      }
    }
    const tried = this.#prefixes.map((prefix) => prefix + name).join(', ');
    throw new TechstoreError('compilation', `No macro found for the dispatch of ${name}`, {
      hint: `techstore looked for ${tried}. Define one of them.`,
    });
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
