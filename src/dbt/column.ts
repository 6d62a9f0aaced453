/** Columns as templates see them, after dbt's class Column and that of dbt-duckdb. */
import { TechstoreError } from '../errors.js';
import { HostObject, repr, type HostResult, type Kwargs, type Value } from '../jinja/index.js';
import { Arguments, hostFunction } from './host-values.js';
import type { EngineName } from '../engine/engine.js';
import type { Quote } from './quote.js';
import type { Session } from './session.js';

export interface ColumnFields {
  readonly name: string;
  readonly dtype: string;
  readonly charSize?: number | null;
  readonly numericPrecision?: Value;
  readonly numericScale?: Value;
}

const texts = ['text', 'character varying', 'character', 'varchar'];
const numerics = ['numeric', 'decimal'];
const floats = ['real', 'float', 'float4', 'float8', 'double'];
const integers = [
  ...['tinyint', 'smallint', 'integer', 'bigint', 'hugeint', 'utinyint', 'usmallint', 'uinteger'],
  ...['ubigint', 'int1', 'int2', 'int4', 'int8', 'short', 'int', 'signed', 'long'],
];

/** What differs between the classes of dbt-duckdb and dbt-databricks. */
interface ColumnKind {
  readonly className: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly texts: readonly string[];
  /** Whether a type is spelled with its size or precision, and a nested column printed with its fields. */
  readonly spellsSizes: boolean;
  readonly stringType: (size: Value) => string;
  readonly literal: (
    value: Value,
    column: { readonly dtype: string; readonly dataType: string },
  ) => string;
}

const engines: Readonly<Record<EngineName, ColumnKind>> = {
  duckdb: {
    className: 'DuckDBColumn',
    labels: new Map([['STRING', 'TEXT']]),
    texts,
    spellsSizes: true,
    stringType: (size) => `character varying(${shown(size)})`,
    literal: (value, { dataType }) => `${shown(value)}::${dataType}`,
  },
  databricks: {
    className: 'DatabricksColumn',
    labels: new Map([['LONG', 'BIGINT']]),
    texts: [...texts, 'string'],
    spellsSizes: false,
    stringType: () => 'string',
    literal: (value, { dtype }) => `cast(${shown(value)} as ${dtype})`,
  },
};

export function translateType(type: string, engine: EngineName): string {
  return engines[engine].labels.get(type.toUpperCase()) ?? type;
}

function numericType(dtype: string, precision: Value, scale: Value): string {
  return precision === null || scale === null
    ? dtype
    : `${dtype}(${shown(precision)},${shown(scale)})`;
}

const shown = (value: Value): string => (typeof value === 'string' ? value : repr(value));

export class ColumnValue extends HostObject {
  readonly typeName: string;
  readonly name: string;
  readonly dtype: string;
  readonly charSize: number | null;
  readonly #precision: Value;
  readonly #scale: Value;
  readonly #quote: Quote;
  readonly #engine: EngineName;

  constructor(fields: ColumnFields, quote: Quote, engine: EngineName) {
    super();
    this.typeName = engines[engine].className;
    this.name = fields.name;
    this.dtype = fields.dtype;
    this.charSize = fields.charSize ?? null;
    this.#precision = fields.numericPrecision ?? null;
    this.#scale = fields.numericScale ?? null;
    this.#quote = quote;
    this.#engine = engine;
  }

