/** Relations as templates see them, after dbt's class Relation: text when printed, parts by name. */
import { TechstoreError } from '../errors.js';
import {
  Dict,
  HostObject,
  Undefined,
  type HostResult,
  type Kwargs,
  type Value,
} from '../jinja/index.js';
import { DateTimeValue } from './python/datetime.js';
import { Arguments } from './host-values.js';
import type { Quote } from './quote.js';
import { PartsValue, partNames, type Part, type Parts } from './relation-parts.js';

export const relationTypes = [
  'table',
  'view',
  'cte',
  'materialized_view',
  'ephemeral',
  'external',
  'pointer_table',
  'function',
] as const;

type RelationType = (typeof relationTypes)[number];

export interface RelationParts {
  readonly database: string | null;
  readonly schema: string | null;
  readonly identifier: string | null;
  readonly type?: RelationType | null;
}

/** Which parts are printed, and which of them in quotes. */
type Policy = Parts<boolean>;

const allParts: Policy = { database: true, schema: true, identifier: true };

export interface RelationOptions {
  readonly include?: Policy;
  readonly quoted?: Policy;
  /** The view of the information schema that this is. */
  readonly informationSchemaView?: string | null;
  /** What is printed in its place: dbt's `limit` and `event_time_filter`. Default all of its rows. */
  readonly rows?: RowsRead;
  /** The files that it is, which are printed in place of its name. */
  readonly external?: string | null;
}

/** Which rows are read of what `ref` and `source` answer with. */
export interface RowsRead {
  /** No rows: `--empty`. */
  readonly none?: boolean;
  /** Those whose `field`, an expression, is at or after `start` and before `end`: `--sample`. */
  readonly between?: { readonly field: string; readonly start: Date; readonly end: Date };
}

export class RelationValue extends HostObject {
  readonly typeName: string;
  readonly database: string | null;
  readonly schema: string | null;
  readonly identifier: string | null;
  readonly type: RelationType | null;
  readonly #quote: Quote;
  readonly #include: Policy;
  readonly #quoted: Policy;
  /** Undefined for an ordinary relation. */
  readonly #view: string | null | undefined;
  readonly #rows: RowsRead;
  readonly #external: string | null;

  constructor(relation: RelationParts, quote: Quote, options: RelationOptions = {}) {
    super();
    this.database = relation.database;
    this.schema = relation.schema;
    this.identifier = relation.identifier;
    this.type = relation.type ?? null;
    this.#quote = quote;
    this.#include = options.include ?? allParts;
    this.#quoted = options.quoted ?? allParts;
    this.#view = options.informationSchemaView;
    this.#rows = options.rows ?? {};
    this.#external = options.external ?? null;
    // dbt names the class after the engine, of which the quote tells.
    const engine = this.#quoteCharacter === '`' ? 'Databricks' : 'DuckDB';
    this.typeName = this.#view === undefined ? `${engine}Relation` : 'InformationSchema';
  }

