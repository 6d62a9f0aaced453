/** The answer of a query as templates see it, after agate's table: rows and columns. */
import { Float, HostObject, Tuple, type HostResult, type Value } from '../jinja/index.js';

export interface QueryAnswer {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Exact values: texts for what JavaScript's numbers can't hold. */
  readonly rows: readonly (readonly unknown[])[];
}

/** A value of the database as Python's driver would give it. */
export function fromDatabase(value: unknown, type: string): Value {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  const kind = type.toUpperCase();
  if (typeof value === 'number') {
    return Number.isInteger(value) && !/DOUBLE|FLOAT|REAL|DECIMAL/.test(kind)
      ? value
      : new Float(value);
  }
  if (typeof value === 'string') {
    if (/^U?(BIG|HUGE|SMALL|TINY)?INT|^INTEGER/.test(kind) && /^-?\d+$/.test(value)) {
      const number = BigInt(value);
      return Number.isSafeInteger(Number(number)) ? Number(number) : number;
    }
    if (kind.startsWith('DECIMAL')) return new Float(Number(value));
    return value;
  }
  return JSON.stringify(value);
}

class RowValue extends HostObject {
  readonly typeName = 'Row';
  readonly #names: readonly string[];
  readonly values: readonly Value[];

  constructor(names: readonly string[], values: readonly Value[]) {
    super();
    this.#names = names;
    this.values = values;
  }

  override toText(): string {
    return `<Row (${this.values.map(String).join(', ')})>`;
  }

  override getItem(key: Value): Value | undefined {
    if (typeof key === 'number') return this.values.at(key);
    if (typeof key === 'string') return this.#byName(key);
    return undefined;
  }

  override getAttribute(name: string): Value | undefined {
    return this.#byName(name);
  }

  override callMethod(name: string): HostResult | undefined {
    if (name === 'values') return new Tuple(this.values);
    if (name === 'keys') return new Tuple(this.#names);
    return undefined;
  }

  #byName(name: string): Value | undefined {
    const index = this.#names.findIndex((n) => n.toLowerCase() === name.toLowerCase());
    return index === -1 ? undefined : this.values[index];
  }

  override iterate(): Iterable<Value> {
    return this.values;
  }

  override length(): number {
    return this.values.length;
  }
}

class ColumnOfTable extends HostObject {
  readonly typeName = 'Column';
  readonly #name: string;
  readonly #values: readonly Value[];

  constructor(name: string, values: readonly Value[]) {
    super();
    this.#name = name;
    this.#values = values;
  }

  override toText(): string {
    return `<Column: ${this.#name}>`;
  }

  override getAttribute(name: string): Value | undefined {
    return name === 'name' ? this.#name : undefined;
  }

  override callMethod(name: string): HostResult | undefined {
    if (name === 'values') return new Tuple(this.#values);
    if (name === 'values_distinct') return new Tuple([...new Set(this.#values)]);
    return undefined;
  }

  override getItem(key: Value): Value | undefined {
    return typeof key === 'number' ? this.#values.at(key) : undefined;
  }

  override iterate(): Iterable<Value> {
    return this.#values;
  }

  override length(): number {
    return this.#values.length;
  }
}

/** A list that is also reached by name, as `table.columns` is. */
class NamedSequence extends HostObject {
  readonly typeName = 'MappedSequence';
  readonly #names: readonly string[];
  readonly #items: readonly Value[];

  constructor(names: readonly string[], items: readonly Value[]) {
    super();
    this.#names = names;
    this.#items = items;
  }

  override toText(): string {
    return `(${this.#names.join(', ')})`;
  }

  override getItem(key: Value): Value | undefined {
    if (typeof key === 'number') return this.#items.at(key);
    if (typeof key === 'string') return this.getAttribute(key);
    return undefined;
  }

  override getAttribute(name: string): Value | undefined {
    const index = this.#names.findIndex((n) => n.toLowerCase() === name.toLowerCase());
    return index === -1 ? undefined : this.#items[index];
  }

  override callMethod(name: string): HostResult | undefined {
    if (name === 'keys') return new Tuple(this.#names);
    if (name === 'values') return new Tuple(this.#items);
    return undefined;
  }

  override iterate(): Iterable<Value> {
    return this.#items;
  }

  override length(): number {
    return this.#items.length;
  }
}

export class TableValue extends HostObject {
  readonly typeName = 'Table';
  readonly #names: readonly string[];
  readonly #rows: readonly RowValue[];

  constructor(answer: QueryAnswer) {
    super();
    this.#names = answer.columns.map((column) => column.name);
    this.#rows = answer.rows.map(
      (row) =>
        new RowValue(
          this.#names,
          row.map((value, i) => fromDatabase(value, answer.columns[i]?.type ?? '')),
        ),
    );
  }

  override toText(): string {
    return `<Table ${this.#names.join(', ')}: ${this.#rows.length} rows>`;
  }

  override getAttribute(name: string): Value | undefined {
    switch (name) {
      case 'rows':
        return [...this.#rows];
      case 'columns':
        return new NamedSequence(
          this.#names,
          this.#names.map(
            (n, i) =>
              new ColumnOfTable(
                n,
                this.#rows.map((row) => row.values[i] ?? null),
              ),
          ),
        );
      case 'column_names':
        return new Tuple(this.#names);
      default:
        return undefined;
    }
  }

  override callMethod(name: string): HostResult | undefined {
    return name === 'print_table' ? '' : undefined;
  }

  override iterate(): Iterable<Value> {
    return this.#rows;
  }

  override length(): number {
    return this.#rows.length;
  }
}
