/** Turns the SQL of a node with Jinja in it into SQL that the engine runs. */
import { TechstoreError, type Place } from '../errors.js';
import {
  callMacro,
  fromHost,
  parseTemplate,
  renderTraced,
  runAsync,
  type Lookup,
  type Template,
  type Value,
} from '../jinja/index.js';
import { isEphemeral } from '../manifest/is-ephemeral.js';
import type {
  AnalysisNode,
  GraphNode,
  Manifest,
  ModelNode,
  SeedNode,
  TestNode,
  SourceNode,
} from '../manifest/nodes.js';
import type { Backend } from './backend.js';
import { cteRelation } from './cte-relation.js';
import { baseNames, type BaseNames, type Overrides } from './base-context.js';
import { eventTimeFilter, type TimedNode } from './event-time.js';
import { didYouMeanFirst } from '../ground/did-you-mean.js';
import type { RegisteredMacro } from './macro-registry.js';
import { NodeNames } from './node-names.js';
import { nodeContext, type NodeServices, type Usage } from './node-context.js';
import { NodeValues } from './graph-value.js';
import { RelationValue, type RowsRead } from './relation.js';
import type { Session } from './session.js';
import { SqlWithOrigins } from './sql-origin.js';
import { testArguments, testArgumentsName } from './test-arguments.js';
import { asDbtRuns } from './undefined-names.js';

export type CompilableNode = ModelNode | TestNode | AnalysisNode;

export interface CompileOptions {
  /** Null where the database may not be asked. */
  readonly backend: Backend | null;
  readonly overrides?: Overrides & { readonly macros?: Readonly<Record<string, unknown>> };
  /** Replaces what `ref` and `source` answer for these nodes, as unit tests do. */
  readonly relations?: ReadonlyMap<string, Value>;
  /** Of a text that belongs to no node; default the root project's name. */
  readonly packageName?: string;
  /** Replaces `this`. */
  readonly thisRelation?: RelationValue;
  readonly storeFailures?: boolean;
  /** Names that only some texts see, such as `results` in hooks at the end of a run. */
  readonly names?: ReadonlyMap<string, Value>;
  /** False where there is no query that CTEs could be put before. Default true. */
  readonly inlines?: boolean;
  /** Further CTEs (`name as (…)`) to put before the SQL, such as the rows of a unit test. */
  readonly ctes?: readonly string[];
}

export interface Compiled {
  /** SQL with the ephemeral models it reads put before it as CTEs. */
  readonly sql: string;
  readonly usage: Usage;
  /** Where the parts of `sql` stand in the project's files. */
  readonly origin: SqlWithOrigins;
}

export class Compiler {
  readonly session: Session;
  readonly manifest: Manifest;
  readonly #base: BaseNames;
  readonly #templates: Map<string, Template>;
  readonly #names: NodeNames;
  readonly #nodeValues: NodeValues;
  #graph: Value | undefined;

  /**
   * @param sibling a compiler of the same manifest, whose parsed templates serve this one too
   * @param templates of nodes whose files are parsed already, by unique id
   */
  constructor(
    session: Session,
    manifest: Manifest,
    sibling?: Compiler,
    templates: ReadonlyMap<string, Template> = new Map(),
  ) {
    this.session = session;
    this.manifest = manifest;
    this.#templates = sibling === undefined ? new Map(templates) : sibling.#templates;
    this.#base = baseNames(session);
    this.#names = new NodeNames(manifest.nodes.values(), manifest.projectName);
    this.#nodeValues = new NodeValues(manifest, session);
  }

  /** The same templates and names for a manifest whose relations may lie elsewhere. */
  withManifest(manifest: Manifest): Compiler {
    return manifest === this.manifest ? this : new Compiler(this.session, manifest, this);
  }

  /** The relation that a node or source has in the database. */
  relationOf(
    node: { database: string; schema: string; externalLocation?: string } & (
      { alias: string } | { identifier: string; quoting?: SourceNode['quoting'] }
    ),
    rows: RowsRead = {},
  ): RelationValue {
    const identifier = 'alias' in node ? node.alias : node.identifier;
    const {
      database = true,
      schema = true,
      identifier: name = true,
    } = 'quoting' in node ? (node.quoting ?? {}) : {};
    return new RelationValue(
      { database: node.database, schema: node.schema, identifier },
      this.session.quote,
      {
        rows,
        quoted: { database, schema, identifier: name },
        ...('externalLocation' in node ? { external: node.externalLocation ?? null } : {}),
      },
    );
  }

