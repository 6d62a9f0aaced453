/** What every kind of node needs while it is parsed: rendering of YAML values, names, configuration. */
import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { Place } from '../../errors.js';
import { TechstoreError } from '../../errors.js';
import {
  callMacro,
  fromHost,
  parseTemplate,
  renderNative,
  renderSync,
  runSync,
  toHost,
  type Lookup,
  type Template,
  type Value,
} from '../../jinja/index.js';
import type { NodeConfig } from '../../manifest/config.js';
import type { Column, ColumnConstraint, DocBlock, GraphNode } from '../../manifest/nodes.js';
import {
  type ColumnProperties,
  type ConfigEntry,
  type ConfigKind,
  type ConstraintProperties,
  type Project,
  setOwn,
} from '../../project/index.js';
import { baseNames, type BaseNames } from '../base-context.js';
import { mergeConfig, normaliseConfigKey, type ConfigLevel } from '../config-merge.js';
import { hostFunction } from '../host-values.js';
import { didYouMeanFirst } from '../../ground/did-you-mean.js';
import { builtInPackage } from '../macro-registry.js';
import type { Session } from '../session.js';
import { asDbtRuns } from '../undefined-names.js';
import { Collector } from './collect.js';
import { ConfigUses } from './config-effects.js';
import { MacroCalls } from './macro-calls.js';
import { TechstoreMeta } from './techstore-meta.js';
import { pluralOf, twins } from './twins.js';
import type { Warning } from './warning.js';

/** Rendered when they run. */
const renderedLater = new Set([
  'pre-hook',
  'post-hook',
  'pre_hook',
  'post_hook',
  'loaded_at_query',
]);

/** What the root project and its packages fill together. */
interface Findings {
  /** By unique id. */
  readonly docs: Map<string, DocBlock>;
  readonly nodes: Map<string, GraphNode>;
  /** Parsed files, by the unique id of their node: compiling takes them as they are. */
  readonly templates: Map<string, Template>;
  readonly disabled: GraphNode[];
}

/** One for the root project, and one for each package. */
export class Workshop {
  readonly project: Project;
  /** The root project: its dbt_project.yml has the last word on what packages configure. */
  readonly root: Project;
  /** Every project by its name, the root too. */
  readonly projects: ReadonlyMap<string, Project>;
  readonly session: Session;
  readonly base: BaseNames;
  readonly docs: Findings['docs'];
  readonly nodes: Findings['nodes'];
  readonly templates: Findings['templates'];
  readonly disabled: Findings['disabled'];
  /** Of a package: what only its authors can mend. */
  readonly warnings: Warning[] = [];
  readonly calls: MacroCalls;
  readonly configUses: ConfigUses;
  readonly techstoreMeta: TechstoreMeta;
  readonly #lookup: Lookup;
  /** Answers of built-in macros, by their name and what they were asked. */
  readonly #names = new Map<string, string>();

  /**
   * @param packages the other projects of the root
   * @param of the root's, where this is one of a package
   */
  constructor(
    project: Project,
    session: Session,
    packages: readonly Project[] = [],
    of?: Workshop,
  ) {
    this.project = project;
    this.root = of?.root ?? project;
    this.projects =
      of?.projects ?? new Map([project, ...packages].map((each) => [each.name, each]));
    this.session = session;
    this.base = of?.base ?? baseNames(session);
    this.docs = of?.docs ?? new Map<string, DocBlock>();
    this.nodes = of?.nodes ?? new Map<string, GraphNode>();
    this.templates = of?.templates ?? new Map<string, Template>();
    this.disabled = of?.disabled ?? [];
    this.calls = of?.calls ?? new MacroCalls();
    this.configUses = new ConfigUses(session.target.type);
    this.techstoreMeta = new TechstoreMeta();
    this.#lookup = this.collector('yaml', {}).lookup;
  }

  collector(name: string, model: Readonly<Record<string, unknown>>): Collector {
    return new Collector({
      session: this.session,
      base: this.base,
      packageName: this.project.name,
      name,
      model,
    });
  }

