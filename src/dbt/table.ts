/** The answer of a query as templates see it, after agate's table: rows and columns. */
import {
  Dict,
  HostObject,
  repr,
  Tuple,
  type HostResult,
  type Kwargs,
  type Value,
} from '../jinja/index.js';
import { fromDatabase } from './database-value.js';
import { Arguments } from './host-values.js';

export interface QueryAnswer {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Exact values: texts for what JavaScript's numbers can't hold. */
  readonly rows: readonly (readonly unknown[])[];
}

/** The one of that name, in any case where no other has it. */
function named(name: string, names: readonly string[], items: readonly Value[]): Value | undefined {
  const exact = names.indexOf(name);
  const index =
    exact === -1 ? names.findIndex((n) => n.toLowerCase() === name.toLowerCase()) : exact;
  return index === -1 ? undefined : items[index];
}

/** The methods of agate's MappedSequence: of a row, and of a table's columns. */
function sequenceMethod(
  method: string,
  args: readonly Value[],
  kwargs: Kwargs,
  names: readonly string[],
  items: readonly Value[],
): HostResult | undefined {
  const pairs = (): [Value, Value][] => names.map((name, i) => [name, items[i] ?? null]);
  switch (method) {
    case 'values':
      return new Tuple(items);
    case 'keys':
      return new Tuple(names);
    case 'items':
      return pairs().map((pair) => new Tuple(pair));
    case 'dict':
      return new Dict(pairs());
    case 'get': {
      const given = new Arguments('get', ['key', 'default'], args, kwargs);
      return named(given.text('key'), names, items) ?? given.get('default') ?? null;
    }
    default:
      return undefined;
  }
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
    return `<agate.Row: ${repr(new Tuple(this.values))}>`;
  }

  override getItem(key: Value): Value | undefined {
    if (typeof key === 'number') return this.values.at(key);
    if (typeof key === 'string') return this.#byName(key);
    return undefined;
  }

  override getAttribute(name: string): Value | undefined {
    return this.#byName(name);
  }

  override callMethod(
    name: string,
    args: readonly Value[],
    kwargs: Kwargs,
  ): HostResult | undefined {
    return sequenceMethod(name, args, kwargs, this.#names, this.values);
  }

  #byName(name: string): Value | undefined {
    return named(name, this.#names, this.values);
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
    if (name === 'values_distinct') {
      return new Tuple([...new Dict(this.#values.map((value) => [value, null])).keys()]);
    }
    if (name === 'values_without_nulls') {
      return new Tuple(this.#values.filter((value) => value !== null));
    }
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
    return named(name, this.#names, this.#items);
  }

  override callMethod(
    name: string,
    args: readonly Value[],
    kwargs: Kwargs,
  ): HostResult | undefined {
    return sequenceMethod(name, args, kwargs, this.#names, this.#items);
  }

  override iterate(): Iterable<Value> {
    return this.#items;
  }

  override length(): number {
    return this.#items.length;
  }
}

/** The second column of a name gets a number behind it, as in dbt. */
function distinct(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name}_${count}`;
  });
}

export class TableValue extends HostObject {
  readonly typeName = 'Table';
  readonly #names: readonly string[];
  readonly #rows: readonly RowValue[];

  constructor(answer: QueryAnswer) {
    super();
    this.#names = distinct(answer.columns.map((column) => column.name));
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
    return name === 'print_table' ? null : undefined;
  }

  /** The rows as `load_result(…)['data']` has them. */
  data(): Value[] {
    return this.#rows.map((row) => new Tuple(row.values));
  }

  /** The values of a column; undefined where there is none. */
  column(index: number): readonly Value[] | undefined {
    return this.#names[index] === undefined
      ? undefined
      : this.#rows.map((row) => row.values[index] ?? null);
  }

  override iterate(): Iterable<Value> {
    return this.#rows;
  }

  override length(): number {
    return this.#rows.length;
  }
}
