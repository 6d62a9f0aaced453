/**
 * Renders a file once with `execute` false, which finds what it reads and how it
 * is configured: its calls of ref, source and config.
 */
import { TechstoreError } from '../../errors.js';
import {
  parseTemplate,
  renderSync,
  toHost,
  type Lookup,
  type Template,
  type Value,
} from '../../jinja/index.js';
import { defaultConfig } from '../../manifest/config.js';
import type { RefCall, SourceCall } from '../../manifest/nodes.js';
import type { BaseNames } from '../base-context.js';
import { nodeContext } from '../node-context.js';
import { RelationValue } from '../relation.js';
import type { Session } from '../session.js';
import { asDbtParses } from '../undefined-names.js';

export interface Collected {
  readonly refs: RefCall[];
  readonly sources: SourceCall[];
  /** By dbt's keys, in the order in which they were set. */
  readonly config: Record<string, unknown>;
  readonly macros: string[];
}

export interface CollectInput {
  readonly session: Session;
  readonly base: BaseNames;
  readonly packageName: string;
  readonly name: string;
  readonly model: Readonly<Record<string, unknown>>;
  readonly extra?: ReadonlyMap<string, Value>;
}

/** Collects over any number of texts that belong to one node: its SQL, its hooks, a test's arguments. */
export class Collector {
  readonly collected: Collected = { refs: [], sources: [], config: {}, macros: [] };
  readonly lookup: Lookup;
  readonly #macros: Set<string>;

  constructor(input: CollectInput) {
    const { session } = input;
    const relation = (identifier: string): RelationValue =>
      new RelationValue(
        {
          database: session.target.database,
          schema: session.target.schema,
          identifier,
        },
        session.quote,
      );
    const { lookup, usage } = nodeContext({
      session,
      base: input.base,
      packageName: input.packageName,
      execute: false,
      ref: (packageName, name) => {
        this.collected.refs.push({ package: packageName, name });
        return relation(name);
      },
      source: (source, table) => {
        this.collected.sources.push({ source, table });
        return relation(table);
      },
      configure: (values) => {
        for (const [key, value] of values) this.collected.config[key] = toHost(value);
      },
      config: defaultConfig('view'),
      thisRelation: relation(input.name),
      model: input.model,
      backend: null,
      ...(input.extra === undefined ? {} : { extra: input.extra }),
    });
    this.lookup = lookup;
    this.#macros = usage.macros;
  }

  render(template: Template): string {
    return this.renderWith(template, this.lookup);
  }

  /** Renders with further names, which the lookup adds to those of this collector. */
  renderWith(template: Template, lookup: Lookup): string {
    const text = renderSync(template, lookup, asDbtParses);
    this.collected.macros.splice(0, Infinity, ...this.#macros);
    return text;
  }

  renderText(text: string, file: string, line = 1): string {
    if (!text.includes('{')) return text;
    return this.render(parseTemplate(text, { file, firstLine: line }));
  }
}

/** One of each call, in the order of their first appearance. */
export function distinct<T>(items: readonly T[]): T[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = JSON.stringify(item);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** What `{% materialization %}`, Python models and the like have in common. */
export function unsupported(what: string, file: string, line?: number): TechstoreError {
  return new TechstoreError('unsupported', `${what} is not supported`, {
    place: line === undefined ? { file } : { file, line },
  });
}
