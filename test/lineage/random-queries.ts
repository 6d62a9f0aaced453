/** Queries by chance over the tagged tables, with few names, so that they shadow each other. */
import { tables, type Kind } from './tagged-tables.js';

/** Draws a number from 0 to below `of`. */
export type Draw = (of: number) => number;

interface Column {
  readonly name: string;
  readonly kind: Kind;
}

interface Relation {
  readonly name: string;
  /** At most so many, that no query takes long; two where it does not say. */
  readonly rows?: number;
  readonly columns: readonly Column[];
}

interface Query {
  readonly sql: string;
  readonly rows: number;
  readonly columns: readonly Column[];
}

/** What a FROM clause offers: its tables, and the columns that joins brought together. */
interface From {
  readonly sql: string;
  readonly relations: readonly Relation[];
  readonly merged: readonly Column[];
}

type Some<T> = readonly [T, ...T[]];

const mostRows = 16;

const columnNames: Some<string> = ['a', 'b', 'c', 'd', 'e', 'id'];
const tableNames: Some<string> = ['t', 'u', 'v', 'a', 'q', 'r'];

export function randomQuery(draw: Draw): string {
  return new Generator(draw).query(2, [], []).sql;
}

class Generator {
  readonly #draw: Draw;

  constructor(draw: Draw) {
    this.#draw = draw;
  }

  query(depth: number, ctes: readonly Relation[], outer: readonly Relation[]): Query {
    const kind = depth > 0 ? this.#draw(12) : 11;
    if (kind <= 2) return this.#withCtes(depth, ctes, outer);
    if (kind === 3) return this.#union(depth, ctes, outer);
    if (kind === 4) return this.#unionByName(depth, ctes, outer);
    if (kind === 5) return this.#except(depth, ctes, outer);
    if (kind === 6) return this.#recursive(depth, ctes, outer);
    return this.#select(depth, ctes, outer);
  }

