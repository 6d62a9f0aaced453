/** The answer of a query as templates see it, after agate's table: rows and columns. */
import { TechstoreError } from '../../errors.js';
import {
  Dict,
  HostObject,
  isTrue,
  iterate,
  repr,
  toText,
  Tuple,
  type CallContext,
  type HostResult,
  type Kwargs,
  type Value,
  type Waiting,
} from '../../jinja/index.js';
import { fromDatabase } from '../database-value.js';
import { Arguments } from '../host-values.js';
import { nullsLast, TableColumn } from './column.js';
import { printedTable, usual } from './print.js';
import { RowValue, SequenceValue, sliced } from './sequence.js';
import { typeOf, TypeValue, type TypeName } from './types.js';

export interface QueryAnswer {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Exact values: texts for what JavaScript's numbers can't hold. */
  readonly rows: readonly (readonly unknown[])[];
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

/** Where what templates print goes. */
export type Print = (text: string) => void;

export class TableValue extends HostObject {
  readonly typeName = 'Table';
  readonly names: readonly string[];
  readonly #rows: readonly RowValue[];
  readonly #types: readonly TypeName[];
  readonly #print: Print;

  constructor(
    names: readonly string[],
    rows: readonly (readonly Value[])[],
    print: Print,
    types?: readonly TypeName[],
  ) {
    super();
    this.names = names;
    this.#rows = rows.map((row) => new RowValue(row, names));
    this.#types = types ?? names.map((_, i) => typeOf(rows.map((row) => row[i] ?? null)));
    this.#print = print;
  }

  /** @param print Default nowhere */
  static of(answer: QueryAnswer, print: Print = () => undefined): TableValue {
    const names = distinct(answer.columns.map((column) => column.name));
    const rows = answer.rows.map((row) =>
      row.map((value, i) => fromDatabase(value, answer.columns[i]?.type ?? '')),
    );
    return new TableValue(names, rows, print);
  }

  /** The names and types of the columns, as agate prints a table. */
  override toText(): string {
    return `${this.#structure()}\n`;
  }

  override toRepr(): string {
    return '<agate.table.Table object>';
  }