  get #quoteCharacter(): string {
    return this.#quote('x').charAt(0);
  }

  override toText(): string {
    return this.#sampled(this.#limited());
  }

  #sampled(rows: string): string {
    const { between } = this.#rows;
    if (between === undefined) return rows;
    const { field } = between;
    const [start, end] = [between.start, between.end].map((at) => new DateTimeValue(at).toText());
    return `(select * from ${rows} where ${field} >= '${start}' and ${field} < '${end}')`;
  }

  #limited(): string {
    const name = this.#name();
    return this.#rows.none === true ? `(select * from ${name} where false limit 0)` : name;
  }

  #name(): string {
    if (this.#external !== null) return this.#external;
    const printed = partNames.flatMap((part) => {
      const name = this[part];
      if (!this.#include[part] || name === null || name === '') return [];
      return [this.#quoted[part] ? this.#quote(name) : name];
    });
    if (this.#view !== undefined && this.#view !== null) printed.push(this.#view);
    return printed.join('.');
  }

  override toRepr(): string {
    return `<${this.typeName} ${this.#name()}>`;
  }

  override isMapping(): boolean {
    return true;
  }

  override isTrue(): boolean {
    return true;
  }

  override getAttribute(name: string): Value | undefined {
    switch (name) {
      case 'database':
      case 'schema':
      case 'identifier':
      case 'type':
        return this[name];
      case 'name':
      case 'table':
        return this.identifier;
      case 'path':
        return new PartsValue('Path', this);
      case 'include_policy':
        return new PartsValue('Policy', this.#include);
      case 'quote_policy':
        return new PartsValue('Policy', this.#quoted);
      case 'quote_character':
        return this.#quoteCharacter;
      case 'is_table':
      case 'is_view':
      case 'is_cte':
      case 'is_materialized_view':
      case 'is_function':
        return this.type === name.slice('is_'.length);
      case 'is_pointer':
        return this.type === 'pointer_table';
      case 'can_be_renamed':
      case 'can_be_replaced':
      case 'dbt_created':
      case 'require_alias':
        return false;
      case 'renameable_relations':
      case 'replaceable_relations':
        return [];
      case 'limit':
        return this.#rows.none === true ? 0 : null;
      case 'event_time_filter':
        return this.#eventTimeFilter();
      case 'catalog':
        return null;
      case 'external':
        return this.#external;
      case 'information_schema_view':
        return this.#view;
      default:
        return undefined;
    }
  }

  override getItem(key: Value): Value | undefined {
    return typeof key === 'string' ? this.getAttribute(key) : undefined;
  }

  override contains(key: Value): boolean {
    return this.getItem(key) !== undefined;
  }

  override callMethod(
    name: string,
    args: readonly Value[],
    kwargs: Kwargs,
  ): HostResult | undefined {
    const given = (parameters: readonly string[]): Arguments =>
      new Arguments(name, parameters, args, kwargs);
    switch (name) {
      case 'get': {
        const { key, otherwise } = keyAndDefault(given(['key', 'default']));
        // What dbt_utils asks, to know a relation from a text.
        if (key === 'metadata') return new Dict([['type', this.typeName]]);
        return this.getItem(key) ?? otherwise;
      }
      case 'render':
        return this.#name();
      case 'render_limited':
        return this.#limited();
      case 'render_event_time_filtered':
        return this.#sampled(given(['rendered']).textOrNull('rendered') ?? this.#name());
      case 'quoted':
        return this.#quote(given(['identifier']).text('identifier'));
      case 'include':
        return this.#with({}, { include: policyOf(given(partNames), this.#include) });
      case 'quote':
        return this.#with({}, { quoted: policyOf(given(partNames), this.#quoted) });
      case 'without_identifier':
        return this.#with(
          { identifier: null },
          { include: { ...this.#include, identifier: false } },
        );
      case 'information_schema':
      case 'information_schema_only':
        return this.#informationSchema(given(['view_name']).get('view_name'));
      case 'matches':
        return this.#matches(given(partNames));
      case 'incorporate':
      case 'replace':
        return this.#incorporate(kwargs);
      case 'replace_path':
        for (const part of kwargs.keys()) {
          if (partNames.some((known) => known === part)) continue;
          throw new TechstoreError('compilation', `A relation has no part '${part}'`, {
            hint: `Its parts are: ${partNames.join(', ')}.`,
          });
        }
        return this.#incorporate(new Map([['path', new Dict(kwargs)]]));
      case 'to_dict':
        return this.#asDict();
      default:
        return undefined;
    }
  }

  override equals(other: Value): boolean {
    return other instanceof RelationValue && other.hashKey() === this.hashKey();
  }

  override hashKey(): string {
    const { database, schema, identifier, type } = this;
    return JSON.stringify([
      database,
      schema,
      identifier,
      type,
      this.#include,
      this.#quoted,
      this.#view,
      this.#rows,
      this.#external,
    ]);
  }

  #with(parts: Partial<RelationParts>, options: RelationOptions = {}): RelationValue {
    const { database, schema, identifier, type } = this;
    return new RelationValue({ database, schema, identifier, type, ...parts }, this.#quote, {
      include: this.#include,
      quoted: this.#quoted,
      rows: this.#rows,
      external: this.#external,
      ...(this.#view === undefined ? {} : { informationSchemaView: this.#view }),
      ...options,
    });
  }

  #informationSchema(view: Value | undefined): RelationValue {
    return this.#with(
      { schema: null, identifier: 'INFORMATION_SCHEMA', type: 'view' },
      {
        include: { database: this.database !== null, schema: false, identifier: true },
        quoted: { ...this.#quoted, identifier: false },
        informationSchemaView: typeof view === 'string' ? view : null,
      },
    );
  }

  #eventTimeFilter(): Value {
    const { between } = this.#rows;
    if (between === undefined) return null;
    return new Dict([
      ['field_name', between.field],
      ['start', new DateTimeValue(between.start)],
      ['end', new DateTimeValue(between.end)],
    ]);
  }

  /** @throws TechstoreError where a part differs in its case alone, as in dbt */
  #matches(given: Arguments): boolean {
    const asked = partNames.flatMap((part) => {
      const text = given.textOrNull(part);
      return text === null ? [] : [[part, text] as const];
    });
    if (asked.length === 0) {
      throw new TechstoreError('compilation', 'matches() needs a part of a name to look for');
    }
    if (asked.every(([part, text]) => this[part] === text)) return true;
    const near = ([part, text]: readonly [Part, string]): boolean =>
      this[part]?.toLowerCase() === text.toLowerCase();
    if (!asked.every(near)) return false;
    throw new TechstoreError('compilation', `${this.#name()} matches only if case is ignored`, {
      hint: 'Write the name as it is in the database.',
    });
  }

  #incorporate(kwargs: Kwargs): RelationValue {
    let parts: Partial<RelationParts> = {};
    let options: RelationOptions = {};
    for (const [key, value] of kwargs) {
      if (key === 'type') parts = { ...parts, type: relationType(value) };
      else if (key === 'path') parts = { ...parts, ...pathOf(value) };
      else if (key === 'include_policy') {
        options = { ...options, include: flagsOf(value, this.#include) };
      } else if (key === 'quote_policy') {
        options = { ...options, quoted: flagsOf(value, this.#quoted) };
      } else if (key === 'information_schema_view') {
        options = { ...options, informationSchemaView: typeof value === 'string' ? value : null };
      }
    }
    return this.#with(parts, options);
  }

  #asDict(): Dict {
    const part = (of: Parts<string | boolean | null>): Dict =>
      new Dict(partNames.map((name) => [name, of[name]] as const));
    return new Dict([
      ['path', part(this)],
      ['type', this.type],
      ['quote_character', this.#quoteCharacter],
      ['include_policy', part(this.#include)],
      ['quote_policy', part(this.#quoted)],
      ['dbt_created', false],
      ['limit', this.getAttribute('limit') ?? null],
      ['event_time_filter', this.#eventTimeFilter()],
      ['require_alias', false],
      ['catalog', null],
      ['renameable_relations', []],
      ['replaceable_relations', []],
      ['external', this.#external],
    ]);
  }
}

function keyAndDefault(given: Arguments): { key: Value; otherwise: Value } {
  return { key: given.get('key') ?? null, otherwise: given.get('default') ?? null };
}

/** @throws TechstoreError for a text that is no type of a relation */
export function relationType(value: Value | undefined): RelationType | null {
  if (value === undefined || value === null) return null;
  const known = relationTypes.find((type) => type === value);
  if (known !== undefined) return known;
  throw new TechstoreError('compilation', 'This is not a relation type', {
    hint: `Use one of: ${relationTypes.join(', ')}.`,
  });
}

/** @throws TechstoreError for a part that is neither a text nor none */
export function partOf(value: Value | undefined, part: Part): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value;
  const what = value instanceof Undefined ? `'${value.name}' is undefined` : 'it is not text';
  throw new TechstoreError('compilation', `A relation cannot have this ${part}: ${what}`);
}

function pathOf(value: Value): Partial<RelationParts> {
  if (!(value instanceof Dict)) return {};
  const named = partNames.filter((part) => value.has(part));
  return Object.fromEntries(named.map((part) => [part, partOf(value.get(part), part)]));
}

/** Policies as a dict gives them, over those before. */
export function flagsOf(value: Value | undefined, before: Policy = allParts): Policy {
  if (!(value instanceof Dict)) return before;
  const flag = (part: Part): boolean => {
    const given = value.get(part);
    return typeof given === 'boolean' ? given : before[part];
  };
  return { database: flag('database'), schema: flag('schema'), identifier: flag('identifier') };
}

function policyOf(given: Arguments, before: Policy): Policy {
  return {
    database: given.flag('database', before.database),
    schema: given.flag('schema', before.schema),
    identifier: given.flag('identifier', before.identifier),
  };
}
