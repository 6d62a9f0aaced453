/** What of a node itself decides what its table holds, apart from what it reads. */
import { Compiler, type CompilableNode } from '../dbt/compile.js';
import { refusingBackend } from '../dbt/backend.js';
import { stableText } from '../dbt/stable-text.js';
import { engineNamed } from '../engine/engines.js';
import { TechstoreError } from '../errors.js';
import { seedsOfSources } from '../graph/index.js';
import { configByDbtNames } from '../manifest/config-by-dbt-names.js';
import type { Hook } from '../manifest/config.js';
import type {
  GraphNode,
  Manifest,
  ModelNode,
  SeedNode,
  SourceNode,
  UnitTestNode,
} from '../manifest/nodes.js';
import type { Compilation } from './compilation.js';
import { placeOfHook } from '../dbt/hook-place.js';

export interface OwnText {
  /** Equal where the node's part in its table is; null where that depends on answers of the database, or has a fault. */
  readonly text: string | null;
  /** Null for what has no SQL. */
  readonly compilation: Compilation | null;
  /** Its SQL without comments and layout; null where there is none. */
  readonly sql: string | null;
  /** Configuration that counts, by dbt's names, columns and descriptions where they count. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Variables and variables of the environment that its SQL asked for, by name. */
  readonly vars: readonly string[];
  readonly env: readonly string[];
}

class AskedDatabase extends Error {}

/** Keys that say something about a node and change nothing in its table. */
const aboutNode = new Set(['enabled', 'tags', 'meta', 'group', 'docs']);

const none = (): void => undefined;

/** Each node's text is found once. */
export class OwnTexts {
  readonly #compiler: Compiler;
  readonly #asked = { vars: new Set<string>(), env: new Set<string>() };
  readonly #known = new Map<string, OwnText>();
  readonly #withoutLayout: (sql: string) => string;
  readonly #sourcesOfSeed = new Map<string, SourceNode[]>();