  #structure(): string {
    const rows = this.names.map((name, i) => [name, this.#types[i] ?? 'Text']);
    const widest = { ...usual, maxWidth: Infinity, maxRows: Infinity };
    return printedTable(['column', 'data_type'], ['Text', 'Text'], rows, widest);
  }

  override length(): number {
    return this.#rows.length;
  }

  override iterate(): Iterable<Value> {
    return this.#rows;
  }

  /** The rows as `load_result(…)['data']` has them. */
  data(): Value[] {
    return this.#rows.map((row) => new Tuple(row.items));
  }

  /** The values of a column; undefined where there is none. */
  column(index: number): readonly Value[] | undefined {
    return this.names[index] === undefined
      ? undefined
      : this.#rows.map((row) => row.items[index] ?? null);
  }

  override getItem(key: Value): Value | undefined {
    return typeof key === 'number' ? this.#rows.at(key) : undefined;
  }

  override getAttribute(name: string): Value | undefined {
    switch (name) {
      case 'rows':
        return new SequenceValue(this.#rows, null);
      case 'columns':
        return new SequenceValue(
          this.names.map(
            (column, i) =>
              new TableColumn(column, i, this.#types[i] ?? 'Text', this.column(i) ?? []),
          ),
          this.names,
        );
      case 'column_names':
        return new Tuple(this.names);
      case 'column_types':
        return new Tuple(this.#types.map((type) => new TypeValue(type)));
      case 'row_names':
        return null;
      default:
        return undefined;
    }
  }

  override callMethod(
    name: string,
    args: readonly Value[],
    kwargs: Kwargs,
    context: CallContext,
  ): HostResult | undefined {
    const given = (...parameters: string[]): Arguments =>
      new Arguments(name, parameters, args, kwargs);
    switch (name) {
      case 'select':
        return this.#select(namesOf(given('key').get('key')));
      case 'exclude': {
        const excluded = namesOf(given('key').get('key'));
        return this.#select(this.names.filter((column) => !excluded.includes(column)));
      }
      case 'rename':
        return this.#rename(given('column_names', 'row_names', 'slug_columns', 'slug_rows'));
      case 'limit':
        return this.#limit(given('start_or_stop', 'stop', 'step'));
      case 'where':
        return this.#where(given('test').get('test') ?? null, context);
      case 'find':
        return this.#find(given('test').get('test') ?? null, context);
      case 'order_by':
        return this.#orderBy(given('key', 'reverse'), context);
      case 'distinct':
        return this.#distinct(given('key').get('key') ?? null, context);
      case 'group_by':
        return this.#groupBy(given('key', 'key_name', 'key_type').get('key') ?? null, context);
      case 'merge':
        return this.#merge(args);
      case 'print_table':
        return this.#printTable(given('max_rows', 'max_columns', 'output', 'max_column_width'));
      case 'print_structure':
        return this.#printed(this.#structure());
      case 'print_csv':
        return this.#printed(this.#csv());
      case 'print_json':
        return this.#printed(this.#json());
      default:
        return undefined;
    }
  }

  #printed(text: string): null {
    this.#print(text);
    return null;
  }

  #printTable(given: Arguments): null {
    const bound = (name: string, otherwise: number): number => {
      const value = given.has(name) ? given.get(name) : otherwise;
      return typeof value === 'number' ? value : Infinity;
    };
    const options = {
      ...usual,
      maxRows: bound('max_rows', usual.maxRows),
      maxColumns: bound('max_columns', usual.maxColumns),
      maxWidth: bound('max_column_width', usual.maxWidth),
    };
    const rows = this.#rows.map((row) => row.items);
    return this.#printed(printedTable(this.names, this.#types, rows, options));
  }

  #csv(): string {
    const cell = (value: Value): string => {
      const text = value === null ? '' : toText(value);
      return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    };
    return [this.names, ...this.#rows.map((row) => row.items)]
      .map((row) => row.map(cell).join(','))
      .join('\n');
  }

  #json(): string {
    const plain = (value: Value): unknown =>
      typeof value === 'string' || typeof value === 'boolean' || value === null
        ? value
        : Number.isNaN(Number(toText(value)))
          ? toText(value)
          : Number(toText(value));
    const rows = this.#rows.map((row) =>
      Object.fromEntries(this.names.map((name, i) => [name, plain(row.items[i] ?? null)])),
    );
    return JSON.stringify(rows);
  }

  #fork(rows: readonly (readonly Value[])[], names = this.names, types = this.#types): TableValue {
    return new TableValue(names, rows, this.#print, types);
  }

  #indexOf(name: Value): number {
    const index = this.names.findIndex((known) => known === name);
    if (index !== -1) return index;
    throw new TechstoreError('compilation', `The table has no column ${repr(name)}`, {
      hint: `Its columns are: ${this.names.join(', ')}.`,
    });
  }

  #select(names: readonly Value[]): TableValue {
    const indexes = names.map((name) => this.#indexOf(name));
    return this.#fork(
      this.#rows.map((row) => indexes.map((i) => row.items[i] ?? null)),
      indexes.map((i) => this.names[i] ?? ''),
      indexes.map((i) => this.#types[i] ?? 'Text'),
    );
  }

