/**
 * Tables in which every value tells its table and column, so that the rows of a query say
 * where each of its columns came from. Keys are equal in all tables when case does not
 * count, as it does not in them: what a join brings together can be told apart too.
 */
import type { Connection } from '../../src/engine/engine.js';
import { quoteIdentifier } from '../../src/engine/quote.js';
import type { InputTable } from '../../src/lineage/columns/query.js';

/** What can be done with a column: `key` joins with other keys. */
export type Kind = 'key' | 'text' | 'list' | 'struct';

const layout: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
  t: { id: 'key', a: 'text', b: 'text', c: 'text', s: 'struct', l: 'list' },
  u: { id: 'key', a: 'text', b: 'text', d: 'text' },
  v: { id: 'key', b: 'text', d: 'text', e: 'text', l: 'list' },
  // A table that is called as columns are.
  a: { id: 'key', a: 'text', c: 'text' },
};

export const tables = Object.entries(layout).map(([name, columns]) => ({
  name,
  columns: Object.entries(columns).map(([column, kind]) => ({ name: column, kind })),
}));

const types: Readonly<Record<Kind, string>> = {
  key: 'VARCHAR COLLATE NOCASE',
  text: 'VARCHAR',
  list: 'VARCHAR[]',
  struct: 'STRUCT(f VARCHAR, g VARCHAR)',
};

/** The key that all tables have, in a way to write it that is this table's alone. */
function sharedKey(table: number): string {
  const letters = Array.from({ length: 3 }, (_, bit) => ((table >> bit) & 1 ? 'K' : 'k'));
  return `<${letters.join('')}>`;
}

function literal(kind: Kind, tag: string): string {
  if (kind === 'list') return `['${tag}', '${tag}']`;
  return kind === 'struct' ? `{'f': '${tag}', 'g': '${tag}'}` : `'${tag}'`;
}

/** Two rows each: one whose key all tables have, and one whose key is its own. */
export async function makeTaggedTables(connection: Connection): Promise<readonly InputTable[]> {
  for (const [i, { name, columns }] of tables.entries()) {
    const list = columns.map((column) => `${quoteIdentifier(column.name)} ${types[column.kind]}`);
    await connection.run(`create table ${quoteIdentifier(name)} (${list.join(', ')})`);
    const row = (shared: boolean): string =>
      columns
        .map(({ name: column, kind }) => {
          const tag = kind === 'key' && shared ? sharedKey(i) : `<${name}.${column}>`;
          return literal(kind, tag);
        })
        .join(', ');
    await connection.run(
      `insert into ${quoteIdentifier(name)} values (${row(true)}), (${row(false)})`,
    );
  }
  return tables.map(({ name, columns }) => ({
    name,
    columns: columns.map((column) => ({ name: column.name, type: types[column.kind] })),
  }));
}

const keys = new Map(tables.map(({ name }, i) => [sharedKey(i), `${name}.id`]));

/** The columns that a value was made of. */
export function tagsIn(value: unknown): string[] {
  const found = JSON.stringify(value).match(/<[^<>]*>/g) ?? [];
  return found.map((tag) => keys.get(tag) ?? tag.slice(1, -1));
}