  /** The root's dbt_project.yml about a resource of a package; nothing for one of the root's own. */
  #rootConfigFor(kind: ConfigKind, fqn: readonly string[]): ConfigEntry[] {
    return this.project === this.root ? [] : this.root.configFor(kind, fqn);
  }

  /** The value of YAML with its Jinja rendered, in lists and maps too. */
  rendered(value: unknown, place: Place): unknown {
    if (typeof value === 'string') {
      if (!value.includes('{{') && !value.includes('{%')) return value;
      const template = parseTemplate(value, { file: place.file, firstLine: place.line ?? 1 });
      return toHost(runSync(renderNative(template, this.#lookup)));
    }
    if (Array.isArray(value)) return value.map((item) => this.rendered(item, place));
    if (
      value !== null &&
      typeof value === 'object' &&
      Object.getPrototypeOf(value) === Object.prototype
    ) {
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, this.rendered(item, place)]),
      );
    }
    return value;
  }

  /** What the dbt_project.yml of its package and of the root set; later ones win. */
  projectConfigFor(kind: ConfigKind, fqn: readonly string[]): ConfigEntry[] {
    return [...this.project.configFor(kind, fqn), ...this.#rootConfigFor(kind, fqn)];
  }

  /** dbt's `unrendered_config`: nothing is merged, and Jinja stays as it was written. */
  unrenderedConfig(
    kind: ConfigKind,
    fqn: readonly string[],
    levels: readonly Readonly<Record<string, unknown>>[],
  ): Record<string, unknown> {
    const project = this.project.configFor(kind, fqn).map(({ key, value }) => ({ [key]: value }));
    const root = this.#rootConfigFor(kind, fqn).map(({ key, value }) => ({ [key]: value }));
    return Object.assign({}, ...project, ...levels, ...root) as Record<string, unknown>;
  }

  /**
   * dbt's levels: dbt_project.yml from its root to the deepest folder, property file, file; for what is of a package,
   * the root project's dbt_project.yml after all of them.
   */
  config(
    materialized: string,
    kind: ConfigKind,
    fqn: readonly string[],
    levels: readonly {
      readonly values: Readonly<Record<string, unknown>>;
      readonly place: Place;
    }[],
  ): NodeConfig {
    const all: ConfigLevel[] = [
      ...this.project.configFor(kind, fqn),
      ...levels.flatMap(({ values, place }) =>
        Object.entries(values).map(([key, value]) => ({ key, value, place })),
      ),
      ...this.#rootConfigFor(kind, fqn),
    ];
    const rendered = all.map((level) =>
      renderedLater.has(level.key)
        ? level
        : { ...level, value: this.rendered(level.value, level.place) },
    );
    const config = mergeConfig(materialized, rendered);
    if (config.enabled) {
      for (const { key, value, place } of rendered) {
        const name = normaliseConfigKey(key);
        this.configUses.add(name, value, place, kind, config.materialized);
        if (name === 'meta') this.techstoreMeta.add(value, kind, place);
      }
    }
    return config;
  }

  /** A description with its `doc()` calls replaced by the text of their blocks. */
  description(text: string, place: Place): { text: string; blocks: string[] } {
    if (!text.includes('{{') && !text.includes('{%')) return { text, blocks: [] };
    const blocks: string[] = [];
    const doc = hostFunction('doc', (args) => {
      const name = args.at(-1);
      const given = args.length > 1 ? args[0] : undefined;
      const block = typeof name === 'string' ? this.#docsBlock(name, given) : undefined;
      if (block === undefined) {
        const shown = typeof name === 'string' ? name : '…';
        const known = [...this.docs.values()].map((doc) => doc.name);
        throw new TechstoreError('compilation', `No docs block is named '${shown}'`, {
          place,
          hint: `${didYouMeanFirst(shown, known)}Write {% docs ${shown} %} … {% enddocs %} in a Markdown file.`,
        });
      }
      if (!blocks.includes(block.uniqueId)) blocks.push(block.uniqueId);
      return block.contents;
    });
    const template = parseTemplate(text, { file: place.file, firstLine: place.line ?? 1 });
    const lookup: Lookup = (name) => (name === 'doc' ? doc : this.#lookup(name));
    return { text: renderSync(template, lookup, asDbtRuns), blocks };
  }

  /** Of the package that is named; else of the root project, of this one, of any. */
  #docsBlock(name: string, packageName: Value | undefined): DocBlock | undefined {
    if (packageName !== undefined)
      return typeof packageName === 'string'
        ? this.docs.get(`doc.${packageName}.${name}`)
        : undefined;
    return (
      this.docs.get(`doc.${this.root.name}.${name}`) ??
      this.docs.get(`doc.${this.project.name}.${name}`) ??
      [...this.docs.values()].find((doc) => doc.name === name)
    );
  }

  /** Database, schema and alias by generate_*_name macros: the package's own, else the root's, else dbt's. */
  relation(
    config: NodeConfig,
    node: Readonly<Record<string, unknown>>,
  ): { database: string; schema: string; alias: string } {
    const name = String(node['name']);
    const call = (macro: string, value: string | null): string => {
      const found = this.session.macros.find(macro, this.project.name);
      if (found === undefined)
        throw new TechstoreError('compilation', `The macro ${macro} is missing`);
      const { lookup } = this.collector(name, node);
      const answer = runSync(
        callMacro(found.value, [fromHost(value), fromHost(node)], new Map(), lookup, asDbtRuns),
      );
      return String(toHost(answer)).trim();
    };
    return {
      database: this.#nameBy('generate_database_name', config.database, call),
      schema: this.#nameBy('generate_schema_name', config.schema, call),
      alias:
        (config.alias ?? '') === '' && this.#isBuiltIn('generate_alias_name')
          ? name.trim()
          : this.#nameBy('generate_alias_name', config.alias, call),
    };
  }

  /** The macro is called once for each value, unless it is the project's own: that may look at the node. */
  #nameBy(
    macro: string,
    value: string | null,
    call: (macro: string, value: string | null) => string,
  ): string {
    if (!this.#isBuiltIn(macro)) return call(macro, value);
    const key = JSON.stringify([macro, value]);
    const known = this.#names.get(key) ?? call(macro, value);
    this.#names.set(key, known);
    return known;
  }

  /** True where the project has no macro of this name, and none that is dispatched to. */
  #isBuiltIn(macro: string): boolean {
    const { macros } = this.session;
    return [macros.find(macro, this.project.name), macros.dispatch(macro, builtInPackage)].every(
      (found) => found?.entry.packageName === builtInPackage,
    );
  }

  columns(properties: readonly ColumnProperties[]): Record<string, Column> {
    const columns: Record<string, Column> = {};
    for (const column of properties) {
      const { meta, tags } = column.config;
      for (const own of [column.meta, meta]) this.techstoreMeta.add(own, 'column', column.place);
      setOwn(columns, column.name, {
        name: column.name,
        description: this.description(column.description, column.place).text,
        dataType:
          column.dataType === null ? null : String(this.rendered(column.dataType, column.place)),
        meta: { ...column.meta, ...(meta as object | undefined) },
        tags: [...new Set([...column.tags, ...textsOf(tags)])],
        quote: column.quote,
        granularity: column.granularity,
        constraints: column.constraints.map(constraint),
      } satisfies Column);
    }
    return columns;
  }

  add(node: GraphNode, enabled: boolean): void {
    if (this.project.folder !== '') node.packageFolder = this.project.folder;
    if (!enabled) {
      this.disabled.push(node);
      return;
    }
    const twin = this.nodes.get(node.uniqueId);
    if (twin !== undefined) throw twins(pluralOf(node.resourceType), twin, node);
    this.nodes.set(node.uniqueId, node);
  }

  /** `[package, folder, …, name]` from the path inside the resource folder. */
  fqn(path: string, ...names: readonly string[]): string[] {
    const folders = posix
      .dirname(path)
      .split('/')
      .filter((part) => part !== '.' && part !== '');
    return [this.project.name, ...folders, ...names];
  }
}

/** dbt takes a text for a list of one. */
function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');
}

export function constraint(properties: ConstraintProperties): ColumnConstraint {
  const references =
    properties.to === null
      ? properties.expression
      : `${properties.to} (${properties.toColumns.join(', ')})`;
  return {
    type: properties.type,
    warnUnenforced: properties.warnUnenforced,
    warnUnsupported: properties.warnUnsupported,
    ...(properties.name === null ? {} : { name: properties.name }),
    ...(references === null ? {} : { expression: references }),
    ...(properties.columns.length === 0 ? {} : { columns: properties.columns }),
  };
}

export function sha256(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex');
}
