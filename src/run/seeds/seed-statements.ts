/** Writes a seed as a Delta table: rows as literals, columns cast to their types, in few statements. */
import type { SeedTableColumn } from './seed-reader.js';
import type { Dialect, Row, Value } from '../../engine/engine.js';

/** What a warehouse parses in reasonable time. */
const ROWS_OF_STATEMENT = 2000;
const LENGTH_OF_STATEMENT = 4_000_000;

export interface SeedStatement {
  readonly sql: string;
  /** Number of rows that it adds. */
  readonly rows: number;
}

/** Statements that create and fill the table. The first one creates it, and is the only one if there are few rows. */
export async function* seedStatements(
  name: string,
  columns: readonly SeedTableColumn[],
  batches: AsyncIterable<readonly Row[]>,
  dialect: Dialect,
): AsyncGenerator<SeedStatement> {
  let first = true;
  for await (const rows of chunks(batches, dialect)) {
    const head = first ? makeTable(name) : `insert into ${name}`;
    yield { sql: `${head}\n${selectOf(columns, rows, dialect)}`, rows: rows.length };
    first = false;
  }
  if (first) yield { sql: `${makeTable(name)}\n${selectOf(columns, [], dialect)}`, rows: 0 };
}

const makeTable = (name: string): string => `create or replace table ${name}\nusing delta\nas`;

function selectOf(columns: readonly SeedTableColumn[], rows: readonly string[], dialect: Dialect): string {
  const casts = columns.map(
    ({ name, type }, i) => `cast(c${i} as ${type}) as ${dialect.quoteIdentifier(name)}`,
  );
  const names = columns.map((_, i) => `c${i}`).join(', ');
  const values = rows.length === 0 ? `(${columns.map(() => 'null').join(', ')})` : rows.join(',\n');
  return `select ${casts.join(', ')}\nfrom values\n${values}\nas seed(${names})${rows.length === 0 ? '\nwhere false' : ''}`;
}

async function* chunks(
  batches: AsyncIterable<readonly Row[]>,
  dialect: Dialect,
): AsyncGenerator<string[]> {
  let rows: string[] = [];
  let length = 0;
  for await (const batch of batches) {
    for (const row of batch) {
      const text = `(${row.map((value) => literal(value, dialect)).join(', ')})`;
      if (rows.length >= ROWS_OF_STATEMENT || length + text.length > LENGTH_OF_STATEMENT) {
        yield rows;
        rows = [];
        length = 0;
      }
      rows.push(text);
      length += text.length;
    }
  }
  if (rows.length > 0) yield rows;
}

/** Texts throughout: the cast to the column's type is the same for each row. */
function literal(value: Value, dialect: Dialect): string {
  if (value === null) return 'null';
  return dialect.quoteLiteral(typeof value === 'object' ? JSON.stringify(value) : String(value));
}
