/** Relations as templates see them: text when printed, parts by an allow list. */
import { HostObject, type HostResult, type Kwargs, type Value } from '../jinja/index.js';
import type { Quote } from './quote.js';

export type RelationType = 'table' | 'view' | 'cte' | 'external';

export interface RelationParts {
  readonly database: string | null;
  readonly schema: string | null;
  readonly identifier: string | null;
  readonly type?: RelationType | null;
}

type Part = 'database' | 'schema' | 'identifier';
const parts: readonly Part[] = ['database', 'schema', 'identifier'];

export class RelationValue extends HostObject {
  readonly typeName = 'Relation';
  readonly database: string | null;
  readonly schema: string | null;
  readonly identifier: string | null;
  readonly type: RelationType | null;
  readonly #quote: Quote;
  readonly #included: Readonly<Record<Part, boolean>>;
  readonly #quoted: Readonly<Record<Part, boolean>>;

  constructor(
    relation: RelationParts,
    quote: Quote,
    included: Readonly<Record<Part, boolean>> = { database: true, schema: true, identifier: true },
    quoted: Readonly<Record<Part, boolean>> = { database: true, schema: true, identifier: true },
  ) {
    super();
    this.database = relation.database;
    this.schema = relation.schema;
    this.identifier = relation.identifier;
    this.type = relation.type ?? null;
    this.#quote = quote;
    this.#included = included;
    this.#quoted = quoted;
  }

  override toText(): string {
    // An ephemeral model is a CTE of the query that reads it: it has no schema.
    if (this.type === 'cte') return this.identifier ?? '';
    return parts
      .filter((part) => this.#included[part] && this[part] !== null && this[part] !== '')
      .map((part) => (this.#quoted[part] ? this.#quote(this[part] ?? '') : (this[part] ?? '')))
      .join('.');
  }

  override toRepr(): string {
    return `<Relation ${this.toText()}>`;
  }

  override getAttribute(name: string): Value | undefined {
    switch (name) {
      case 'database':
      case 'schema':
      case 'identifier':
        return this[name];
      case 'name':
      case 'table':
        return this.identifier;
      case 'type':
        return this.type;
      case 'is_table':
        return this.type === 'table';
      case 'is_view':
        return this.type === 'view';
      case 'is_cte':
        return this.type === 'cte';
      default:
        return undefined;
    }
  }

  override callMethod(
    name: string,
    args: readonly Value[],
    kwargs: Kwargs,
  ): HostResult | undefined {
    switch (name) {
      case 'render':
        return this.toText();
      case 'include':
        return new RelationValue(
          this,
          this.#quote,
          flags(args, kwargs, this.#included),
          this.#quoted,
        );
      case 'quote':
        return new RelationValue(
          this,
          this.#quote,
          this.#included,
          flags(args, kwargs, this.#quoted),
        );
      case 'without_identifier':
        return new RelationValue(
          { ...this.#parts(), identifier: null },
          this.#quote,
          this.#included,
        );
      case 'incorporate':
        return this.#incorporate(kwargs);
      default:
        return undefined;
    }
  }

  override equals(other: Value): boolean {
    return other instanceof RelationValue && other.toText() === this.toText();
  }

  override hashKey(): string {
    return this.toText();
  }

  #parts(): RelationParts {
    return {
      database: this.database,
      schema: this.schema,
      identifier: this.identifier,
      type: this.type,
    };
  }

  #incorporate(kwargs: Kwargs): RelationValue {
    const changed: Record<string, unknown> = { ...this.#parts() };
    const path = kwargs.get('path');
    if (path !== null && typeof path === 'object' && 'entries' in path && !Array.isArray(path)) {
      for (const [key, value] of path.entries()) {
        if (typeof key === 'string' && typeof value === 'string') changed[key] = value;
      }
    }
    const type = kwargs.get('type');
    if (typeof type === 'string') changed['type'] = type;
    return new RelationValue(
      changed as unknown as RelationParts,
      this.#quote,
      this.#included,
      this.#quoted,
    );
  }
}

function flags(
  args: readonly Value[],
  kwargs: Kwargs,
  before: Readonly<Record<Part, boolean>>,
): Record<Part, boolean> {
  const flag = (part: Part, index: number): boolean => {
    const value = kwargs.get(part) ?? args[index];
    return typeof value === 'boolean' ? value : before[part];
  };
  return {
    database: flag('database', 0),
    schema: flag('schema', 1),
    identifier: flag('identifier', 2),
  };
}