  #rename(given: Arguments): TableValue {
    const wanted = given.get('column_names') ?? null;
    const renamed =
      wanted instanceof Dict
        ? this.names.map((name) => toText(wanted.get(name) ?? name))
        : wanted === null
          ? [...this.names]
          : [...iterate(wanted)].map(toText);
    if (renamed.length !== this.names.length) {
      throw new TechstoreError('compilation', 'rename() needs a name for each column');
    }
    const isSlug = given.flag('slug_columns', false);
    return this.#fork(
      this.#rows.map((row) => row.items),
      isSlug ? renamed.map(slug) : renamed,
    );
  }

  #limit(given: Arguments): TableValue {
    const [first = null, stop = null, step = null] = ['start_or_stop', 'stop', 'step'].map((name) =>
      given.get(name),
    );
    const hasEnd = isTrue(stop) || isTrue(step);
    const taken = hasEnd ? [first, stop, step] : [null, first, null];
    const [from = null, to = null, by = null] = taken;
    return this.#fork(rowsOf(sliced(this.#rows, from, to, by).items));
  }

  *#where(test: Value, context: CallContext): Waiting<Value> {
    const kept: RowValue[] = [];
    for (const row of this.#rows) {
      if (isTrue(yield* context.call(test, [row]))) kept.push(row);
    }
    return this.#fork(rowsOf(kept));
  }

  *#find(test: Value, context: CallContext): Waiting<Value> {
    for (const row of this.#rows) if (isTrue(yield* context.call(test, [row]))) return row;
    return null;
  }

  /** What a key is of a row: the value of a column, those of several, or what a macro answers. */
  *#keyOf(key: Value, row: RowValue, context: CallContext): Waiting<Value> {
    if (typeof key === 'string' || typeof key === 'number') {
      return row.items[typeof key === 'number' ? key : this.#indexOf(key)] ?? null;
    }
    if (Array.isArray(key) || key instanceof Tuple) {
      const names = [...iterate(key)];
      return new Tuple(names.map((name) => row.items[this.#indexOf(name)] ?? null));
    }
    return yield* context.call(key, [row]);
  }

  *#orderBy(given: Arguments, context: CallContext): Waiting<Value> {
    const keyed: { row: RowValue; key: Value }[] = [];
    for (const row of this.#rows) {
      keyed.push({ row, key: yield* this.#keyOf(given.get('key') ?? null, row, context) });
    }
    const sign = given.flag('reverse', false) ? -1 : 1;
    keyed.sort((a, b) => sign * inKeyOrder(a.key, b.key));
    return this.#fork(rowsOf(keyed.map(({ row }) => row)));
  }

  *#groups(key: Value, context: CallContext): Waiting<Value> {
    const groups = new Dict();
    for (const row of this.#rows) {
      const value = key === null ? new Tuple(row.items) : yield* this.#keyOf(key, row, context);
      const known = groups.get(value);
      if (Array.isArray(known)) known.push(row);
      else groups.set(value, [row]);
    }
    return groups;
  }

  *#distinct(key: Value, context: CallContext): Waiting<Value> {
    const groups = (yield* this.#groups(key, context)) as Dict;
    const firsts = [...groups.values()].map((rows) => (rows as RowValue[])[0]);
    return this.#fork(firsts.map((row) => row?.items ?? []));
  }

  *#groupBy(key: Value, context: CallContext): Waiting<Value> {
    const groups = (yield* this.#groups(key, context)) as Dict;
    const tables = [...groups.values()].map((rows) => this.#fork(rowsOf(rows as RowValue[])));
    return new SequenceValue(tables, [...groups.keys()]);
  }

  #merge(args: readonly Value[]): Value {
    const first = args[0];
    const others = Array.isArray(first) ? first : [];
    const tables = [this, ...others].filter((table) => table instanceof TableValue);
    const names = [...new Set(tables.flatMap((table) => table.names))];
    const rows = tables.flatMap((table) =>
      table.#rows.map((row) => names.map((name) => row.named(name) ?? null)),
    );
    return new TableValue(names, rows, this.#print);
  }
}

const rowsOf = (rows: readonly Value[]): (readonly Value[])[] =>
  rows.map((row) => (row instanceof RowValue ? row.items : []));

function inKeyOrder(a: Value, b: Value): number {
  if (!(a instanceof Tuple) || !(b instanceof Tuple)) return nullsLast(a, b);
  for (const [i, value] of a.items.entries()) {
    const order = nullsLast(value, b.items[i] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

function namesOf(value: Value | undefined): Value[] {
  if (value === undefined) throw new TechstoreError('compilation', 'A name of a column is needed');
  return typeof value === 'string' ? [value] : [...iterate(value)];
}

/** As agate makes names: lower case, and underscores for all that is no letter or digit. */
function slug(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f']/g, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
}
