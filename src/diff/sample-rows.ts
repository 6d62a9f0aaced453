/** A few of the rows that differ, the first by their key. */
import type { ColumnInfo } from '../engine/engine.js';
import { isCompared, type SharedColumn } from './compared-columns.js';
import {
  isSame,
  joinByKey,
  surplus,
  valuesOf,
  type RowComparison,
  type RowDifferences,
} from './compare-rows.js';
import { noSamples, type SampleRows, type Samples } from './table-change.js';

export async function samplesByKey(
  comparison: RowComparison,
  found: RowDifferences,
  limit: number,
): Promise<Samples> {
  if (limit === 0) return noSamples;
  return {
    added: found.added === 0 ? noSamples.added : await rowsOfOneSide(comparison, 'to', limit),
    removed:
      found.removed === 0 ? noSamples.removed : await rowsOfOneSide(comparison, 'from', limit),
    changed: found.changed === 0 ? noSamples.changed : await changedRows(comparison, limit),
  };
}

async function rowsOfOneSide(
  comparison: RowComparison,
  side: 'from' | 'to',
  limit: number,
): Promise<SampleRows> {
  const { connection, dialect } = comparison;
  const columns = (await connection.columnsOf(comparison[side])).filter(isCompared);
  const [here, there] = side === 'from' ? ['a', 'b'] : ['b', 'a'];
  const other = side === 'from' ? comparison.to : comparison.from;
  const name = (column: ColumnInfo): string => `${here}.${dialect.quoteIdentifier(column.name)}`;
  const key = comparison.key.map((column) => isSame(column, dialect)).join(' AND ');
  return connection.query(
    `SELECT ${columns.map(name).join(', ')} FROM ${dialect.renderRelation(comparison[side])} AS ${here}
     ANTI JOIN ${dialect.renderRelation(other)} AS ${there} ON ${key}
     ORDER BY ${comparison.key.map((c) => name(c[side])).join(', ')} LIMIT ${limit}`,
  );
}

async function changedRows(comparison: RowComparison, limit: number): Promise<Samples['changed']> {
  const { connection, dialect, key } = comparison;
  const values = valuesOf(comparison);
  const before = (c: SharedColumn): string => `a.${dialect.quoteIdentifier(c.from.name)}`;
  const after = (c: SharedColumn): string => `b.${dialect.quoteIdentifier(c.to.name)}`;
  const differs = values.map((c) => `NOT (${isSame(c, dialect)})`).join(' OR ');
  const { rows } = await connection.query(
    `SELECT ${[...key.map(after), ...values.map(before), ...values.map(after)].join(', ')}
     FROM ${joinByKey(comparison, 'INNER')} WHERE ${differs} ORDER BY ${key.map(after).join(', ')} LIMIT ${limit}`,
  );
  return {
    key: key.map(({ to }) => to),
    from: values.map(({ from }) => from),
    to: values.map(({ to }) => to),
    rows,
  };
}

/** Of whole rows; a row that stands there several times more often is shown once. */
export async function samplesOfWholeRows(
  comparison: RowComparison,
  found: RowDifferences,
  limit: number,
): Promise<Samples> {
  if (limit === 0) return noSamples;
  const columns = comparison.shared.map(({ to }) => to);
  const names = columns.map((_, i) => `c${i}`).join(', ');
  const some = async (sign: '>' | '<'): Promise<SampleRows> => {
    const { rows } = await comparison.connection.query(
      `SELECT ${names} FROM ${surplus(comparison)} WHERE n ${sign} 0 ORDER BY ${names} LIMIT ${limit}`,
    );
    return { columns, rows };
  };
  return {
    added: found.added === 0 ? noSamples.added : await some('>'),
    removed: found.removed === 0 ? noSamples.removed : await some('<'),
    changed: noSamples.changed,
  };
}
