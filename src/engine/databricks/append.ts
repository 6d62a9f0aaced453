/** Rows into a table by INSERTs of many rows each: Databricks has no faster way without a file store. */
import type { Connection, Param, RelationName } from '../engine.js';
import { dialect } from './dialect.js';

type Batches =
  AsyncIterable<readonly (readonly Param[])[]> | Iterable<readonly (readonly Param[])[]>;

/** The server parses each value, so that a statement has its limits. */
const ROWS_OF_INSERT = 2000;
const LENGTH_OF_INSERT = 4_000_000;

export async function append(
  connection: Pick<Connection, 'run'>,
  relation: RelationName,
  batches: Batches,
): Promise<number> {
  const head = `INSERT INTO ${dialect.renderRelation(relation)} VALUES\n`;
  let rows: string[] = [];
  let length = 0;
  let count = 0;
  const flush = async (): Promise<void> => {
    if (rows.length === 0) return;
    await connection.run(head + rows.join(',\n'));
    count += rows.length;
    rows = [];
    length = 0;
  };
  for await (const batch of batches) {
    for (const row of batch) {
      const text = `(${row.map(literal).join(', ')})`;
      if (rows.length >= ROWS_OF_INSERT || length + text.length > LENGTH_OF_INSERT) await flush();
      rows.push(text);
      length += text.length;
    }
  }
  await flush();
  return count;
}

function literal(value: Param): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return dialect.quoteLiteral(value);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'bigint') {
    return `${value}${BigInt.asIntN(64, value) === value ? 'L' : 'BD'}`;
  }
  if (Number.isSafeInteger(value)) return `${value}${Math.abs(value) < 2 ** 31 ? '' : 'L'}`;
  return Number.isFinite(value) ? `${value}D` : `DOUBLE('${value}')`;
}