  #withCtes(depth: number, ctes: readonly Relation[], outer: readonly Relation[]): Query {
    const known = [...ctes];
    const texts: string[] = [];
    const names = new Set<string>();
    for (let n = 1 + this.#draw(3); n > 0; n -= 1) {
      const name = this.#one(tableNames);
      if (names.has(name)) continue;
      names.add(name);
      const { sql, columns, rows } = this.query(depth - 1, known, []);
      const { list, columns: named } = this.#columnList(columns);
      texts.push(`${this.#name(name)}${list} as (${sql})`);
      known.unshift({ name, columns: unique(named), rows });
    }
    const { sql, columns, rows } = this.#select(depth - 1, known, outer);
    const recursive = this.#chance(10) ? 'recursive ' : '';
    return { sql: `with ${recursive}${texts.join(', ')} ${sql}`, columns, rows };
  }

  /** `t(x, y)`: other names for the first columns. */
  #columnList(columns: readonly Column[]): { list: string; columns: readonly Column[] } {
    if (!this.#chance(4)) return { list: '', columns };
    const names = this.#shuffled(columnNames).slice(0, 1 + this.#draw(columns.length));
    const named = columns.map((column, i) => ({ ...column, name: names[i] ?? column.name }));
    return { list: `(${names.slice(0, columns.length).join(', ')})`, columns: named };
  }

  #side(depth: number, ctes: readonly Relation[], outer: readonly Relation[], size: number): Query {
    const from = this.#from(depth, ctes, outer);
    const columns: Column[] = [];
    const items: string[] = [];
    const names = this.#shuffled(columnNames);
    for (const name of names.slice(0, size)) {
      items.push(`${this.#text(from, outer, [])} as ${this.#name(name)}`);
      columns.push({ name, kind: 'text' });
    }
    return { sql: `select ${items.join(', ')} from ${from.sql}`, columns, rows: rowsOf(from) };
  }

  #union(depth: number, ctes: readonly Relation[], outer: readonly Relation[]): Query {
    const size = 1 + this.#draw(3);
    const first = this.#side(depth - 1, ctes, outer, size);
    const second = this.#side(depth - 1, ctes, outer, size);
    return {
      sql: `(${first.sql}) union all (${second.sql})`,
      columns: first.columns,
      rows: first.rows + second.rows,
    };
  }

  #unionByName(depth: number, ctes: readonly Relation[], outer: readonly Relation[]): Query {
    const first = this.#side(depth - 1, ctes, outer, 1 + this.#draw(3));
    const second = this.#side(depth - 1, ctes, outer, 1 + this.#draw(3));
    const names = new Set(first.columns.map(({ name }) => name));
    const more = second.columns.filter(({ name }) => !names.has(name));
    return {
      sql: `(${first.sql}) union all by name (${second.sql})`,
      columns: [...first.columns, ...more],
      rows: first.rows + second.rows,
    };
  }

  #except(depth: number, ctes: readonly Relation[], outer: readonly Relation[]): Query {
    const { sql, columns, rows } = this.#side(depth - 1, ctes, outer, 1 + this.#draw(3));
    const all = columns.map(({ name }) => `'none' as ${name}`).join(', ');
    const word = this.#one(['except all', 'except']);
    return { sql: `(${sql}) ${word} (select ${all} where false)`, columns, rows };
  }

  /** Columns that change their places at each turn. */
  #recursive(depth: number, ctes: readonly Relation[], outer: readonly Relation[]): Query {
    const first = this.#side(depth - 1, ctes, outer, 3);
    const name = this.#one(tableNames);
    const names = first.columns.map((column) => column.name);
    const turned = this.#shuffled(names).map((column) => `${name}.${column}`);
    if (this.#chance(3)) turned[0] = `concat(${turned[0]}, ${turned[1]})`;
    return {
      sql: `with recursive ${name}(${names.join(', ')}, n) as (select *, 1 from (${first.sql}) as q
        union all select ${turned.join(', ')}, n + 1 from ${name} where n < 5)
        select ${names.join(', ')} from ${name}`,
      columns: first.columns,
      rows: first.rows * 5,
    };
  }

  #select(depth: number, ctes: readonly Relation[], outer: readonly Relation[]): Query {
    const from = this.#from(depth, ctes, outer);
    if (this.#chance(12)) return this.#grouped(from, outer);
    const items: string[] = [];
    const columns: Column[] = [];
    const aliases: Column[] = [];
    const star = this.#draw(3) === 0 ? this.#star(from) : null;
    if (star !== null) {
      items.push(star.sql);
      columns.push(...star.columns);
    }
    for (let n = star === null ? 1 + this.#draw(4) : this.#draw(3); n > 0; n -= 1) {
      const item = this.#item(from, outer, aliases, depth, ctes);
      if (columns.some(({ name }) => name === item.column.name) && !this.#chance(8)) continue;
      items.push(item.sql);
      columns.push(item.column);
      if (item.aliased) aliases.push(item.column);
    }
    if (items.length === 0)
      return { sql: `from ${from.sql}`, columns: starOf(from), rows: rowsOf(from) };
    const list = items.join(', ');
    const tail = this.#tail(columns);
    const sql = this.#chance(6)
      ? `from ${from.sql} select ${list}${tail}`
      : `select ${list} from ${from.sql}${tail}`;
    // An UNNEST makes two rows of one.
    return { sql, columns, rows: rowsOf(from) * 2 };
  }

  /** What only chooses or orders rows, here all of them. */
  #tail(columns: readonly Column[]): string {
    const column = this.#one(columns);
    if (column === undefined || column.kind === 'list') return '';
    const name = column.name;
    return this.#one([
      '',
      '',
      '',
      ` where ${name} is not null or true`,
      ` order by ${name}`,
      ` qualify row_number() over (order by ${name}) > 0`,
    ]);
  }

  #grouped(from: From, outer: readonly Relation[]): Query {
    const [key, value] = this.#shuffled(columnNames);
    const of = this.#text(from, outer, []);
    const aliases: Column[] = this.#chance(3) ? [{ name: key ?? '', kind: 'text' }] : [];
    const sum = `string_agg(${this.#text(from, outer, aliases)}, '')`;
    const tail = this.#one(['group by 1', `group by all having count(*) > 0`, `group by ${of}`]);
    return {
      sql: `select ${of} as ${key}, ${sum} as ${value} from ${from.sql} ${tail}`,
      columns: [
        { name: key ?? '', kind: 'text' },
        { name: value ?? '', kind: 'text' },
      ],
      rows: rowsOf(from),
    };
  }

  #item(
    from: From,
    outer: readonly Relation[],
    aliases: readonly Column[],
    depth: number,
    ctes: readonly Relation[],
  ): { sql: string; column: Column; aliased: boolean } {
    const name = this.#one(columnNames);
    const as = (sql: string, kind: Kind): { sql: string; column: Column; aliased: boolean } => ({
      sql: `${sql} as ${this.#name(name)}`,
      column: { name, kind },
      aliased: true,
    });
    const turn = this.#draw(15);
    if (turn <= 2) {
      const column = this.#column(from, outer);
      if (this.#chance(2)) return as(column.sql, column.kind);
      return { sql: column.sql, column: { name: column.name, kind: column.kind }, aliased: false };
    }
    if (turn === 3 && depth > 0) {
      const inner = this.#from(depth - 1, ctes, [...from.relations, ...outer]);
      const value = this.#text(inner, [...from.relations, ...outer], aliases);
      return as(`(select string_agg(${value}, '') from ${inner.sql})`, 'text');
    }
    if (turn === 4) {
      const list = this.#ofKind(from, 'list');
      if (list !== undefined) {
        const value = this.#text(from, outer, []);
        const parameter = this.#one(columnNames);
        // A parameter hides the column of its name.
        const hidden = value.toLowerCase().includes(parameter);
        const also = hidden ? "''" : value;
        switch (this.#draw(4)) {
          case 0:
            return as(
              `list_transform(${list}, lambda ${parameter}: concat(${parameter}, ${also}))`,
              'list',
            );
          case 1:
            return as(`[concat(${parameter}, '!') for ${parameter} in ${list}]`, 'list');
          case 2:
            return as(`array_to_string(${list}, '')`, 'text');
          default:
            return as(`${list}[1]`, 'text');
        }
      }
    }
    if (turn === 5) {
      const value = this.#text(from, outer, []);
      return as(`string_agg(${value}, '') over ()`, 'text');
    }
    if (turn === 6) {
      const struct = this.#ofKind(from, 'struct');
      if (struct !== undefined) return as(`${struct}.f`, 'text');
    }
    if (turn === 8) {
      // A whole row, unless a column is called so.
      const relation = this.#one(from.relations);
      if (relation !== undefined) return as(`cast(${relation.name} as varchar)`, 'text');
    }
    if (turn === 9) return as(`cast(#${1 + this.#draw(starOf(from).length)} as varchar)`, 'text');
    if (turn === 7) return as(`unnest([${this.#text(from, outer, aliases)}, 'x'])`, 'text');
    return as(this.#text(from, outer, aliases), 'text');
  }

  /** An expression whose result holds all that it reads. */
  #text(from: From, outer: readonly Relation[], aliases: readonly Column[]): string {
    const part = (): string => {
      const alias = this.#one(aliases.filter(({ kind }) => kind !== 'list' && kind !== 'struct'));
      if (alias !== undefined && this.#chance(2)) return this.#name(alias.name);
      const column = this.#column(from, outer);
      return column.kind === 'list' || column.kind === 'struct'
        ? `cast(${column.sql} as varchar)`
        : column.sql;
    };
    switch (this.#draw(6)) {
      case 0:
        return `concat(${part()}, ${part()})`;
      case 1:
        return `concat('x', cast(${part()} as varchar))`;
      case 2:
        return `concat_ws('', ${part()}, concat(${part()}, ''))`;
      default:
        return part();
    }
  }

  /** A star with what can stand behind it. */
  #star(from: From): Omit<Query, 'rows'> | null {
    const columns = starOf(from);
    const names = columns.map(({ name }) => name);
    if (new Set(names).size !== names.length) {
      const relation = this.#one(from.relations);
      if (relation === undefined) return null;
      return { sql: `${this.#name(relation.name)}.*`, columns: relation.columns };
    }
    const [one, two] = this.#shuffled(columns);
    if (one === undefined || two === undefined) return { sql: '*', columns };
    const others = columns.filter((column) => column !== one);
    const pattern = `^(${one.name}|${two.name})$`;
    const both = columns.filter((column) => column === one || column === two);
    const texts = columns.filter(({ kind }) => kind === 'text' || kind === 'key');
    switch (this.#draw(9)) {
      case 0:
        return { sql: `* exclude (${this.#name(one.name)})`, columns: others };
      case 1: {
        const value =
          two.kind === 'text' || two.kind === 'key' ? two.name : `cast(${two.name} as varchar)`;
        return {
          sql: `* replace (${this.#one([value, `concat(${value}, 'x')`])} as ${this.#name(one.name)})`,
          columns: columns.map((column) => (column === one ? { ...one, kind: 'text' } : column)),
        };
      }
      case 2:
        return {
          sql: `* rename (${one.name} as ${two.name}, ${two.name} as ${one.name})`,
          columns: columns.map((column) => {
            if (column === one) return { ...one, name: two.name };
            return column === two ? { ...two, name: one.name } : column;
          }),
        };
      case 3:
        return {
          sql: `* exclude (${one.name}) rename (${two.name} as ${one.name})`,
          columns: others.map((column) => (column === two ? { ...two, name: one.name } : column)),
        };
      case 4:
        return { sql: `columns('${pattern}')`, columns: both };
      case 5:
        return { sql: `columns(['${one.name}', '${two.name}'])`, columns: both };
      case 6:
        return {
          sql: `concat(columns('^(${texts.map(({ name }) => name).join('|')})$'), ${texts[0]?.name ?? "''"})`,
          columns: texts.map(({ name }) => ({ name, kind: 'text' })),
        };
      case 7:
        return {
          sql: `concat(*columns('${pattern}')) as ${one.name}`,
          columns: [{ name: one.name, kind: 'text' }],
        };
      default:
        return { sql: '*', columns };
    }
  }

  #from(depth: number, ctes: readonly Relation[], outer: readonly Relation[]): From {
    let from = this.#table(depth, ctes, outer, []);
    for (let n = this.#one([0, 0, 1, 1, 2]); n > 0; n -= 1)
      from = this.#join(from, depth, ctes, outer);
    return from;
  }

  #join(left: From, depth: number, ctes: readonly Relation[], outer: readonly Relation[]): From {
    const lateral = this.#chance(3) ? left.relations : [];
    const right = this.#table(depth, ctes, outer, lateral);
    const relations = [...left.relations, ...right.relations];
    const [sole] = right.relations;
    // Two tables of one name can not be told apart.
    if (sole === undefined || left.relations.some(({ name }) => name === sole.name)) return left;
    if (rowsOf(left) * rowsOf(right) > mostRows) return left;
    const key = this.#sharedKey(left, sole);
    if (key !== undefined && lateral.length === 0 && this.#chance(2)) {
      const type = this.#one(['', 'left ', 'right ', 'full ']);
      const common = sole.columns.filter(({ name }) => namesOf(left).includes(name));
      const natural = common.length === 1 && left.merged.length === 0 && this.#chance(3);
      const sql = natural
        ? `${left.sql} natural ${type}join ${right.sql}`
        : `${left.sql} ${type}join ${right.sql} using (${this.#name(key)})`;
      // What both sides make is joined no more: its rows would go.
      const kind: Kind = type === 'full ' ? 'text' : 'key';
      return {
        sql,
        relations,
        merged: [...left.merged.filter(({ name }) => name !== key), { name: key, kind }],
      };
    }
    switch (this.#draw(lateral.length > 0 ? 2 : 5)) {
      case 0:
        return { ...left, sql: `${left.sql}, ${right.sql}`, relations };
      case 1:
        return { ...left, sql: `${left.sql} join ${right.sql} on true`, relations };
      case 2:
        return { ...left, sql: `${left.sql} positional join ${right.sql}`, relations };
      case 3:
        return { ...left, sql: `${left.sql} semi join ${right.sql} on true` };
      default:
        return { ...left, sql: `${left.sql} anti join ${right.sql} on false` };
    }
  }

  #sharedKey(left: From, right: Relation): string | undefined {
    const keys = right.columns.filter(({ kind }) => kind === 'key').map(({ name }) => name);
    return keys.find((key) => {
      const merged = left.merged.find(({ name }) => name === key);
      const having = left.relations.filter(({ columns }) =>
        columns.some(({ name }) => name === key),
      );
      const unique = right.columns.filter(({ name }) => name === key).length === 1;
      if (!unique) return false;
      if (merged !== undefined) return merged.kind === 'key' && having.length === 2;
      return (
        having.length === 1 && having[0]?.columns.find(({ name }) => name === key)?.kind === 'key'
      );
    });
  }

  #table(
    depth: number,
    ctes: readonly Relation[],
    outer: readonly Relation[],
    lateral: readonly Relation[],
  ): From {
    const alias = this.#one(tableNames);
    const named = (sql: string, columns: readonly Column[], rows = 2): From => {
      const { list, columns: renamed } = this.#columnList(columns);
      return {
        sql: `${sql} as ${this.#name(alias)}${list}`,
        relations: [{ name: alias, columns: unique(renamed), rows }],
        merged: [],
      };
    };
    if (lateral.length > 0 && this.#chance(2)) {
      const value = this.#text({ sql: '', relations: lateral, merged: [] }, [], []);
      const name = this.#one(columnNames);
      return this.#chance(2)
        ? named(`(select ${value} as ${name})`, [{ name, kind: 'text' }])
        : {
            sql: `unnest([${value}, '']) as ${alias}(${name})`,
            relations: [{ name: alias, columns: [{ name, kind: 'text' }] }],
            merged: [],
          };
    }
    if (depth > 0 && this.#chance(3)) {
      const query = this.query(depth - 1, ctes, lateral.length > 0 ? lateral : outer);
      return named(`(${query.sql})`, query.columns, query.rows);
    }
    if (this.#chance(12)) {
      const names = this.#shuffled(columnNames).slice(0, 2);
      return {
        sql: `(values ('', 'x'), ('y', '')) as ${alias}(${names.join(', ')})`,
        relations: [{ name: alias, columns: names.map((name) => ({ name, kind: 'text' })) }],
        merged: [],
      };
    }
    const known: Relation[] = [
      ...ctes,
      ...tables.filter(({ name }) => !ctes.some((cte) => cte.name === name)),
    ];
    const table = this.#one(
      known.filter(({ name }, i) => known.findIndex((k) => k.name === name) === i),
    );
    if (table === undefined) return named('t', tables[0]?.columns ?? []);
    if (this.#chance(12)) return this.#unpivoted(table, alias);
    if (this.#chance(2)) return named(this.#name(table.name), table.columns, table.rows);
    return { sql: this.#name(table.name), relations: [table], merged: [] };
  }

  #unpivoted(table: Relation, alias: string): From {
    const texts = table.columns.filter(({ kind }) => kind === 'text').map(({ name }) => name);
    const [value, label] = ['value', 'label'];
    const gone = texts.slice(0, 2);
    const kept = table.columns.filter(({ name }) => !gone.includes(name));
    if (gone.length < 2) return { sql: this.#name(table.name), relations: [table], merged: [] };
    return {
      sql: `(from ${this.#name(table.name)} unpivot include nulls (${value} for ${label} in (${gone.join(', ')}))) as ${alias}`,
      relations: [
        {
          name: alias,
          columns: [...kept, { name: label, kind: 'text' }, { name: value, kind: 'text' }],
          rows: rowsOf({ relations: [table] }) * 2,
        },
      ],
      merged: [],
    };
  }

  /** Some column, by its name alone where no other has it. */
  #column(from: From, outer: readonly Relation[]): { sql: string; name: string; kind: Kind } {
    const relations = outer.length > 0 && this.#chance(4) ? outer : from.relations;
    const relation = this.#one(relations.filter(({ columns }) => columns.length > 0));
    const column = relation === undefined ? undefined : this.#one(relation.columns);
    if (relation === undefined || column === undefined)
      return { sql: "''", name: 'a', kind: 'text' };
    const { name, kind } = column;
    const sameName = namesOf({ ...from, relations }).filter((other) => other === name).length;
    const merged = from.merged.find((other) => other.name === name);
    if ((sameName === 1 || merged !== undefined) && this.#chance(2)) {
      return { sql: this.#name(name), name, kind: merged?.kind ?? kind };
    }
    // A row of a key's other side may be null.
    return { sql: `${this.#name(relation.name)}.${this.#name(name)}`, name, kind };
  }

  #ofKind(from: From, kind: Kind): string | undefined {
    const found = from.relations.flatMap((relation) =>
      relation.columns
        .filter((column) => column.kind === kind)
        .map(({ name }) => `${relation.name}.${name}`),
    );
    return this.#one(found);
  }

  /** A name as people write it: quoted or not, in either case. */
  #name(name: string): string {
    const written = this.#chance(8) ? name.toUpperCase() : name;
    return this.#chance(8) ? `"${written}"` : written;
  }

  #chance(of: number): boolean {
    return this.#draw(of) === 0;
  }

  #one<T>(list: Some<T>): T;
  #one<T>(list: readonly T[]): T | undefined;
  #one<T>(list: readonly T[]): T | undefined {
    return list.length === 0 ? undefined : list[this.#draw(list.length)];
  }

  #shuffled<T>(list: readonly T[]): T[] {
    const left = [...list];
    const found: T[] = [];
    while (left.length > 0) found.push(...left.splice(this.#draw(left.length), 1));
    return found;
  }
}

/** The columns of `*`. */
function starOf({ relations, merged }: From): readonly Column[] {
  const found: Column[] = [];
  const shown = new Set<string>();
  for (const column of relations.flatMap(({ columns }) => columns)) {
    const set = merged.find(({ name }) => name === column.name);
    if (set !== undefined && shown.has(column.name)) continue;
    if (set !== undefined) shown.add(column.name);
    found.push(set ?? column);
  }
  return found;
}

function namesOf({ relations }: Pick<From, 'relations'>): string[] {
  return relations.flatMap(({ columns }) => columns.map(({ name }) => name));
}

function rowsOf({ relations }: Pick<From, 'relations'>): number {
  return relations.reduce((rows, relation) => rows * (relation.rows ?? 2), 1);
}

/** The first column of each name: the database calls the others something else. */
function unique(columns: readonly Column[]): Column[] {
  return columns.filter(({ name }, i) => columns.findIndex((c) => c.name === name) === i);
}