  override toText(): string {
    const fields = [
      `column=${repr(this.name)}`,
      `dtype=${repr(this.dtype)}`,
      `char_size=${repr(this.charSize)}`,
      `numeric_precision=${repr(this.#precision)}`,
      `numeric_scale=${repr(this.#scale)}`,
      ...(engines[this.#engine].spellsSizes ? [`fields=${repr(this.fields())}`] : []),
    ];
    return `${this.typeName}(${fields.join(', ')})`;
  }

  get dataType(): string {
    const { spellsSizes, stringType } = engines[this.#engine];
    if (!spellsSizes) return this.dtype;
    if (this.isString()) return stringType(this.stringSize());
    if (this.isNumeric()) return numericType(this.dtype, this.#precision, this.#scale);
    return this.dtype;
  }

  isString(): boolean {
    return engines[this.#engine].texts.includes(this.dtype.toLowerCase());
  }

  isNumeric(): boolean {
    return numerics.includes(this.dtype.toLowerCase());
  }

  isFloat(): boolean {
    return floats.includes(this.dtype.toLowerCase());
  }

  isInteger(): boolean {
    return integers.includes(this.dtype.toLowerCase());
  }

  isStruct(): boolean {
    return this.dtype.toLowerCase().startsWith('struct');
  }

  /** @throws TechstoreError for a column that holds no text */
  stringSize(): number {
    if (!this.isString()) {
      throw new TechstoreError(
        'compilation',
        `string_size() needs a text column, but ${this.name} has the type ${this.dtype}`,
      );
    }
    return this.dtype === 'text' || this.charSize === null ? 256 : this.charSize;
  }

  /** The fields of a struct, none for any other type. */
  fields(): ColumnValue[] {
    const inside = /^struct\((.*)\)/is.exec(this.dtype)?.[1];
    if (inside === undefined) return [];
    return outsideOfBrackets(inside).map((field) => {
      const space = field.indexOf(' ');
      return new ColumnValue(
        {
          name: space === -1 ? field : field.slice(0, space),
          dtype: space === -1 ? '' : field.slice(space + 1),
        },
        this.#quote,
        this.#engine,
      );
    });
  }

  /** A struct's fields and theirs, as `a.b.c`; any other column is itself. */
  flatten(): ColumnValue[] {
    if (!this.isStruct()) return [this];
    return this.fields().flatMap((field) =>
      field
        .flatten()
        .map(
          ({ name, dtype }) =>
            new ColumnValue({ name: `${this.name}.${name}`, dtype }, this.#quote, this.#engine),
        ),
    );
  }

  override getAttribute(name: string): Value | undefined {
    switch (name) {
      case 'name':
      case 'column':
        return this.name;
      case 'dtype':
        return this.dtype;
      case 'char_size':
        return this.charSize;
      case 'numeric_precision':
        return this.#precision;
      case 'numeric_scale':
        return this.#scale;
      case 'quoted':
        return this.#quote(this.name);
      case 'data_type':
      case 'expanded_data_type':
        return this.dataType;
      case 'fields':
        return this.fields();
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
      case 'is_string':
        return this.isString();
      case 'is_number':
        return this.isInteger() || this.isNumeric() || this.isFloat();
      case 'is_float':
        return this.isFloat();
      case 'is_integer':
        return this.isInteger();
      case 'is_numeric':
        return this.isNumeric();
      case 'is_struct':
        return this.isStruct();
      case 'string_size':
        return this.stringSize();
      case 'flatten':
        return this.flatten();
      case 'can_expand_to': {
        const other = new Arguments(name, ['other_column'], args, kwargs).get('other_column');
        if (!(other instanceof ColumnValue)) {
          throw new TechstoreError('compilation', 'can_expand_to() takes a column');
        }
        if (!this.isString() || !other.isString()) return false;
        return other.stringSize() > this.stringSize();
      }
      case 'literal': {
        const value = new Arguments(name, ['value'], args, kwargs).get('value') ?? null;
        return engines[this.#engine].literal(value, this);
      }
      default:
        return typeMethod(name, args, kwargs, this.#engine);
    }
  }

  override equals(other: Value): boolean {
    return other instanceof ColumnValue && other.toText() === this.toText();
  }

  override hashKey(): string {
    return this.toText();
  }
}

function outsideOfBrackets(text: string): string[] {
  const fields: string[] = [];
  let depth = 0;
  let field = '';
  for (const char of text) {
    if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    if (char === ',' && depth === 0) {
      fields.push(field.trim());
      field = '';
    } else field += char;
  }
  return [...fields, field.trim()];
}

/** What the class itself can be asked, and each of its columns too. */
function typeMethod(
  name: string,
  args: readonly Value[],
  kwargs: Kwargs,
  engine: EngineName,
): Value | undefined {
  const given = (parameters: readonly string[]): Arguments =>
    new Arguments(`api.Column.${name}`, parameters, args, kwargs);
  switch (name) {
    case 'translate_type':
      return translateType(given(['dtype']).text('dtype'), engine);
    case 'string_type':
      return engines[engine].stringType(given(['size']).get('size') ?? null);
    case 'numeric_type': {
      const of = given(['dtype', 'precision', 'scale']);
      return numericType(of.text('dtype'), of.get('precision') ?? null, of.get('scale') ?? null);
    }
    default:
      return undefined;
  }
}

/** `api.Column`: makes columns, and answers for types. */
export class ColumnClass extends HostObject {
  readonly typeName = 'type';
  readonly #quote: Quote;
  readonly #engine: EngineName;

  constructor(quote: Quote, engine: EngineName) {
    super();
    this.#quote = quote;
    this.#engine = engine;
  }

  override toText(): string {
    return `<class '${engines[this.#engine].className}'>`;
  }

  of(fields: ColumnFields): ColumnValue {
    return new ColumnValue(fields, this.#quote, this.#engine);
  }

  override call(args: readonly Value[], kwargs: Kwargs): HostResult {
    const given = new Arguments(
      'api.Column',
      ['column', 'dtype', 'char_size', 'numeric_precision', 'numeric_scale'],
      args,
      kwargs,
    );
    const size = given.get('char_size') ?? null;
    return this.of({
      name: given.text('column'),
      dtype: given.text('dtype'),
      charSize: typeof size === 'number' ? size : null,
      numericPrecision: given.get('numeric_precision') ?? null,
      numericScale: given.get('numeric_scale') ?? null,
    });
  }

  override getAttribute(name: string): Value | undefined {
    return ['create', 'from_description', 'translate_type', 'string_type', 'numeric_type'].includes(
      name,
    )
      ? hostFunction(name, (args, kwargs) => this.callMethod(name, args, kwargs) ?? null)
      : undefined;
  }

  override callMethod(
    name: string,
    args: readonly Value[],
    kwargs: Kwargs,
  ): HostResult | undefined {
    if (name === 'create') {
      const given = new Arguments('api.Column.create', ['name', 'label_or_dtype'], args, kwargs);
      const dtype = translateType(given.text('label_or_dtype'), this.#engine);
      return this.of({ name: given.text('name'), dtype });
    }
    if (name === 'from_description') {
      const given = new Arguments(
        'api.Column.from_description',
        ['name', 'raw_data_type'],
        args,
        kwargs,
      );
      return this.of(described(given.text('name'), given.text('raw_data_type')));
    }
    return typeMethod(name, args, kwargs, this.#engine);
  }
}

export function columnClass({ quote, target }: Session): ColumnClass {
  return new ColumnClass(
    quote,
    Object.hasOwn(engines, target.type) ? (target.type as EngineName) : 'duckdb',
  );
}

/** From `varchar(20)` or `decimal(10,2)`. */
function described(name: string, type: string): ColumnFields {
  const match = /^([^(]+)(?:\(([^)]+)\))?/.exec(type);
  const sizes = match?.[2]?.split(',').map((part) => part.trim());
  const wrong = match === null || sizes?.some((size) => !/^\d+$/.test(size));
  if (wrong === true) {
    throw new TechstoreError('compilation', `This type cannot be parsed: ${type}`, {
      hint: 'Write it as varchar(20) or decimal(10,2).',
    });
  }
  const dtype = match?.[1] ?? type;
  const [first, second] = (sizes ?? []).map(Number);
  if (sizes?.length === 1) return { name, dtype, charSize: first ?? null };
  if (sizes?.length !== 2) return { name, dtype };
  return { name, dtype, numericPrecision: first ?? null, numericScale: second ?? null };
}