  /**
   * The run's instant is reduced to its date and its id to nothing, or no two runs would have
   * the same SQL.
   */
  constructor(compiler: Compiler, manifest: Manifest) {
    const { session } = compiler;
    const day = new Date(session.runStartedAt.toISOString().slice(0, 10));
    const { vars, env } = this.#asked;
    this.#compiler = new Compiler(
      {
        ...session,
        runStartedAt: day,
        invocationId: '',
        askedVars: vars,
        env: new Proxy(session.env, {
          get: (target, name) => {
            if (typeof name === 'string') env.add(name);
            return Reflect.get(target, name) as string | undefined;
          },
        }),
        log: { info: none, warn: none, debug: none },
      },
      manifest,
      compiler,
    );
    this.#withoutLayout = engineNamed(session.target.type).dialect.withoutLayout;
    for (const [sourceId, seedId] of seedsOfSources(manifest)) {
      const source = manifest.nodes.get(sourceId);
      if (source?.resourceType !== 'source') continue;
      this.#sourcesOfSeed.set(seedId, [...(this.#sourcesOfSeed.get(seedId) ?? []), source]);
    }
  }

  get session(): Compiler['session'] {
    return this.#compiler.session;
  }

  /** Of all nodes that were asked for so far. */
  get known(): ReadonlyMap<string, OwnText> {
    return this.#known;
  }

  async of(node: GraphNode): Promise<OwnText> {
    const known = this.#known.get(node.uniqueId);
    if (known !== undefined) return known;
    this.#asked.vars.clear();
    this.#asked.env.clear();
    const { text, compilation = null, config = {}, sql = null } = await this.#find(node);
    const found: OwnText = {
      ...{ text, compilation, config, sql },
      vars: [...this.#asked.vars].sort(),
      env: [...this.#asked.env].sort(),
    };
    this.#known.set(node.uniqueId, found);
    return found;
  }

  async #find(node: GraphNode): Promise<Pick<OwnText, 'text'> & Partial<OwnText>> {
    switch (node.resourceType) {
      case 'source':
      case 'exposure':
        return { text: '' };
      case 'unit_test':
        return { text: unitTestText(node) };
      case 'seed':
        return this.#seed(node);
      case 'model':
      case 'test':
      case 'analysis': {
        const compilation = await this.#compile(node);
        const config = await this.#config(node);
        if (compilation.kind !== 'sql' || config === null)
          return { text: null, compilation, config: config ?? {} };
        const sql = this.#withoutLayout(compilation.compiled.sql);
        const text = stableText([sql, node.database, node.schema, node.alias, config]);
        return { text, compilation, config, sql };
      }
    }
  }

  async #seed(node: SeedNode): Promise<Pick<OwnText, 'text'> & Partial<OwnText>> {
    const config = await this.#config(node);
    if (config === null) return { text: null };
    // A seed that stands for a source is read by that source's columns.
    const types = (this.#sourcesOfSeed.get(node.uniqueId) ?? []).map(({ columns }) =>
      Object.values(columns).map(({ name, dataType }) => [name, dataType]),
    );
    return {
      text: stableText([node.checksum, node.schema, node.alias, config, types]),
      config: { ...config, columns: types },
    };
  }

  async #compile(node: CompilableNode): Promise<Compilation> {
    const { result, asked, error } = await this.#withoutDatabase((backend) =>
      this.#compiler.compile(node, { backend }),
    );
    if (asked) return { kind: 'asks' };
    // A fault in the template is told when the node runs, with everything else of that node.
    if (error !== undefined) return { kind: 'fault', error };
    if (result === undefined) throw new TypeError('nothing was compiled');
    return { kind: 'sql', compiled: result };
  }

  /** Null where a hook asks the database. */
  async #config(node: CompilableNode | SeedNode): Promise<Record<string, unknown> | null> {
    const config: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(configByDbtNames(node.config))) {
      if (!aboutNode.has(key)) config[key] = value;
    }
    // Of all meta, this program itself reads these keys.
    const { techstore } = node.meta;
    if (techstore !== undefined) config['techstore'] = techstore;
    if (node.resourceType !== 'model' && node.resourceType !== 'seed') return config;
    for (const [key, hooks] of [
      ['pre-hook', node.config.preHook],
      ['post-hook', node.config.postHook],
    ] as const) {
      const rendered = await this.#hooks(hooks, node);
      if (rendered === null) return null;
      config[key] = rendered;
    }
    return { ...config, ...described(node) };
  }

  /** Hooks as the database will get them: macros and variables have done their work. */
  async #hooks(hooks: readonly Hook[], node: ModelNode | SeedNode): Promise<string[] | null> {
    const texts: string[] = [];
    for (const hook of hooks) {
      const place = placeOfHook(hook.sql, node, this.#compiler.session.projectRoot);
      const { result, asked } = await this.#withoutDatabase((backend) =>
        this.#compiler.renderText(hook.sql, place, node, { backend }),
      );
      if (asked) return null;
      texts.push(result ?? hook.sql);
    }
    return texts;
  }

  async #withoutDatabase<T>(
    work: (backend: ReturnType<typeof refusingBackend>) => Promise<T>,
  ): Promise<{ result?: T; asked: boolean; error?: TechstoreError }> {
    let asked = false;
    const backend = refusingBackend(() => {
      asked = true;
      return Promise.reject(new AskedDatabase());
    });
    try {
      return { result: await work(backend), asked };
    } catch (error) {
      if (asked) return { asked };
      if (error instanceof TechstoreError) return { asked, error };
      throw error;
    }
  }
}

/** What YAML says of the table, as far as it gets into the table. */
function described(node: ModelNode | SeedNode): Record<string, unknown> {
  const columns = Object.values(node.columns);
  const { contract, persistDocs } = node.config;
  const constraints = node.resourceType === 'model' ? node.constraints : [];
  const isDefined =
    contract.enforced || constraints.length > 0 || columns.some((c) => c.constraints.length > 0);
  return {
    ...(isDefined
      ? {
          constraints,
          columns: columns.map((c) => [c.name, c.dataType, c.constraints]),
        }
      : {}),
    ...(persistDocs.relation ? { description: node.description } : {}),
    ...(persistDocs.columns
      ? { column_descriptions: columns.map((c) => [c.name, c.description]) }
      : {}),
  };
}

function unitTestText({ model, given, expect, overrides }: UnitTestNode): string {
  return stableText([model, given, expect, overrides]);
}