  /**
   * @throws TechstoreError `compilation` with file, line and column.
   */
  async compile(node: CompilableNode, options: CompileOptions): Promise<Compiled> {
    const ephemerals = new Map<string, ModelNode>();
    const context = this.context(node, options, ephemerals);
    const extra =
      node.resourceType === 'test' && node.testMetadata !== null
        ? await runAsync(testArguments(node.testMetadata.kwargs, context.lookup, node.place))
        : null;
    const lookup: Lookup =
      extra === null
        ? context.lookup
        : (name) => (name === testArgumentsName ? extra : context.lookup(name));
    const rendered = await renderTraced(this.#template(node), lookup, asDbtRuns);
    const origin = await this.#inject(rendered, ephemerals, options);
    return { sql: origin.text, origin, usage: context.usage };
  }

  /**
   * The node that `ref(…)` or `source(…)` with these texts means.
   *
   * @param from the package in which the call stands
   */
  nodeOfCall(kind: string, texts: readonly string[], from?: string): GraphNode | null {
    const [first = '', second] = texts;
    if (kind === 'source')
      return this.#names.source({ source: first, table: second ?? '' }, from) ?? null;
    if (kind !== 'ref') return null;
    const call =
      second === undefined ? { package: null, name: first } : { package: first, name: second };
    return this.#names.ref(call, from) ?? null;
  }

  /** Renders a text that belongs to a node, such as a hook. */
  async renderText(
    text: string,
    place: Place,
    node: CompilableNode | SeedNode | null,
    options: CompileOptions,
  ): Promise<string> {
    return text.includes('{') ? (await this.renderPlaced(text, place, node, options)).text : text;
  }

  /** As renderText, with where its parts stand in the file, whose text begins at the place. */
  async renderPlaced(
    text: string,
    place: Place,
    node: CompilableNode | SeedNode | null,
    options: CompileOptions,
  ): Promise<SqlWithOrigins> {
    const template = parseTemplate(text, {
      file: place.file,
      firstLine: place.line ?? 1,
      firstColumn: 1,
    });
    const context = this.context(node, options, new Map());
    const rendered = await renderTraced(template, context.lookup, asDbtRuns);
    return new SqlWithOrigins().addRendered(rendered.text, rendered.pieces);
  }

  /** Calls a macro that no node does. @throws TechstoreError `compilation`, and what the database says */
  async call(
    { value }: RegisteredMacro,
    args: Readonly<Record<string, unknown>>,
    backend: Backend,
  ): Promise<void> {
    const { lookup } = this.context(null, { backend, inlines: false }, new Map());
    const named = new Map(Object.entries(args).map(([name, arg]) => [name, fromHost(arg)]));
    await runAsync(callMacro(value, [], named, lookup, asDbtRuns));
  }

  context(
    node: CompilableNode | SeedNode | null,
    options: CompileOptions,
    ephemerals: Map<string, ModelNode>,
  ): { lookup: Lookup; usage: Usage } {
    const services: NodeServices = {
      session: this.session,
      base: this.#base,
      packageName: node?.packageName ?? options.packageName ?? this.session.projectName,
      execute: true,
      ref: (packageName, name) => this.#ref(node, packageName, name, options, ephemerals),
      source: (source, table) => this.#source(node, source, table, options),
      configure: () => undefined,
      config: node?.config ?? null,
      thisRelation: options.thisRelation ?? (node === null ? null : this.relationOf(node)),
      model: node === null ? {} : () => this.#nodeValues.model(node),
      backend: options.backend,
      storeFailures: options.storeFailures ?? false,
      graph: () => (this.#graph ??= fromHost(this.#nodeValues.graph())),
      ...(options.overrides === undefined ? {} : { overrides: options.overrides }),
      ...(options.names === undefined ? {} : { extra: options.names }),
    };
    return nodeContext(services);
  }

  #template(node: CompilableNode): Template {
    const known = this.#templates.get(node.uniqueId);
    if (known !== undefined) return known;
    const template = parseTemplate(node.rawCode, {
      file: node.originalFilePath,
      firstLine: node.rawCodeLine,
      firstColumn: 1,
    });
    this.#templates.set(node.uniqueId, template);
    return template;
  }

  #ref(
    from: GraphNode | null,
    packageName: string | null,
    name: string,
    options: CompileOptions,
    ephemerals: Map<string, ModelNode>,
  ): Value {
    const node = this.#names.ref({ package: packageName, name }, from?.packageName);
    if (node === undefined) throw unknownRef(name, this.#names.refs());
    if (from !== null) this.#mustDepend(from, node, `ref('${name}')`);
    const replaced = options.relations?.get(node.uniqueId);
    if (replaced !== undefined) return replaced;
    if (isEphemeral(node)) {
      if (options.inlines === false) {
        throw new TechstoreError('compilation', `ref('${name}') is ephemeral: it has no relation`, {
          hint: 'A macro that no model calls can only read models that are tables or views.',
        });
      }
      ephemerals.set(node.uniqueId, node);
      return cteRelation(node.name, this.session.quote, this.#rowsRead(from, node, options));
    }
    return this.relationOf(node, this.#rowsRead(from, node, options));
  }

  #source(from: GraphNode | null, source: string, table: string, options: CompileOptions): Value {
    const node = this.#names.source({ source, table }, from?.packageName);
    if (node === undefined) throw unknownSource(source, table, this.#names.sources());
    if (from !== null) this.#mustDepend(from, node, `source('${source}', '${table}')`);
    return (
      options.relations?.get(node.uniqueId) ??
      this.relationOf(node, this.#rowsRead(from, node, options))
    );
  }

  /** Which rows of an input are read. A unit test reads all that it gives. */
  #rowsRead(from: GraphNode | null, input: TimedNode, { relations }: CompileOptions): RowsRead {
    if (relations !== undefined) return {};
    return {
      ...(this.session.empty === true ? { none: true } : {}),
      ...eventTimeFilter(from, input, this.session),
    };
  }

  /** A call that parsing did not see would run before what it reads is there. */
  #mustDepend(from: GraphNode, to: GraphNode, call: string): void {
    if (from.dependsOn.nodes.includes(to.uniqueId) || from.uniqueId === to.uniqueId) return;
    throw new TechstoreError(
      'compilation',
      `${from.name} reads ${to.name} without depending on it`,
      {
        hint: `The parser does not reach the call ${call}, for example because it is inside {% if execute %}. Add this comment at the top of the file: -- depends_on: {{ ${call} }}`,
      },
    );
  }

  async #inject(
    { text, pieces }: Rendered,
    direct: ReadonlyMap<string, ModelNode>,
    options: CompileOptions,
  ): Promise<SqlWithOrigins> {
    const given = options.ctes ?? [];
    if (direct.size === 0 && given.length === 0)
      return new SqlWithOrigins().addRendered(text, pieces);
    const ctes = new Map<string, { node: ModelNode; rendered: Rendered }>();
    const add = async (node: ModelNode, path: readonly string[]): Promise<void> => {
      if (ctes.has(node.uniqueId)) return;
      if (path.includes(node.uniqueId)) {
        throw new TechstoreError(
          'compilation',
          `Ephemeral models form a cycle: ${path.join(' -> ')}`,
        );
      }
      const below = new Map<string, ModelNode>();
      // What a unit test puts in the place of its model's inputs is not for the ephemeral ones below.
      const { backend, overrides } = options;
      const own = overrides === undefined ? { backend } : { backend, overrides };
      const context = this.context(node, own, below);
      const rendered = await renderTraced(this.#template(node), context.lookup, asDbtRuns);
      for (const child of below.values()) await add(child, [...path, node.uniqueId]);
      ctes.set(node.uniqueId, { node, rendered });
    };
    for (const node of direct.values()) await add(node, []);
    const opening = /^((?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*)with(\s+recursive)?\b/i.exec(text);
    const lead = opening?.[1] ?? '';
    const sql = new SqlWithOrigins().addRendered(lead, pieces).add(`with${opening?.[2] ?? ''} `);
    let separator = '';
    for (const cte of given) {
      sql.add(`${separator}${cte}`);
      separator = ',\n';
    }
    for (const { node, rendered } of ctes.values()) {
      const from = rendered.text.search(/\S|$/);
      sql
        .add(`${separator}${cteRelation(node.name, this.session.quote).toText()} as (\n`)
        .addRendered(rendered.text.trim(), rendered.pieces, from)
        .add('\n)');
      separator = ',\n';
    }
    sql.add(opening === null ? '\n' : ',\n');
    const from = opening === null ? 0 : opening[0].length;
    return sql.addRendered(text.slice(from), pieces, from);
  }
}

type Rendered = Awaited<ReturnType<typeof renderTraced>>;

export function unknownRef(name: string, known: Iterable<string>): TechstoreError {
  return new TechstoreError('compilation', `There is no model or seed named '${name}'`, {
    hint: `${didYouMeanFirst(name, known)}ref() takes the name of an enabled model or seed of the project.`,
  });
}

export function unknownSource(
  source: string,
  table: string,
  known: Iterable<string>,
): TechstoreError {
  return new TechstoreError('compilation', `There is no source '${source}.${table}'`, {
    hint: `${didYouMeanFirst(`${source}.${table}`, known)}Describe it under sources: in a YAML file of the models folder.`,
  });
}
